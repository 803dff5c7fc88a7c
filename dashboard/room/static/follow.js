// A device that follows: live, or looking around among what has been shown and coming back.
'use strict'

;(() => {
  const { page, slide } = room
  const live = document.getElementById('live')
  const around = document.getElementById('around')
  const link = document.getElementById('dashboard')
  let current = slide.innerHTML, shown = JSON.parse(page.dataset.shown || '[]'), at = page.dataset.at || '0', here = at

  room.watch((answer, fresh) => {
    if (!fresh) return
    current = answer.slide
    shown = answer.shown
    at = answer.at
    if (live.checked) {
      here = at
      room.draw(current)
    } else {
      room.say(page.dataset.ahead)
      ways()
    }
    lead()
  })

  // where the dashboard shows what is on the slide
  function lead() {
    if (!link) return
    const about = slide.querySelector('[data-record]')
    const base = about && link.dataset[about.dataset.kind]
    link.href = base ? base + encodeURIComponent(about.dataset.record) : link.dataset.home
  }

  function ways() {
    const number = shown.indexOf(here)
    const [before, after] = around.querySelectorAll('button')
    before.disabled = number <= 0
    after.disabled = number < 0 || number >= shown.length - 1
  }

  live.addEventListener('change', () => {
    around.hidden = live.checked
    room.say('')
    here = at
    if (live.checked) {
      room.draw(current)
      lead()
      room.ask()
    } else ways()
  })

  around.addEventListener('click', async (event) => {
    const button = event.target.closest('button')
    const wanted = button && shown[shown.indexOf(here) + Number(button.dataset.to)]
    if (wanted === undefined || wanted === null) return
    try {
      const answer = await room.fetched(`${page.dataset.poll}?${room.lang}&blick=${encodeURIComponent(wanted)}`)
      if (live.checked || answer.slide === undefined) return
      here = wanted
      room.say('')
      room.draw(answer.slide)
      ways()
      lead()
    } catch {
      room.lose()
    }
  })

  lead()
})()

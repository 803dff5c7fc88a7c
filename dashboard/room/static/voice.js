// On an own device: how its holder sees the item, once, changeable until the question is closed. Nobody is named.
'use strict'

;(() => {
  const slide = document.getElementById('slide')
  const page = document.body
  if (!page.dataset.voice) return

  async function spoken(body) {
    const asked = slide.querySelector('.temperature[data-open]')
    if (!asked) return
    const number = asked.dataset.temperature
    try {
      const options = body ? { method: 'POST', body: new URLSearchParams({ ...body, number }) } : {}
      const answer = await fetch(`${page.dataset.voice}?number=${number}&lang=${document.documentElement.lang}`, { cache: 'no-store', credentials: 'same-origin', ...options })
      if (!answer.ok) return
      const html = (await answer.json()).html
      const still = slide.querySelector(`.temperature[data-open][data-temperature="${CSS.escape(number)}"]`)
      if (!still) return
      let part = still.querySelector('.voice')
      if (!part) {
        part = document.createElement('div')
        part.className = 'voice'
        still.append(part)
      }
      const at = [...part.querySelectorAll('button')].indexOf(document.activeElement)
      part.innerHTML = html
      if (at >= 0) part.querySelectorAll('button')[at].focus()
    } catch { /* without a line nothing is counted; the page says so itself */ }
  }

  slide.addEventListener('click', (event) => {
    const button = event.target.closest('[data-choice]')
    if (button) spoken({ choice: button.dataset.choice })
  })
  new MutationObserver(() => {
    if (slide.querySelector('.temperature[data-open]') && !slide.querySelector('.voice')) spoken()
  }).observe(slide, { childList: true })
  spoken()
})()

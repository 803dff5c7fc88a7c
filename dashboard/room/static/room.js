// What the wall and the devices that follow it share: asking for the one row, drawing what it brings, saying when it
// cannot be reached. Nothing shown is lost while the line is down; it is asked less and less often until it is back.
'use strict'

const room = (() => {
  const page = document.body
  const slide = document.getElementById('slide')
  const line = document.getElementById('line')
  const told = document.getElementById('told')
  const EVERY = 1000, SLOWEST = 15000, PATIENCE = 8000
  let asked = 0, taken = 0
  let stand = page.dataset.stand, failed = 0, timer = 0, asking = false,
    ahead = page.dataset.now ? Number(page.dataset.now) - Date.now() : 0, over = false, lost = false
  const watching = []

  // milliseconds the server's clock is ahead of this one: timers are right on a machine whose clock is not
  const now = () => Date.now() + ahead

  // every answer in the language this page was opened in
  const lang = `lang=${document.documentElement.lang}`

  const say = (text) => {
    line.textContent = text
    line.hidden = !text
  }

  const lose = () => {
    lost = true
    say(page.dataset.lost)
  }

  const pause = () => {
    if (over) return SLOWEST
    if (!failed) return EVERY
    return Math.min(SLOWEST, EVERY * 2 ** failed) * (0.75 + Math.random() / 2)
  }

  async function fetched(address, options) {
    const number = ++asked
    const stop = new AbortController()
    const late = setTimeout(() => stop.abort(), PATIENCE)
    try {
      const answer = await fetch(address, { cache: 'no-store', credentials: 'same-origin', signal: stop.signal, ...options })
      if (answer.status === 404 || answer.status === 401) return { gone: true, number }
      if (!answer.ok) throw new Error(String(answer.status))
      return { ...await answer.json(), number }
    } finally {
      clearTimeout(late)
    }
  }

  function take(answer) {
    if (answer.number < taken) return // asked before one's own step was taken: it would show what was
    taken = answer.number
    if (answer.gone) {
      over = true
      say(page.dataset.over)
      return
    }
    if (lost || over) say('')
    failed = 0
    over = lost = false
    ahead = answer.now - Date.now()
    const fresh = answer.slide !== undefined && answer.stand !== stand
    if (fresh) stand = answer.stand
    watching.forEach((look) => look(answer, fresh))
  }

  async function ask() {
    clearTimeout(timer)
    if (asking) return
    asking = true
    try {
      take(await fetched(`${page.dataset.poll}?${lang}&seit=${encodeURIComponent(stand)}`))
    } catch {
      failed += 1
      if (failed > 1 || !navigator.onLine) lose()
    } finally {
      asking = false
      clearTimeout(timer)
      timer = setTimeout(ask, pause())
    }
  }

  function draw(html) {
    slide.innerHTML = html
    slide.scrollTop = 0
    slide.classList.remove('fresh')
    void slide.offsetWidth
    slide.classList.add('fresh')
    const shown = slide.querySelector('.slide')
    told.textContent = shown ? shown.dataset.title : ''
  }

  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(ask, 0)
  }
  addEventListener('online', () => { failed = Math.min(failed, 1); soon() })
  addEventListener('offline', lose)
  document.addEventListener('visibilitychange', () => { if (!document.hidden) soon() })
  timer = setTimeout(ask, EVERY)

  return { page, slide, lang, say, lose, draw, now, take, fetched, ask: soon, watch: (look) => watching.push(look), stand: () => stand }
})()

// The wall: steps by keyboard, the clock, the search. What is drawn comes from the server, also after one's own step:
// another presenter's steps look the same.
'use strict'

;(() => {
  const { page, slide } = room
  const nav = document.getElementById('nav')
  const clock = document.getElementById('clock')
  const search = document.getElementById('search')
  const looked = document.getElementById('looked')
  const found = document.getElementById('found')
  const none = document.getElementById('none')
  const keys = document.getElementById('keys')
  let timing = null, digits = '', forget = 0, stepping = false
  let place = page.dataset.place

  // how the room sees it: asked for, and shown when all are done
  async function feel() {
    try {
      const answer = await room.fetched(page.dataset.step.replace(/schritt$/, 'stimmung'), { method: 'POST' })
      if (answer.refused) room.say(answer.refused)
      room.ask()
    } catch {
      room.say(page.dataset.lost)
    }
  }

  async function step(to) {
    if (stepping) return
    stepping = true
    try {
      const body = new URLSearchParams({ zu: to, von: place })
      room.take(await room.fetched(`${page.dataset.step}?${room.lang}`, { method: 'POST', body }))
    } catch {
      room.lose()
      room.ask()
    } finally {
      stepping = false
    }
  }

  room.watch((answer, fresh) => {
    if (!fresh) return
    const within = nav.contains(document.activeElement) ? document.activeElement.dataset.step : null
    place = answer.place
    timing = answer.clock
    room.draw(answer.slide)
    nav.innerHTML = answer.nav
    tick() // its line takes place
    fit()
    if (within) (nav.querySelector(`[data-step="${within}"]:not([disabled])`) || slide).focus({ preventScroll: true })
  })

  // what does not fit is set smaller, never below what the back row reads
  function fit() {
    const shown = slide.querySelector('.slide')
    if (!shown) return
    shown.classList.remove('tight', 'tighter')
    for (const size of ['tight', 'tighter']) {
      if (slide.scrollHeight <= slide.clientHeight + 1) return
      shown.classList.add(size)
    }
  }
  addEventListener('resize', fit)
  document.fonts.addEventListener('loadingdone', fit)
  document.fonts.load('1rem Zeichen', '■')

  const two = (number) => String(number).padStart(2, '0')

  // from instants, not from ticks: a browser that slept, or a clock that was set, shows the right time at once
  function tick() {
    clock.hidden = !timing
    const ends = document.getElementById('ends')
    if (timing) {
      const spent = timing.before + Math.max(0, Math.floor((room.now() - timing.began) / 1000))
      const left = timing.minutes * 60 - spent
      const shown = Math.abs(left)
      clock.classList.toggle('past', left < 0)
      clock.querySelector('b').textContent = `${left < 0 ? '+' : ''}${two(Math.floor(shown / 60))}:${two(shown % 60)}`
      const words = clock.querySelector('span')
      words.textContent = (left < 0 ? words.dataset.over : words.dataset.left).replace('@', timing.minutes)
    }
    if (!ends) return
    const rest = Number(ends.dataset.rest) * 60 + (timing ? Math.max(0, timing.minutes * 60 - timing.before - (room.now() - timing.began) / 1000) : 0)
    const end = new Date(room.now() + rest * 1000)
    const time = end.toLocaleTimeString(document.documentElement.lang, { hour: 'numeric', minute: '2-digit', hourCycle: 'h23', timeZone: 'Europe/Berlin' })
    ends.textContent = rest > 0 ? ends.dataset.said.replace('@', time) : ''
  }
  setInterval(tick, 250)

  document.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-step]')
    if (button) step(button.dataset.step)
  })

  function typed(digit) {
    digits = (digits + digit).slice(-2)
    room.say(page.dataset.jump.replace('@', digits))
    clearTimeout(forget)
    forget = setTimeout(forgotten, 4000)
  }
  function forgotten() {
    digits = ''
    room.say('')
  }
  function jump() {
    const button = nav.querySelectorAll('.numbers button')[Number(digits) - 1]
    const missing = page.dataset.nobody.replace('@', digits)
    clearTimeout(forget)
    digits = ''
    if (button) {
      room.say('')
      step(button.dataset.step)
    } else {
      room.say(missing)
      forget = setTimeout(forgotten, 3000)
    }
  }

  const WAYS = { ArrowRight: 'next', PageDown: 'next', ArrowLeft: 'previous', PageUp: 'previous', Home: 'opening', End: 'last' }
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (search.open || keys.open) return
    const begin = slide.querySelector('.begin')
    if (/^[0-9]$/.test(event.key)) typed(event.key)
    else if (event.key === 'Enter' && digits) jump()
    else if (event.key === 'Enter' && begin && !document.activeElement.closest('button, a')) step('begin')
    else if (event.key === 'Escape') digits ? forgotten() : step('back')
    else if (WAYS[event.key] && !begin) step(WAYS[event.key])
    else if (event.key === '/' && !begin) open(search)
    else if (event.key === '?') open(keys)
    else if ((event.key === 't' || event.key === 'T') && !begin) feel()
    else if (event.key === 'f' || event.key === 'F') full()
    else return
    event.preventDefault()
  })

  function full() {
    if (document.fullscreenElement) document.exitFullscreen()
    else document.documentElement.requestFullscreen().catch(() => {})
  }

  function open(dialog) {
    dialog.showModal()
    if (dialog === search) {
      looked.value = ''
      look()
    }
  }

  // search: the list is chosen from with the arrows, the words are looked for on the server
  let sought = 0
  async function look() {
    const mine = ++sought
    try {
      const answer = await room.fetched(`${page.dataset.search}?${room.lang}&q=${encodeURIComponent(looked.value)}`)
      if (mine === sought) list(answer.found || [])
    } catch {
      if (mine === sought) none.textContent = page.dataset.lost
    }
  }
  function list(all) {
    found.replaceChildren(...all.map((one, number) => {
      const option = document.createElement('li')
      option.id = `found-${number}`
      option.setAttribute('role', 'option')
      option.dataset.key = one.key
      for (const text of [one.kind, one.text, one.rating]) {
        const part = document.createElement('span')
        part.textContent = text
        option.append(part)
      }
      return option
    }))
    none.textContent = all.length ? '' : page.dataset.none
    choose(0)
  }
  function choose(number) {
    const options = [...found.children]
    options.forEach((option, at) => option.setAttribute('aria-selected', String(at === number)))
    if (options[number]) {
      looked.setAttribute('aria-activedescendant', options[number].id)
      options[number].scrollIntoView({ block: 'nearest' })
    } else looked.removeAttribute('aria-activedescendant')
  }
  const chosen = () => [...found.children].findIndex((option) => option.getAttribute('aria-selected') === 'true')
  function take(option) {
    search.close()
    if (option) step(`record:${option.dataset.key}`)
  }
  looked.addEventListener('input', look)
  looked.addEventListener('keydown', (event) => {
    const last = found.children.length - 1
    if (event.key === 'ArrowDown') choose(Math.min(chosen() + 1, last))
    else if (event.key === 'ArrowUp') choose(Math.max(chosen() - 1, 0))
    else if (event.key === 'Enter') take(found.children[chosen()])
    else return
    event.preventDefault()
  })
  found.addEventListener('click', (event) => take(event.target.closest('[role=option]')))

  // ending asks once more: the second press within the dialog is the answer
  const end = document.getElementById('end')
  const once = end.textContent
  end.addEventListener('click', () => {
    if (end.dataset.sure) {
      keys.close()
      step('end')
    } else {
      end.dataset.sure = '1'
      end.textContent = end.dataset.ask
    }
  })
  keys.addEventListener('close', () => {
    delete end.dataset.sure
    end.textContent = once
  })

  timing = JSON.parse(page.dataset.clock || 'null')
  tick()
  fit()
})()

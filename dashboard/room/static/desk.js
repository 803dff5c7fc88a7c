// The recorder's desk: follows the wall, keeps what is typed until it is stored, sends it once, shows what was stored.
'use strict'

;(() => {
  const page = document.body
  const { data, element, all, root } = form
  const at = page.dataset.at
  const KEPT = `rundertisch-desk-${page.dataset.keep}`
  const DAYS = 14 * 24 * 3600 * 1000
  const EVERY = 1000, PATIENCE = 10000
  let stand = page.dataset.stand, wall = data.wall, follows = true, waiting = false, busy = false, over = false, lost = false

  const line = element('line')
  const say = (text) => {
    line.textContent = text || ''
    line.hidden = !text
  }
  const faulty = (text) => {
    element('told').textContent = text || ''
    element('told').hidden = !text
  }
  const storage = (act) => {
    try { return act(window.localStorage) } catch { return null } // switched off or full: the desk works without
  }

  // ---- what is typed stays on this device until it is stored
  const keep = () => storage((kept) => kept.setItem(KEPT, JSON.stringify({
    at: Date.now(), ...form.now, kind: form.kind(), item: element('item').value, said: form.said(), waiting,
  })))
  const forget = () => storage((kept) => kept.removeItem(KEPT))

  function restore() {
    const kept = storage((one) => JSON.parse(one.getItem(KEPT)))
    if (!kept || Date.now() - kept.at > DAYS) {
      forget()
      return false
    }
    element('item').value = kept.item
    form.load(kept.said, kept.kind)
    form.now = { name: kept.name, result: kept.result, based_on: kept.based_on, word: kept.word, home: kept.home }
    form.touched = true
    waiting = kept.waiting
    editing()
    say(waiting ? page.dataset.waiting : page.dataset.restored)
    return true
  }

  // ---- talking to the server
  async function sent(path, fields) {
    const stop = new AbortController()
    const late = setTimeout(() => stop.abort(), PATIENCE)
    try {
      const address = `${at}${path}${path.includes('?') ? '&' : '?'}lang=${page.dataset.language}`
      const answer = await fetch(address, {
        method: fields ? 'POST' : 'GET', body: fields ? new URLSearchParams(fields) : undefined,
        cache: 'no-store', credentials: 'same-origin', signal: stop.signal,
      })
      if (answer.status >= 500) throw new Error(String(answer.status))
      return answer.status === 404 || answer.status === 403 ? { gone: true } : await answer.json()
    } finally {
      clearTimeout(late)
    }
  }

  function draw(told) {
    if (!told.stand || told.stand === stand) return
    stand = told.stand
    data.recorded = told.items
    for (const name of ['results', 'attendance', 'temperature']) {
      const part = element(name)
      const field = document.activeElement
      const typing = part.contains(field) && field.matches('input:not([type=checkbox])') && field.value !== field.defaultValue
      if (typing) stand = '' // drawn when they are done
      else swap(part, told[name])
    }
    element('ideas').hidden = !told.collects
    element('where').textContent = told.where
    element('headline').textContent = told.headline
    if (told.wall !== wall) {
      wall = told.wall
      if (follows && !form.touched) turn()
      else element('follows').hidden = true // what is being written stays with its item
    }
  }

  // the keyboard stays where it was
  function swap(part, html) {
    const focused = part.contains(document.activeElement) ? all('button, input, summary', part).indexOf(document.activeElement) : -1
    const open = all('details', part).map((one) => one.open)
    part.innerHTML = html
    all('details', part).forEach((one, place) => { one.open = Boolean(open[place]) })
    if (focused >= 0) (all('button, input, summary', part)[focused] || part).focus()
  }

  function turn() {
    form.choose(wall)
    form.begin(true)
    editing()
    check()
  }

  async function ask() {
    if (!busy && !over) {
      try {
        const told = await sent(`/stand?seit=${encodeURIComponent(stand)}`)
        if (told.gone) {
          over = true
          say(page.dataset.gone)
        } else {
          if (lost && !waiting) say(page.dataset.online)
          lost = false
          draw(told)
          if (waiting) await save()
        }
      } catch {
        lost = true
        say(waiting ? page.dataset.waiting : page.dataset.offline)
      }
    }
    setTimeout(ask, EVERY)
  }

  async function save() {
    if (busy || over) return
    busy = true
    element('save').setAttribute('aria-busy', 'true')
    const before = JSON.stringify([form.kind(), form.said()])
    const { name, result, based_on, home } = form.now
    const item = element('item').value
    try {
      const told = await sent('/ergebnis', {
        moved: result && item !== home ? '1' : '', // what somebody else moved meanwhile stays there
        name, result: result || '', based_on, kind: form.kind(), item, said: JSON.stringify(form.said()),
      })
      waiting = false
      if (told.gone) say(page.dataset.gone)
      else if (told.refused) {
        faulty(told.refused)
        say('')
        if (told.withdrawn) {
          form.anew()
          editing()
        }
        keep()
        draw(told)
      } else stored(told, item, before === JSON.stringify([form.kind(), form.said()]) && item === element('item').value)
    } catch {
      waiting = true
      lost = true
      keep()
      say(page.dataset.waiting)
    }
    busy = false
    element('save').removeAttribute('aria-busy')
  }

  function stored(told, item, whole) {
    faulty('')
    const kept = told.again ? page.dataset.again : told.live ? page.dataset.live : page.dataset.saved
    say([told.beside || kept, told.hint].filter(Boolean).join(' '))
    draw(told)
    if (whole) {
      forget()
      form.choose(follows ? wall : Number(element('item').value) || null)
      form.begin()
      editing()
      element('text').focus()
    } else {
      // typed on while it was on its way: that is the next version
      form.now = { ...form.now, result: told.result, based_on: told.version, home: item }
      keep()
    }
    check()
  }

  // ---- changing what is there
  function editing() {
    const word = form.now.word
    element('editing').hidden = !form.now.result
    const shown = element('editing').querySelector('span')
    shown.textContent = shown.dataset.text.replace('@', word || '')
    element('save').textContent = form.now.result ? page.dataset.change : page.dataset.save
    for (const box of all('[name=kind]')) box.disabled = Boolean(form.now.result) && !box.checked
    follows = !form.now.result && (element('item').value === String(wall || ''))
    element('follows').hidden = !follows || !wall
  }

  function edit(one, word) {
    Object.assign(form.names, one.names)
    element('item').value = one.item || ''
    for (const box of all('[name=kind]')) box.disabled = false
    form.load(one.said, one.kind)
    form.now = { name: form.now.name, result: one.result, based_on: one.based_on, word, home: String(one.item || '') }
    form.touched = true
    editing()
    keep()
    check()
  }

  async function done(path, fields) {
    try {
      const told = await sent(path, fields)
      if (told.refused) say(told.refused)
      else draw(told)
      if (told.collected) say(told.collected)
      return !told.refused && !told.gone
    } catch {
      say(page.dataset.failed)
      return false
    }
  }

  document.addEventListener('click', async (event) => {
    const button = event.target.closest('button')
    if (!button) return
    const { edit: wanted, holds, withdraw, temperature, number } = button.dataset
    const word = () => button.closest('li').querySelector('.kind b').textContent
    if (wanted) {
      if (form.touched && !form.now.result && !window.confirm(page.dataset.discard)) return
      edit(JSON.parse(wanted), word())
      element('text').focus()
    } else if (holds) {
      const one = JSON.parse(holds)
      const { result, based_on, kind, item } = one
      if (await done('/ergebnis', { result, based_on, kind, item: item || '', said: JSON.stringify(one.said) })) say(page.dataset.saved)
    } else if (withdraw && window.confirm(button.dataset.ask)) {
      if (await done('/zurueck', { result: withdraw })) say(page.dataset.withdrawn)
    } else if (temperature) {
      const hands = Object.fromEntries(all('[data-hands]').map((field) => [field.dataset.hands, field.value]))
      if (await done('/stimmung', { do: temperature, number: number || '', item: element('item').value, ...hands })) say('')
    }
  })

  element('attendance').addEventListener('change', (event) => {
    const { member, house } = event.target.dataset
    const there = event.target.checked ? '1' : ''
    done('/anwesend', member ? { member, there } : house ? { house, there } : { guests: event.target.value })
  })

  async function collect() {
    const titles = element('titles')
    const text = titles.value
    if (!await done('/ideen', { titles: text, house: element('house').value })) return
    if (titles.value === text) titles.value = element('house').value = ''
    titles.focus()
  }
  element('collect').addEventListener('click', collect)

  // ---- the form
  let asking = 0
  function check() {
    clearTimeout(asking)
    asking = setTimeout(async () => {
      const told = form.kind() === 'agreement' && element('expected').value
      try {
        const answer = told ? await sent(`/pruefung?${new URLSearchParams(form.expects())}`) : {}
        element('checked').textContent = answer.text || ''
      } catch { /* it says so with the next question */ }
    }, 250)
  }

  function typed(event) {
    if (event.target.id !== 'item') form.touched = form.touched || event.target.name !== 'kind'
    if (form.touched) keep()
    faulty('')
    form.show()
    check()
  }

  root.addEventListener('input', typed)
  // a text field tells of its change only when it is left, perhaps after it was stored and emptied: that is no typing
  root.addEventListener('change', (event) => {
    if (event.target.id === 'item') {
      if (!form.touched) form.begin(true)
      editing()
    }
    if (event.target.closest('#who, #for')) form.targets()
    form.show()
    check()
  })
  root.addEventListener('submit', (event) => {
    event.preventDefault()
    save()
  })
  element('cancel').addEventListener('click', clear)
  element('empty').addEventListener('click', clear)
  function clear() {
    forget()
    waiting = false
    faulty('')
    for (const box of all('[name=kind]')) box.disabled = false
    turn()
    element('text').focus()
  }

  document.addEventListener('keydown', (event) => {
    if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
      const box = all('[name=kind]')[Number(event.code.slice(5)) - 1]
      if (!box || box.disabled) return
      event.preventDefault()
      box.checked = true
      box.dispatchEvent(new Event('change', { bubbles: true }))
      element('text').focus()
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      if (event.target.id === 'titles') collect()
      else save()
    } else if (event.key === 'Escape' && form.now.result) clear()
  })
  addEventListener('offline', () => say(waiting ? page.dataset.waiting : page.dataset.offline))
  addEventListener('online', () => { if (waiting) save() })

  form.choose(wall)
  form.begin(true)
  if (!restore()) editing()
  form.show()
  check()
  setTimeout(ask, EVERY)
})()

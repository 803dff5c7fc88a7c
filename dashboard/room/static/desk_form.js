// The form of the recorder's desk: what is prefilled, what is asked for each kind, what it says.
'use strict'

const form = (() => {
  const page = document.body
  const data = JSON.parse(page.dataset.desk)
  const element = (id) => document.getElementById(id)
  const all = (selector, within = document) => [...within.querySelectorAll(selector)]
  const root = element('form')
  const names = Object.fromEntries([...data.partners, ...data.goals, ...data.measures].map(([key, name]) => [key, name]))
  const newName = () => [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, '0')).join('')
  // what is being written: a new result (result null) or another version of one
  let now = { name: newName(), result: null, based_on: 0 }
  let touched = false
  let proposed = null // the wording that was filled in, not typed
  let settled = null // the decision that a result about to be changed has settled

  const kind = () => root.querySelector('[name=kind]:checked').value
  const item = () => data.items.find((one) => String(one.id) === element('item').value) || null
  const option = (key, name) => new Option(name, key)
  const value = (id) => element(id).value.trim()

  // a choice that nobody has made yet
  const none = () => option('', page.dataset.choose)

  function fill(select, pairs, first) {
    const kept = select.value
    select.replaceChildren(...(first ? [first] : []), ...pairs.map(([key, name]) => option(key, name)))
    if ([...select.options].some((one) => one.value === kept)) select.value = kept
  }

  function addHolder(holder = {}) {
    const row = element('holder').content.firstElementChild.cloneNode(true)
    fill(row.querySelector('.partner'), known(data.partners, holder.partner), row.querySelector('.partner option'))
    row.querySelector('.partner').value = holder.partner || ''
    row.querySelector('.stance').value = holder.stance || 'promised'
    row.querySelector('.words').value = holder.words || ''
    element('who').querySelector('.rows').append(row)
    return row
  }

  // something that is no longer there stays in what named it
  const known = (pairs, key) => (!key || pairs.some(([one]) => one === key) ? pairs : [...pairs, [key, names[key] || key]])

  function addHouse(houses, key = '') {
    const select = document.createElement('select')
    select.setAttribute('aria-label', houses.querySelector('span').textContent)
    fill(select, known(data.partners, key), element('holder').content.querySelector('option').cloneNode(true))
    select.value = key
    houses.insertBefore(select, houses.querySelector('[data-add]'))
    return select
  }

  function addNamed(key) {
    if (!key || all('input', element('for')).some((box) => box.value === key)) return
    const row = element('named').content.firstElementChild.cloneNode(true)
    row.querySelector('input').value = key
    row.querySelector('span').textContent = names[key] || key
    element('for').querySelector('.rows').append(row)
  }

  const named = (begins) => all('#for .rows input:checked').map((box) => box.value).filter((key) => key.startsWith(begins))

  function targets() {
    const of = data.of[value('expected')] || []
    const lists = { measure: data.measures, goal: data.goals, partner: data.partners }
    const own = [...named('measure-'), ...named('goal-'), ...holders().map((one) => one.partner)]
    const pairs = of.flatMap((one) => lists[one] || [])
    const first = pairs.filter(([key]) => own.includes(key))
    fill(element('target'), [...first, ...pairs.filter(([key]) => !own.includes(key))], none())
    milestones()
  }

  // the milestones of the chosen measure that are still ahead
  function milestones() {
    const ahead = data.milestones[value('target')] || []
    element('milestones').replaceChildren(...ahead.map((title) => option(title, title)))
  }

  const holders = () => all('#who .holder').map((row) => ({
    partner: row.querySelector('.partner').value,
    stance: kind() === 'agreement' ? row.querySelector('.stance').value : 'promised',
    words: row.querySelector('.words').value.trim(),
  })).filter((one) => one.partner)

  // what follows from the kind and the day, as long as nobody has typed it
  function propose() {
    const chosen = kind(), about = item()
    const text = element('text')
    if (text.value === proposed) text.value = proposed = proposal(chosen, about)
    if (!element('due').dataset.typed) element('due').value = ['agreement', 'examination', 'adjourned'].includes(chosen) ? data.next : ''
    if (!element('by').dataset.typed) element('by').value = element('due').value
  }

  // adjourned is the question, not its answer; what is written down for an item already is not proposed again
  function proposal(chosen, about) {
    if (!about || data.recorded.includes(about.id)) return ''
    if (chosen === 'adjourned') return about.waiting ? about.waiting.name : about.title
    return about.proposal
  }

  const typed = (is) => {
    for (const id of ['due', 'by']) element(id).dataset.typed = is ? '1' : ''
  }

  function show() {
    propose()
    const chosen = kind(), about = item()
    for (const part of all('[data-kinds]')) {
      let shown = part.dataset.kinds.split(' ').includes(chosen)
      if (part.dataset.needs === 'waiting') shown = shown && Boolean(settled || (about && about.waiting))
      if (part.dataset.needs === 'permanent') shown = shown && element('permanent').checked
      part.hidden = !shown
    }
    for (const row of all('#who .holder')) {
      row.querySelector('.stance').hidden = chosen !== 'agreement'
      row.querySelector('.words').hidden = chosen !== 'agreement' || row.querySelector('.stance').value !== 'with_reservation'
    }
    for (const part of all('[data-expected]')) {
      const wanted = value('expected')
      part.hidden = !wanted || (part.dataset.expected !== 'any' && part.dataset.expected !== wanted)
    }
    element('waiting').textContent = settled ? names[settled] || settled : about && about.waiting ? about.waiting.name : ''
  }

  // what the item itself says, as long as nobody has typed anything
  function prefill() {
    const about = item()
    settled = null
    element('text').value = proposed = proposal(kind(), about)
    element('for').querySelector('.rows').replaceChildren()
    element('who').querySelector('.rows').replaceChildren()
    // who speaks about it is asked, and binds itself only by saying yes
    for (const partner of about ? about.reports : []) addHolder({ partner, stance: 'open' })
    if (!about || !about.reports.length) addHolder()
    all('.houses select').forEach((select) => select.remove())
    all('.houses').forEach((houses) => addHouse(houses))
    for (const one of about ? [...about.goals, ...about.measures] : []) {
      names[one.key] = names[one.key] || one.name
      addNamed(one.key)
    }
    for (const id of ['next_step', 'reason', 'milestone', 'view1', 'view2']) element(id).value = ''
    for (const box of all('[name=code]')) box.checked = false
    typed(false)
    element('expires').value = data.expires
    element('permanent').checked = false
    element('settles').checked = Boolean(about && about.waiting)
    const rated = [...(about ? [...about.goals, ...about.measures] : []).map((one) => [one.key, one.name]), ...data.goals, ...data.measures]
    for (const id of ['rated', 'corrected']) {
      fill(element(id), rated.filter(([key], place) => rated.findIndex(([one]) => one === key) === place), none())
      element(id).value = ''
    }
    if (about && about.rated) element('rated').value = about.rated
    const still = about && about.measures.find((one) => !one.runs)
    element('expected').value = still ? 'measure_status' : ''
    targets()
    element('target').value = still ? still.key : ''
    element('status').value = still ? 'running' : ''
    show()
  }

  function said() {
    const chosen = kind()
    const asks = (id) => !element(id).closest('[data-kinds]') || !element(id).closest('[data-kinds]').hidden
    const told = { text: value('text') }
    const about = item()
    if (asks('who')) told.who = holders()
    if (asks('due') && value('due')) told.due = value('due')
    if (asks('permanent') && element('permanent').checked) Object.assign(told, { permanent: true, next_step: value('next_step') })
    if (asks('reason')) told.reason = value('reason')
    if (asks('for')) Object.assign(told, { goals: named('goal-'), measures: named('measure-') })
    if (chosen === 'recommendation') told.addressed_to = value('addressed_to')
    if (asks('settles') && element('settles').checked) told.about = settled || about.waiting.key
    if (chosen === 'human_rating') {
      const code = root.querySelector('[name=code]:checked')
      Object.assign(told, { about: value('rated'), code: code ? code.value : null, expires: value('expires') })
    }
    if (chosen === 'correction') told.about = value('corrected')
    if (chosen === 'dissent') {
      told.views = all('#views .view').map((view) => ({
        text: view.querySelector('textarea').value.trim(),
        houses: all('select', view).map((select) => select.value).filter(Boolean),
      }))
    }
    if (chosen === 'agreement' && value('expected')) told.expects = expects()
    return told
  }

  const expects = () => ({
    kind: value('expected'), target: value('target'), by: value('by'), status: value('status'), title: value('milestone'),
  })

  // a result, or what was kept of the form, back into it
  function load(told, chosen) {
    const box = root.querySelector(`[name=kind][value=${CSS.escape(chosen)}]`)
    if (box) box.checked = true
    prefill()
    typed(true)
    proposed = null
    element('text').value = told.text || ''
    if (told.who) {
      element('who').querySelector('.rows').replaceChildren()
      told.who.forEach(addHolder)
      if (!told.who.length) addHolder()
    }
    for (const id of ['next_step', 'reason', 'addressed_to', 'expires']) if (told[id]) element(id).value = told[id]
    element('due').value = told.due || ''
    element('permanent').checked = Boolean(told.permanent)
    element('for').querySelector('.rows').replaceChildren();
    [...(told.goals || []), ...(told.measures || [])].forEach(addNamed)
    settled = told.about && told.about.startsWith('decision-') ? told.about : null
    element('settles').checked = Boolean(settled)
    if (told.about) for (const id of ['rated', 'corrected']) element(id).value = told.about
    for (const code of all('[name=code]')) code.checked = code.value === told.code
    all('#views .view').forEach((view, place) => {
      const one = (told.views || [])[place] || { text: '', houses: [] }
      view.querySelector('textarea').value = one.text
      all('select', view).forEach((select) => select.remove());
      [...(one.houses || []), ...((one.houses || []).length ? [] : [''])].forEach((key) => addHouse(view.querySelector('.houses'), key))
    })
    const expected = told.expects || {}
    element('expected').value = expected.kind || ''
    targets()
    if (expected.target) {
      fill(element('target'), known([...element('target').options].slice(1).map((one) => [one.value, one.text]), expected.target), none())
      element('target').value = expected.target
    }
    element('by').value = expected.by || element('due').value
    if (expected.status) element('status').value = expected.status
    element('milestone').value = expected.title || ''
    show()
  }

  // what stands in the form is a result of its own from now on
  function anew() {
    now = { name: newName(), result: null, based_on: 0 }
  }

  // ``turned``: another item, whose usual kind of result is proposed
  function begin(turned) {
    anew()
    touched = false
    const about = item()
    const usual = about && about.waiting ? (data.mayDecide ? 'decision' : 'recommendation') : 'agreement'
    if (turned) root.querySelector(`[name=kind][value=${usual}]`).checked = true
    prefill()
  }

  function choose(number) {
    element('item').value = data.items.some((one) => one.id === number) ? String(number) : ''
  }

  fill(element('item'), data.items.map((one) => [one.id, `${one.place} ${one.title}`]), element('noitem').content.firstElementChild.cloneNode(true))
  fill(element('more'), [...data.goals, ...data.measures], element('more').options[0])
  root.addEventListener('click', (event) => {
    const add = event.target.closest('[data-add]')
    if (add) (add.closest('.houses') ? addHouse(add.closest('.houses')) : addHolder().querySelector('select')).focus()
    const remove = event.target.closest('[data-remove]')
    if (remove) remove.closest('.holder').remove()
  })
  element('more').addEventListener('change', () => {
    addNamed(value('more'))
    element('more').value = ''
  })
  for (const id of ['due', 'by']) element(id).addEventListener('input', () => { element(id).dataset.typed = '1' })
  element('expected').addEventListener('change', targets)
  element('target').addEventListener('change', milestones)

  return {
    data, element, all, root, names, kind, item, said, expects, show, prefill, load, begin, anew, choose, targets,
    get now() { return now }, set now(one) { now = one },
    get touched() { return touched }, set touched(is) { touched = is },
  }
})()

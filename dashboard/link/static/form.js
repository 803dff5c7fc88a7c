// Keeps what is typed on this device until it has arrived, and sends it again when the connection is back.
// Without this file the page works too: every step is a plain form.
(() => {
  "use strict"
  const line = document.getElementById("line")
  const main = document.getElementById("main")
  const words = { ...main.dataset }
  const DAYS = 14 * 24 * 3600 * 1000
  const PATIENCE = 15 * 1000 // without an answer for so long it is as if there were no connection
  let waiting = null
  let busy = false
  let left = null // the form as it was left for the review

  const tell = (text) => {
    line.textContent = text || ""
  }
  const storage = (act) => {
    try { return act(window.localStorage) } catch { return null } // switched off, or full: the page works without
  }
  const keyOf = (name) => `rundertisch-${name}`
  const keptForm = () => document.querySelector("form[data-keep]")
  const asked = (form) => [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "submit")
  // the sentences beside ratings are typed on the review and travel with the form
  const sentences = (form) => [...form.elements].filter((field) => field.name.startsWith("w."))
  const isChecked = (field) => field.type === "radio" || field.type === "checkbox"
  // what the network knew when the page was made; a page shown again is filled in with what was typed
  const originals = (form) => {
    try { return JSON.parse(form.elements.was.value) } catch { return {} }
  }
  const original = (field, known) => {
    const found = /^m\.(.+)\.([a-z_]+)$/.exec(field.name)
    if (found) return (known[found[1]] || {})[found[2]] || ""
    return /^[nb]\./.test(field.name) || field.type === "checkbox" ? "" : field.defaultValue
  }
  const differs = (field, known) => (isChecked(field)
    ? field.checked !== (field.value === original(field, known))
    : field.value !== original(field, known))

  const read = (form) => {
    const text = storage((kept) => kept.getItem(keyOf(form.dataset.keep)))
    try {
      const found = JSON.parse(text)
      return found && Date.now() - found.at < DAYS ? found : null
    } catch { return null }
  }

  const keep = (form) => {
    const fields = {}
    const known = originals(form)
    for (const field of asked(form)) {
      if (differs(field, known) && (!isChecked(field) || field.checked)) fields[field.name] = field.value
    }
    for (const field of sentences(form)) fields[field.name] = field.value
    const name = keyOf(form.dataset.keep)
    storage((kept) => Object.keys(fields).length
      ? kept.setItem(name, JSON.stringify({ at: Date.now(), form: form.elements.form.value, fields }))
      : kept.removeItem(name))
  }

  const keepSentence = (field) => {
    const name = keyOf(field.form.dataset.words)
    storage((kept) => {
      const found = JSON.parse(kept.getItem(name))
      if (!found) return
      found.fields[field.name] = field.value
      kept.setItem(name, JSON.stringify(found))
    })
  }
  const carry = (form, name, text) => {
    let field = form.elements[name]
    if (!field) {
      field = document.createElement("input")
      field.type = "hidden"
      field.name = name
      form.append(field)
    }
    field.value = text
  }

  const mark = (form) => {
    const known = originals(form)
    for (const box of form.querySelectorAll("details.one")) {
      const summary = box.querySelector("summary")
      const changed = [...box.querySelectorAll("input, textarea")].some((field) => differs(field, known))
      const shown = summary.querySelector(".mark")
      if (changed && !shown) {
        const word = document.createElement("span")
        word.className = "mark"
        word.textContent = words.changed
        summary.querySelector("b").after(word)
      } else if (!changed && shown) shown.remove()
    }
  }

  const restore = (form) => {
    const found = read(form)
    let back = 0
    for (const field of found ? asked(form) : []) {
      if (!(field.name in found.fields)) continue
      const text = found.fields[field.name]
      if (isChecked(field)) {
        if (field.checked === (field.value === text)) continue
        field.checked = field.value === text
      } else if (field.value !== text) field.value = text
      else continue
      back += 1
    }
    for (const [name, text] of Object.entries(found ? found.fields : {})) {
      if (name.startsWith("w.")) carry(form, name, text)
    }
    // sent again after a break it is the same form: the server takes it once
    if (found && found.form) form.elements.form.value = found.form
    const told = document.getElementById("restored")
    if (back && told) {
      told.querySelector("span").textContent = words.restored
      told.hidden = false
    }
  }

  const begin = () => {
    const done = document.querySelector("[data-done]")
    if (done) storage((kept) => kept.removeItem(keyOf(done.dataset.done)))
    const form = keptForm()
    if (!form) return
    restore(form)
    mark(form)
    for (const shown of form.querySelectorAll("details.one .mark")) {
      for (let box = shown.closest("details"); box; box = box.parentElement.closest("details")) box.open = true
    }
  }
  const isReview = () => Boolean(main.querySelector("form[data-words]"))

  // the phone's Back on the review means the form, not the page before it
  const backToForm = () => {
    const words = sentences(main.querySelector("form[data-words]")).map((field) => [field.name, field.value])
    main.replaceChildren(...left.nodes)
    document.title = left.title
    const form = keptForm()
    for (const [name, text] of words) carry(form, name, text)
    window.scrollTo(0, left.y)
    left = null
    waiting = null
    tell("")
    main.focus({ preventScroll: true })
  }

  const show = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html")
    const next = page.getElementById("main")
    if (!next) return false
    const form = keptForm()
    const before = { nodes: [...main.childNodes], title: document.title, y: window.scrollY }
    main.replaceChildren(...next.childNodes)
    document.title = page.title
    document.documentElement.lang = page.documentElement.lang
    begin()
    if (form && isReview()) {
      left = before
      window.history.pushState({ step: "review" }, "")
    } else if (!isReview()) left = null
    window.scrollTo(0, 0)
    const faulty = main.querySelector("[autofocus]")
    if (faulty) faulty.focus()
    else main.focus({ preventScroll: true })
    return true
  }

  const send = async (form, button, repeated) => {
    const body = new URLSearchParams(new FormData(form))
    const sends = button.value === "send" || button.value === "unchanged"
    const patience = new AbortController()
    const timer = window.setTimeout(() => patience.abort(), PATIENCE)
    body.set(button.name, button.value)
    busy = true
    button.setAttribute("aria-busy", "true")
    if (!repeated) tell(sends ? words.sending : words.looking)
    try {
      const answer = await fetch(form.action, {
        method: "POST", body, credentials: "same-origin", cache: "no-store", signal: patience.signal,
      })
      const html = await answer.text()
      waiting = null
      tell("")
      if (answer.status >= 500 || !show(html)) tell(words.failed)
    } catch {
      if (form.isConnected) {
        waiting = { form, button }
        tell(sends ? words.laterSent : words.later)
      }
    }
    window.clearTimeout(timer)
    busy = false
    button.removeAttribute("aria-busy")
  }

  const again = () => {
    if (!waiting || busy) return
    const { form, button } = waiting
    if (form.isConnected) send(form, button, true)
    else waiting = null
  }

  document.addEventListener("input", (event) => {
    const form = event.target.form
    if (form && form.dataset.words) keepSentence(event.target)
    if (!form || !form.dataset.keep) return
    keep(form)
    mark(form)
  })
  document.addEventListener("submit", (event) => {
    const button = event.submitter
    if (!button || !button.name || event.defaultPrevented) return
    event.preventDefault()
    if (busy) return
    waiting = null
    if (button.value === "change" && left) window.history.back()
    else send(event.target, button)
  })
  document.addEventListener("click", (event) => {
    if (event.target.id !== "discard") return
    const form = keptForm()
    storage((kept) => kept.removeItem(keyOf(form.dataset.keep)))
    form.reset()
    mark(form)
    document.getElementById("restored").hidden = true
    form.querySelector("button:not([hidden]), summary").focus()
  })
  window.addEventListener("popstate", () => {
    if (isReview() && left) backToForm()
    else if (!keptForm()) window.location.reload()
  })
  window.addEventListener("offline", () => tell(words.offline))
  window.addEventListener("online", () => {
    if (!waiting) tell(words.online)
    again()
  })
  window.setInterval(again, 5000)
  begin()
})()

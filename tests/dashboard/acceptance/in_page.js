// What a person would see at once and a test cannot: text that is cut off, text on text, a page that scrolls sideways.
// Every function takes selectors and returns sentences; none means all is well.
(() => {
  const AIR = 0.22 // of a line box's height: above and below the letters there is room

  const shown = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false
    for (let e = element; e && e !== document.documentElement; e = e.parentElement)
      if (getComputedStyle(e).clipPath.startsWith("inset(50%")) return false
    return true
  }

  const name = (element) => {
    const classes = (element.getAttribute("class") || "").split(/\s+/).filter((c) => c.startsWith("rt-") || c.startsWith("st-key-"))
    return [element.tagName.toLowerCase(), ...classes].join(".")
  }

  const texts = (root, ignored) => {
    const walker = document.createTreeWalker(document.querySelector(root), NodeFilter.SHOW_TEXT)
    const found = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (!node.nodeValue.trim() || !parent || parent.closest("style, script, title, desc, noscript")) continue
      if (ignored.some((selector) => parent.closest(selector)) || !shown(parent)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const rect of range.getClientRects())
        if (rect.width > 1 && rect.height > 1) found.push({ text: node.nodeValue.trim().slice(0, 60), parent, rect })
    }
    return found
  }

  // The part of a line of text that the boxes around it let through. On an axis that a box scrolls, the boxes further
  // out hide nothing for good: `scrolled` says whether the scrolling box itself counts.
  const visible = (item, scrolled) => {
    let { left, top, right, bottom } = item.rect
    let [across, down] = [true, true]
    for (let e = item.parent; e && e !== document.body && (across || down); e = e.parentElement) {
      const style = getComputedStyle(e)
      if (style.display === "inline" || style.display === "contents") continue
      const box = e.getBoundingClientRect()
      const [scrollsAcross, scrollsDown] = [style.overflowX, style.overflowY].map((o) => o === "auto" || o === "scroll")
      if (across && style.overflowX !== "visible" && (scrolled || !scrollsAcross))
        [left, right] = [Math.max(left, box.left), Math.min(right, box.right)]
      if (down && style.overflowY !== "visible" && (scrolled || !scrollsDown))
        [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)]
      if (!scrolled && scrollsAcross && e.scrollWidth > e.clientWidth) across = false
      if (!scrolled && scrollsDown && e.scrollHeight > e.clientHeight) down = false
      if (style.position === "fixed") break
    }
    return { left, top, right, bottom }
  }

  const clipped = (root, ignored) => {
    const gone = ({ rect, parent, text }) => {
      const part = visible({ rect, parent }, false)
      const air = rect.height * AIR
      return part.left - rect.left > 1.5 || rect.right - part.right > 1.5
        || part.top - rect.top > air || rect.bottom - part.bottom > air
    }
    return [...new Set(texts(root, ignored).filter(gone).map((item) => `${item.text} (${name(item.parent)})`))]
  }

  // A text drawn twice at one place is its own halo (charts).
  const halo = (a, b) => a.text === b.text && Math.abs(a.left - b.left) < 2 && Math.abs(a.top - b.top) < 2

  const overlapping = (root, ignored) => {
    const items = texts(root, ignored).map((item) => {
      const part = visible(item, true)
      const air = item.rect.height * AIR
      return { ...item, left: part.left + 1, right: part.right - 1, top: part.top + air, bottom: part.bottom - air }
    }).filter((item) => item.right > item.left && item.bottom > item.top)
    items.sort((a, b) => a.top - b.top)
    const problems = []
    for (let i = 0; i < items.length; i++)
      for (let j = i + 1; j < items.length && items[j].top < items[i].bottom; j++) {
        const [a, b] = [items[i], items[j]]
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        if (wide > 2 && high > 2 && !halo(a, b)) problems.push(`${a.text} × ${b.text} (${name(a.parent)}, ${name(b.parent)})`)
      }
    return [...new Set(problems)]
  }

  // The elements that make the window scroll sideways: wider than it, and in no box that scrolls by itself.
  const sideways = (main) => {
    const windows = [document.documentElement, document.querySelector(main)]
    if (windows.every((e) => e.scrollWidth <= window.innerWidth)) return []
    const wide = [...document.querySelectorAll(`${main} *`)].filter((e) => {
      if (e.getBoundingClientRect().right <= window.innerWidth + 1 || !shown(e)) return false
      for (let p = e.parentElement; p && !p.matches(main); p = p.parentElement)
        if (getComputedStyle(p).overflowX !== "visible") return false
      return true
    })
    return [`${Math.max(...windows.map((e) => e.scrollWidth))} px`, ...new Set(wide.map(name))]
  }

  window.rundertischTest = { clipped, overlapping, sideways }
})()

// What a person would see at once and a test cannot: text that is cut off, text on text, and what the focus looks like.
// Every function takes plain values and returns plain values.
(() => {
  const INSET = 0.22 // of a line box's height: above and below the letters there is air
  const shown = (element) => {
    for (let e = element; e && e !== document.documentElement; e = e.parentElement) {
      const style = getComputedStyle(e)
      if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0") return false
      if (style.clipPath.startsWith("inset(50%")) return false
    }
    return true
  }
  const cuts = (overflow) => overflow === "hidden" || overflow === "clip"
  const name = (element) =>
    element.tagName.toLowerCase() + (element.getAttribute("class") ? "." + element.getAttribute("class").trim().split(/\s+/).slice(0, 3).join(".") : "")

  const texts = (root, ignored) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
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

  // The part of a rectangle that the boxes around it let through; `clips` says which boxes count.
  const visible = (item, clips) => {
    let { left, top, right, bottom } = item.rect
    for (let e = item.parent; e && e !== document.body; e = e.parentElement) {
      const style = getComputedStyle(e)
      if (style.display === "inline") continue
      const box = e.getBoundingClientRect()
      if (clips(style.overflowX)) [left, right] = [Math.max(left, box.left), Math.min(right, box.right)]
      if (clips(style.overflowY)) [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)]
      if (style.position === "fixed") break
    }
    return { left, top, right, bottom }
  }

  const clipped = (selector, ignored) => {
    const problems = []
    for (const item of texts(document.querySelector(selector), ignored)) {
      const part = visible(item, cuts)
      const air = item.rect.height * INSET
      const gone = part.left - item.rect.left > 1.5 || item.rect.right - part.right > 1.5
        || part.top - item.rect.top > air || item.rect.bottom - part.bottom > air
      if (gone) problems.push(`${name(item.parent)}: ${item.text}`)
    }
    return [...new Set(problems)]
  }

  const overlapping = (selector, ignored) => {
    const scrolls = (overflow) => overflow !== "visible"
    const items = texts(document.querySelector(selector), ignored).map((item) => {
      const part = visible(item, scrolls)
      const air = item.rect.height * INSET
      return { ...item, left: part.left + 1, right: part.right - 1, top: part.top + air, bottom: part.bottom - air }
    }).filter((item) => item.right > item.left && item.bottom > item.top)
    items.sort((a, b) => a.top - b.top)
    const problems = []
    for (let i = 0; i < items.length; i++)
      for (let j = i + 1; j < items.length && items[j].top < items[i].bottom; j++) {
        const [a, b] = [items[i], items[j]]
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        if (wide > 2 && high > 2) problems.push(`${a.text} × ${b.text} (${name(a.parent)}, ${name(b.parent)})`)
      }
    return [...new Set(problems)]
  }

  // Text inside Vega's pictures, which are drawn on a canvas: its scene knows each text and its box.
  const chartTexts = () => {
    const found = []
    const walk = (group, dx, dy, chart) => {
      for (const mark of group.items || []) {
        if (mark.marktype === "group") for (const g of mark.items) walk(g, dx + (g.x || 0), dy + (g.y || 0), chart)
        if (mark.marktype === "text")
          for (const t of mark.items)
            if (t.text !== "" && t.text != null && t.opacity !== 0 && (t.fontSize || 11) > 2) {
              const air = (t.bounds.y2 - t.bounds.y1) * INSET
              found.push({ chart, text: String(t.text), left: t.bounds.x1 + dx + 1, right: t.bounds.x2 + dx - 1, top: t.bounds.y1 + dy + air, bottom: t.bounds.y2 + dy - air })
            }
      }
    }
    document.querySelectorAll(".vega-embed").forEach((element, chart) => {
      const holder = [element, ...element.querySelectorAll("*")].find((e) => e.__view__)
      if (!holder) throw new Error("Vega's view is not where it was: adapt chartTexts")
      const view = holder.__view__
      const [x, y] = view.origin()
      for (const group of view.scenegraph().root.items) walk(group, x, y, { chart, width: element.clientWidth, height: element.clientHeight })
    })
    return found
  }
  const chartsOverlapping = () => {
    const items = chartTexts()
    const problems = []
    items.forEach((a, i) => items.slice(i + 1).forEach((b) => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      if (a.chart.chart === b.chart.chart && wide > 2 && high > 2) problems.push(`${a.text} × ${b.text}`)
    }))
    for (const t of items)
      if (t.left < -2 || t.top < -2 || t.right > t.chart.width + 2 || t.bottom > t.chart.height + 2) problems.push(`cut: ${t.text}`)
    return problems
  }

  // Elements that reach beyond the window and cannot be scrolled to within a box of their own.
  const sideways = () => {
    const scrollers = [document.documentElement, document.querySelector('[data-testid="stMain"]')].filter(Boolean)
    if (scrollers.every((e) => e.scrollWidth <= window.innerWidth)) return []
    const wide = [...document.querySelectorAll('[data-testid="stMain"] *')].filter((e) => {
      if (e.getBoundingClientRect().right <= window.innerWidth + 1 || !shown(e)) return false
      for (let p = e.parentElement; p && p.dataset.testid !== "stMain"; p = p.parentElement)
        if (getComputedStyle(p).overflowX !== "visible") return false
      return true
    })
    return wide.map(name).slice(0, 8).concat(wide.length ? [] : ["unknown"])
  }

  window.rundertischTest = { clipped, overlapping, chartsOverlapping, chartTexts, sideways, shown, name }
})()

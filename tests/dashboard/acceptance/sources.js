// Finds what a page shows of records without a way to its source. Everything inside a table's body, a list, a
// definition, the headline and the figures counts, but the selectors given.
window.rundertischSources = (() => {
  const UNITS = "tbody td, tbody th, dd, .rt-list li, .rt-goals li, .rt-plain li, .rt-tally li, .rt-ov-figure, h1.rt-h1"
  const main = () => document.querySelector('[data-testid="stMain"]')
  const shown = (node) => node.getClientRects().length > 0
  const hasWay = (element) => Boolean(element && element.querySelector("[data-go]"))

  function traced(node, unit) {
    if (node.closest("[data-go], a[href]")) return true
    if (unit.matches("h1")) return hasWay(unit.previousElementSibling)
    if (unit.matches("td, th")) return hasWay(unit)
    return hasWay(unit)
  }

  function untraced(own) {
    const found = []
    for (const unit of main().querySelectorAll(UNITS)) {
      const walker = document.createTreeWalker(unit, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) {
        const text = walker.currentNode.textContent.trim(), node = walker.currentNode.parentElement
        if (!text || /^[–…·,.:;()+\s]*$/.test(text) || !shown(node) || own.some((s) => node.closest(s))) continue
        if (!traced(node, unit)) found.push(`${unit.tagName.toLowerCase()}: ${text.slice(0, 80)}`)
      }
    }
    return [...new Set(found)]
  }

  const targets = () => [...new Set([...main().querySelectorAll("[data-go]")].map((e) => e.dataset.go))]
    .filter((target) => /^(woher|summe):/.test(target))

  return { untraced, targets }
})()

"""What a page's layout may not do, looked for in the page itself: shared by bench/pictures.py and tests/browser/test_layout.py."""

from typing import Any

# Each fault is one line: its kind, then the element. A finger needs 44 px, a mouse 24 (WCAG 2.2, 2.5.5 and 2.5.8).
_FAULTS = """
(target) => {
  const faults = [];
  const window_ = document.documentElement.clientWidth;
  const name = (element) => {
    const words = element.textContent.trim().replace(/\\s+/g, ' ').slice(0, 40);
    const marks = typeof element.className === 'string' && element.className ? `.${element.className.trim().split(/\\s+/).join('.')}` : '';
    return `${element.localName}${marks} “${words}”`;
  };
  const hidden = (element) => !element.checkVisibility({ visibilityProperty: true }) || element.closest('.sr, .skip, [hidden]');
  const clipped = (element) => getComputedStyle(element).clipPath !== 'none';
  const box = (element) => element.getBoundingClientRect();

  if (document.documentElement.scrollWidth > window_) {
    faults.push(`wider than the window: ${document.documentElement.scrollWidth} > ${window_}`);
    for (const element of document.querySelectorAll('main *')) {
      if (box(element).right > window_ + 1 && !hidden(element)) { faults.push(`sticks out: ${name(element)}`); break; }
    }
  }

  for (const element of document.querySelectorAll('body *')) {
    if (hidden(element) || clipped(element) || !element.textContent.trim()) continue;
    const style = getComputedStyle(element);
    if (style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll' && style.display !== 'inline'
        && element.scrollWidth > element.clientWidth + 1 && !element.matches('svg, svg *, select, input, textarea')) {
      faults.push(`text is cut: ${name(element)}`);
    }
  }

  // Of a choice as long as a sentence the list shows all; nothing shorter may be cut.
  const ruler = document.createElement('canvas').getContext('2d');
  for (const select of document.querySelectorAll('select')) {
    if (hidden(select) || !select.selectedOptions.length || select.selectedOptions[0].text.trim().length > 30) continue;
    const style = getComputedStyle(select), room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    ruler.font = style.font;
    if (ruler.measureText(select.selectedOptions[0].text.trim()).width > room + 1) faults.push(`chosen words are cut: “${select.selectedOptions[0].text.trim()}”`);
  }

  const boxes = 'main, .card, .fact, .story, .choice, .btn, .chip, .toast, td, th, .tabs a, .bar a';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const parent = text.parentElement, around = parent.closest(boxes);
    if (!around || !text.data.trim() || hidden(parent) || clipped(parent) || parent.closest('svg, option, script, style')) continue;
    const range = document.createRange();
    for (const { index, 0: word } of text.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      if (word.length < 2 || word.length > 12) continue;
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      if (box(range).height > 1.8 * parseFloat(getComputedStyle(parent).fontSize)) {
        faults.push(`a short word is broken: ${word} in ${name(parent)}`);
        break;
      }
    }
    if (seen.has(around)) continue;
    range.selectNodeContents(text);
    const { left, right } = box(around);
    for (const piece of range.getClientRects()) {
      if (piece.width > 1 && (piece.right > right + 1.5 || piece.left < left - 1.5)) { seen.add(around); faults.push(`words stick out: ${name(around)}`); break; }
    }
  }

  const parts = [...document.querySelectorAll('.bar > *, .langs a')].filter((part) => !hidden(part) && getComputedStyle(part).position !== 'fixed');
  for (const [place, one] of parts.entries()) {
    const a = box(one);
    if (a.right > window_ + 0.5 || a.left < -0.5) faults.push(`outside the window: ${name(one)}`);
    for (const other of parts.slice(place + 1)) {
      const b = box(other);
      if (one.contains(other) || other.contains(one)) continue;
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 0.5 && high > 0.5) faults.push(`parts of the header overlap: ${name(one)}, ${name(other)}`);
    }
  }

  for (const word of document.querySelectorAll('.tabs a span')) {
    if (word.getClientRects().length > 1 || box(word).height > 30) faults.push(`a tab takes two lines: ${name(word)}`);
  }

  for (const element of document.querySelectorAll('a[href], button, select, summary, input:not([type=hidden])')) {
    if (hidden(element) || clipped(element)) continue;
    const label = element.matches('[type=radio], [type=checkbox]') && element.closest('label');
    const stretched = getComputedStyle(element, '::after').position === 'absolute' && element.closest('.card, tr');
    const { width, height } = box(label || stretched || element);
    const block = element.closest('p, li, dd, dt, td, th, h1, h2, h3, legend, label');
    const inText = element.localName === 'a' && getComputedStyle(element).display === 'inline' && block
      && block.textContent.trim().length > element.textContent.trim().length + 3;
    if (!inText && (width < target - 0.5 || height < target - 0.5)) {
      faults.push(`smaller than ${target} px: ${name(element)} ${Math.round(width)}×${Math.round(height)}`);
    }
  }
  return [...new Set(faults)];
}
"""


def faults(page: Any) -> list[str]:
    """The faults of the page that a Playwright page shows now, at its present width; empty when there is none."""
    finger = page.viewport_size["width"] < 600
    found: list[str] = page.evaluate(_FAULTS, 44 if finger else 24)
    return found

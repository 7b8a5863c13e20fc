/* The desk's keys: J next, K previous, A approve, D decline. Without this file every one of them is a link or a button. */
'use strict';

function step(by) {
  const links = [...document.querySelectorAll('[data-queue] a')];
  const at = links.findIndex((link) => link.ariaCurrent === 'true');
  links[at + by]?.click();
}

function press(key) {
  const target = document.querySelector(`[data-key="${key}"]`);
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.querySelector('input[type=radio]')?.focus();
  } else target?.click();
}

const keys = { j: () => step(1), k: () => step(-1), a: () => press('A'), d: () => press('D') };

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest('input:not([type=radio]), textarea, select')) return;
  const act = keys[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-all]')) document.querySelectorAll('input[name=match]').forEach((box) => { box.checked = event.target.checked; });
});

const lost = () => { document.getElementById('not-sent').hidden = false; };
document.addEventListener('htmx:sendError', lost);
document.addEventListener('htmx:responseError', lost);
document.addEventListener('htmx:afterSettle', () => document.querySelector('[data-queue] [aria-current]')?.scrollIntoView({ block: 'nearest' }));

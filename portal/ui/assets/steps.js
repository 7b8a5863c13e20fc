/* Counts the last days of the steps on the phone, without a network, and remembers there what is ticked off. */
'use strict';

{
  const DAY = 864e5;

  /* The day of entry is the first; working days leave out Saturday and Sunday: orientation/tools/deadlines.py. */
  function lastDay(entry, count, unit) {
    let day = Date.parse(entry + 'T00:00Z') - DAY;
    while (count > 0) {
      day += DAY;
      if (unit !== 'working_day' || new Date(day).getUTCDay() % 6) count--;
    }
    return day;
  }

  const form = document.querySelector('[data-steps]');
  if (form) {
    const KEPT = 'safar-steps-' + form.dataset.steps, { arrived } = form.elements, steps = document.querySelectorAll('[data-step]');
    const done = (step) => step.querySelector('[name=done]');

    const show = () => {
      const now = new Date(), today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
      for (const step of steps) {
        const { count, unit } = step.dataset, place = step.querySelector('[data-last]');
        const last = arrived.value && +count ? lastDay(arrived.value, +count, unit) : null, late = last !== null && last < today && !done(step).checked;
        place.hidden = last === null;
        if (last !== null) place.querySelector('b').textContent = new Date(last).toISOString().slice(0, 10).split('-').reverse().join('.');
        step.classList.toggle('warn', late);
        if (+count) step.querySelector('[data-late]').hidden = !late;
      }
    };
    const keep = () => {
      localStorage.setItem(KEPT, JSON.stringify([arrived.value, [...steps].filter((step) => done(step).checked).map((step) => step.dataset.step)]));
      show();
    };
    form.addEventListener('submit', (event) => {
      if (event.submitter && event.submitter.name === 'calendar') return;
      event.preventDefault();
      keep();
    });
    document.addEventListener('change', keep);
    form.querySelector('[data-forget]').addEventListener('click', () => {
      localStorage.removeItem(KEPT);
      arrived.value = '';
      for (const step of steps) done(step).checked = false;
      show();
    });
    form.querySelector('[data-scripted]').hidden = false;
    if ('caches' in window) carry(location.pathname, '', Date.now() - DAY).catch(() => {}); // safar.js: this page onto the phone
    const kept = JSON.parse(localStorage.getItem(KEPT) || 'null');
    if (kept) {
      arrived.value = arrived.value || kept[0];
      for (const step of steps) done(step).checked = kept[1].includes(step.dataset.step);
      show();
    }
  }
}

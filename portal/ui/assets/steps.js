/* Counts the last days of the steps on the phone, without a network, and remembers there what is ticked off. */
'use strict';

/* As orientation/tools/calendar_file.py makes it, so that either brings the other up to date. */
function calendarOf(days, language, now) {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const events = days.flatMap(({ key, title, day }) => {
    const summary = 'Safar: ' + title.replace(/[\\;,]/g, '\\$&');
    return [
      'BEGIN:VEVENT', `UID:${key}@safar`, `DTSTAMP:${stamp}`, `DTSTART;VALUE=DATE:${day.replace(/-/g, '')}`, `SUMMARY:${summary}`,
      'BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${summary}`, 'TRIGGER:-P2DT15H', 'END:VALARM', 'END:VEVENT',
    ];
  });
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', `PRODID:-//Safar//${language.toUpperCase()}`, ...events, 'END:VCALENDAR', ''];
  return lines.map((line) => line.replace(/.{24}(?=.)/gu, '$&\r\n ')).join('\r\n'); // no line has more than 75 bytes
}

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

    const lastOf = ({ dataset: { count, unit } }) => (arrived.value && +count ? lastDay(arrived.value, +count, unit) : null);
    const today = () => {
      const now = new Date();
      return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    };

    const show = () => {
      for (const step of steps) {
        const place = step.querySelector('[data-last]'), last = lastOf(step), late = last !== null && last < today() && !done(step).checked;
        place.hidden = last === null;
        if (last !== null) place.querySelector('b').textContent = new Date(last).toISOString().slice(0, 10).split('-').reverse().join('.');
        step.classList.toggle('warn', late);
        if (+step.dataset.count) step.querySelector('[data-late]').hidden = !late;
      }
    };
    const keep = () => {
      localStorage.setItem(KEPT, JSON.stringify([arrived.value, [...steps].filter((step) => done(step).checked).map((step) => step.dataset.step)]));
      show();
    };
    const download = () => {
      const dated = [...steps].filter((step) => lastOf(step) >= today()), link = document.createElement('a');
      const days = dated.map((step) => ({
        key: `${form.dataset.steps}-${step.dataset.step}`,
        title: step.querySelector('.choice span').textContent,
        day: new Date(lastOf(step)).toISOString().slice(0, 10),
      }));
      link.href = URL.createObjectURL(new Blob([calendarOf(days, document.documentElement.lang, new Date())], { type: 'text/calendar' }));
      link.download = 'safar.ics';
      link.click();
    };
    form.addEventListener('submit', (event) => {
      const isCalendar = event.submitter?.name === 'calendar';
      if (isCalendar && (navigator.onLine || !arrived.value)) return;
      event.preventDefault();
      keep();
      if (isCalendar) download();
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

/* Counts the days of a stay on the phone, without a network: orientation/tools/days.py says how, tests hold both to one table. */
'use strict';

const safarDays = (() => {
  const DAYS = 864e5, HORIZON = 800, WARN = 10;
  const number = (text) => Date.parse(text + 'T00:00Z') / DAYS;
  const text = (day) => new Date(day * DAYS).toISOString().slice(0, 10);

  function countDays(limits, stays, today, documentEnds, papers) {
    const here = Math.max(...stays.map(([entry, exit]) => (exit ? -Infinity : number(entry)))), before = new Set();
    const now = number(today), ends = documentEnds && number(documentEnds);
    for (const [entry, exit] of stays) {
      for (let day = number(exit || entry); exit && day >= number(entry) && day > now - 9e3; day--) before.add(day);
    }
    const counted = ({ kind, span }, entry, day) => {
      const first = { entry, year: number(text(day).slice(0, 4) + '-01-01'), window: day - span + 1 }[kind];
      let count = Math.max(0, day - Math.max(entry, first) + 1);
      for (const each of before) count += each >= first && each < entry;
      return count;
    };
    const end = (entry) => {
      let last = null, because = '';
      for (const limit of limits) {
        for (let day = entry; day < entry + HORIZON; day++) {
          if (counted(limit, entry, day) <= limit.days) continue;
          if (last === null || day - 1 < last || (day - 1 === last && limit.code < because)) [last, because] = [day - 1, limit.code];
          break;
        }
      }
      if (papers && last !== null && number(papers[1]) > last) [because, last] = [papers[0], number(papers[1])];
      return ends && (last === null || last > ends) ? [ends, ''] : [last, because];
    };
    const isHere = here > -Infinity;
    let state, entry = isHere ? here : now, [last, because] = end(entry);
    let left = last === null ? 0 : Math.max(0, last - now + 1);
    const used = {};
    for (const limit of limits) used[limit.code] = isHere || limit.kind !== 'entry' ? counted(limit, isHere ? here : now + 1, now) : 0;
    if (ends && ends < now) [state, last, because, left] = ['expired', ends, '', 0];
    else if (isHere) state = last === null || left > WARN ? 'there' : left ? 'soon' : 'over';
    else if (last === null || last >= now) state = 'may';
    else {
      for (entry = now + 1; entry <= now + HORIZON; entry++) {
        [last, because] = end(entry);
        if (last === null || last >= entry) break;
      }
      [state, left] = ['wait', 0];
      if (entry > now + HORIZON) [state, entry, last] = ['never', null, null];
    }
    return { state, entry: entry && text(entry), last: last && text(last), because, left, used };
  }

  function findFaults(stays, today) {
    const faults = {}, add = (place, field, fault) => (faults[place + field] = faults[place + field] || fault);
    stays.forEach(([entry, exit], place) => {
      if (entry > today) add(place, 'entry', 'future');
      if (exit > today) add(place, 'exit', 'future');
      if (exit && !entry) add(place, 'entry', 'no-entry');
      if (entry && exit && exit < entry) add(place, 'exit', 'backwards');
    });
    const known = stays.map(([entry, exit], place) => [entry, exit || '9999', place]).filter(([entry]) => entry).sort();
    known.slice(1).reduce((longest, stay) => {
      if (longest[1] === '9999') add(longest[2], 'exit', 'still');
      else if (stay[0] < longest[1]) add(stay[2], 'entry', 'overlap');
      return stay[1] > longest[1] ? stay : longest;
    }, known[0]);
    return faults;
  }
  return { countDays, findFaults, text };
})();

{
  const form = document.querySelector('[data-days]');
  if (form) {
    const { corridors, shown, limits, titles, papers, say, faults } = JSON.parse(document.getElementById('days-data').textContent);
    const all = (selector) => [...document.querySelectorAll(selector)], rows = () => all('[data-stay]'), KEPT = 'safar-days';
    const answer = document.querySelector('[data-answer]'), keep = form.querySelector('[data-keep]');
    const { corridor, document_ends: paper, contract_ends: contract, more } = form.elements;
    const told = (row) => [...row.querySelectorAll('input')];
    const filled = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

    const show = (input, fault) => {
      const place = input.parentNode.querySelector('[data-problem]');
      place.hidden = !fault;
      place.querySelector('[role]').textContent = faults[fault] || '';
      input[fault ? 'setAttribute' : 'removeAttribute']('aria-invalid', true);
    };
    const add = () => {
      const row = rows()[0].cloneNode(true);
      for (const input of told(row)) {
        input.value = '';
        show(input);
      }
      rows().pop().after(row);
    };
    const fill = (stays) => {
      while (rows().length < stays.length) add();
      rows().forEach((row, place) => told(row).forEach((input, which) => (input.value = (stays[place] || [])[which] || '')));
    };
    const rules = () => {
      for (const box of all('[data-fact]')) box.hidden = corridor.value && !shown[corridor.value].includes(box.dataset.fact);
    };
    const line = ([name, value]) => ['dt', 'dd'].map((tag) => {
      const element = document.createElement(tag);
      element.textContent = tag === 'dt' ? name : value;
      return element;
    });
    const count = () => {
      const now = new Date(), today = safarDays.text(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 864e5);
      const stays = rows().map((row) => told(row).map((input) => input.value)), found = safarDays.findFaults(stays, today);
      rows().forEach((row, place) => told(row).forEach((input) => show(input, found[place + input.name])));
      answer.hidden = true;
      const wrong = form.querySelector('[data-stay] [aria-invalid]');
      if (wrong) return wrong.focus();
      const rule = corridors[corridor.value].map((code) => limits[code]), longer = papers[corridor.value];
      const said = rule.every(Boolean) && safarDays.countDays(
        rule, stays.filter(([entry]) => entry), today, paper.value, longer && contract.value && [longer, contract.value]);
      const state = said ? said.state : 'unknown', day = (state === 'wait' ? said.entry : said && said.last) || '';
      answer.className = 'card ' + ({ soon: 'warn', over: 'danger', expired: 'danger' }[state] || '');
      answer.querySelector('h2').textContent = filled(say[state], { day: day.split('-').reverse().join('.') });
      const lines = said ? [[say.left, said.left], [say.first, titles[said.because]]] : [];
      for (const limit of rule) if (said) lines.push([titles[limit.code], `${said.used[limit.code]} / ${limit.days}`]);
      answer.querySelector('dl').replaceChildren(...lines.flatMap(line));
      answer.hidden = false;
      answer.scrollIntoView({ block: 'nearest' });
      if (keep.checked) localStorage.setItem(KEPT, JSON.stringify([corridor.value, paper.value, contract.value, stays]));
    };

    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (event.submitter === more) add();
      else count();
    });
    corridor.addEventListener('change', rules);
    form.querySelector('[data-forget]').addEventListener('click', () => {
      localStorage.removeItem(KEPT);
      fill([]);
      keep.checked = corridor.value = paper.value = contract.value = '';
      answer.hidden = true;
    });
    for (const element of all('[data-scripted]')) element.hidden = false;
    if (localStorage.getItem(KEPT)) {
      keep.checked = true;
      const kept = JSON.parse(localStorage.getItem(KEPT));
      [corridor.value, paper.value, contract.value] = kept;
      fill(kept[3]);
      count();
    }
    rules();
  }
}

/* The calculators on the phone, without a network; tools/*.js has their sums, and a test holds both to Python's.
   Numbers are whole hundredths (BigInt); half a hundredth is rounded away from zero. */
'use strict';

const big = BigInt, over = (sum, by) => (sum < 0n ? -over(-sum, by) : (2n * sum + by) / (2n * by));
const up = (sum, by) => (sum + by - 1n) / by, most = (one, other) => (one > other ? one : other);
const fail = (field, reason) => { throw [field, reason]; };

/* As portal/money/parse.py reads a sum: hundredths, or null for what is none. */
function read(typed) {
  const plain = typed.normalize('NFKC').replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15).replace(/\p{Cf}/gu, '').trim()
    .replace(/[ʻʼ‘’`´′٬]|(?<=\d)\s+(?=\d)/g, "'").replace(/[−–—]/g, '-').replace(/[٫،、]/g, ',').replace(/。/g, '.');
  const [, minus, number] = /^(-?)\s*(\d(?:.*\d)?)\s*[.,]*$/.exec(plain) || [];
  if (!number) return null;
  const marks = number.match(/[.,]/g) || [], kinds = new Set(marks).size;
  const isDecimal = kinds === 2 || (marks.length === 1 && !/^[1-9]\d{0,2}[.,]\d{3}$/.test(number));
  const at = isDecimal ? number.lastIndexOf(marks.pop()) : number.length, cents = number.slice(at + 1);
  let whole = number.slice(0, at);
  if (!whole.includes("'") && new Set(whole.match(/[.,]/g)).size === 1) whole = whole.replace(/[.,]/g, "'");
  if (!/^(\d+|\d{1,3}('\d{3})+)$/.test(whole) || !/^\d{0,2}$/.test(cents)) return null;
  return big(minus + whole.replace(/'/g, '') + cents.padEnd(2, 0));
}

{
  const form = document.querySelector('[data-tool]');
  if (form) {
    const { known, tables, words, units, say } = JSON.parse(document.getElementById('tool-data').textContent);
    const result = document.querySelector('[data-result]'), share = result.querySelector('[data-share]'), isEnglish = language === 'en';
    const inputs = [...form.elements].filter(({ name }) => name), all = (name) => result.querySelector(`[data-${name}]`);

    const write = (hundredths, isShort) => {
      const digits = String(hundredths < 0n ? -hundredths : hundredths).padStart(3, 0), cents = digits.slice(-2);
      const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, isEnglish ? ',' : '\u00a0'), tail = isShort ? cents.replace(/0+$/, '') : cents;
      return (hundredths < 0n ? '-' : '') + whole + (Number(tail) ? (isEnglish ? '.' : ',') + tail : '');
    };
    const day = (iso) => iso.split('-').reverse().join('.');
    const show = (value, unit) => {
      if (value === null) return '–';
      if (unit === 'day') return day(value);
      if (unit === 'percent') return write(value, true) + (isEnglish ? '%' : '\u00a0%');
      const told = form.elements[unit]?.value || unit;
      return unit === 'plain' ? write(value, true) : `${write(value)} ${words[units[told] || told]}`;
    };
    const complain = (input, reason) => {
      const place = input.closest('.field').querySelector('[data-problem]');
      place.hidden = !reason;
      place.querySelector('[role]').textContent = (say[reason] || '').replace('%(most)s', input.dataset.most && write(big(input.dataset.most) * 100n));
      input[reason ? 'setAttribute' : 'removeAttribute']('aria-invalid', true);
    };
    const problem = ({ value, required, type, dataset: { most, kind } }, number) => {
      if (!kind) return value && (type !== 'date' || (value > '2000' && value < '2101')) ? '' : type === 'date' ? 'day' : 'choice';
      if (number === null) return 'digits';
      if (number < 0n || (required && !number)) return required ? 'positive' : 'negative';
      return number > big(most) * 100n ? 'most' : kind === 'whole' && number % 100n ? 'whole' : '';
    };
    const count = () => {
      const values = {}, link = new URLSearchParams();
      result.hidden = true;
      for (const input of inputs) {
        const number = input.dataset.kind && (input.value.trim() ? read(input.value) : 0n);
        const reason = problem(input, number);
        complain(input, reason);
        values[input.name] = number ?? input.value;
        if (number !== 0n) link.append(input.name, reason ? input.value.trim() : input.value.replace(/\s/g, ''));
        if (number && !reason && input.dataset.kind === 'sum') input.value = write(number); // its zeros can be counted
      }
      let found = null;
      try {
        if (!form.querySelector('[aria-invalid]')) found = sum(values, (code) => known[code] && big(known[code]), tables);
      } catch (fault) {
        if (!Array.isArray(fault)) throw fault;
        complain(form.elements[fault[0]], fault[1]);
      }
      history.replaceState(null, '', '?' + link);
      if (!found) return form.querySelector('[aria-invalid]').focus();
      for (const out of result.querySelectorAll('[data-out]')) out.textContent = show(found[out.dataset.out], out.dataset.unit);
      if (found.pay_by) {
        all('pay-by').replaceChildren(...found.pay_by.map((iso) => Object.assign(document.createElement('li'), { textContent: day(iso) })));
        all('days').search = link;
      }
      if (found.path) {
        const end = found.path[12], line = found.path.map((each, step) => `${step * 10} ${100n - 96n * each / end}`);
        all('path').lastElementChild.setAttribute('d', 'M' + line.join('L'));
        all('path').removeAttribute('hidden');
      }
      share.search = link;
      result.hidden = false;
      result.scrollIntoView({ block: 'nearest' });
    };
    form.noValidate = true;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      count();
    });
    share.addEventListener('click', async (event) => {
      event.preventDefault();
      if (navigator.share) return navigator.share({ url: share.href }).catch(() => {});
      await navigator.clipboard?.writeText(share.href);
      tell('shared', share.href);
    });
    const told = new URLSearchParams(location.search);
    if (!('asked' in form.dataset) && inputs.some(({ name }) => told.has(name))) {
      for (const input of inputs) if (told.has(input.name)) input.value = told.get(input.name);
      count();
    }
  }
}

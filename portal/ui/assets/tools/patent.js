/* As remittances/tools/patent.py counts; numbers are whole hundredths. */
'use strict';

const text = (time) => new Date(time).toISOString().slice(0, 10);
function after(day, months) {
  const [year, month, number] = day.split('-').map(Number);
  return Date.UTC(year, month - 1 + months, Math.min(number, new Date(Date.UTC(year, month + months, 0)).getUTCDate()));
}
function sum({ region, price, first, until }, known, { prices }) {
  const term = Number((known('RU-PATENT-TERM') || fail('until', 'unknown')) / 100n);
  if (until < first) fail('until', 'before');
  const paid = price || known(prices[region]) || fail('price', 'price');
  let months = 1;
  while (months < term && text(after(first, months)) <= until) months++;
  const begins = [...Array(months).keys()].map((month) => after(first, month)), ends = after(first, months) - DAY;
  return {
    months: big(months) * 100n, price: paid, total: paid * big(months), ends: text(ends), pay_by: begins.map((time) => text(time - DAY)),
    next_year: big(begins.filter((time) => text(time).slice(0, 4) > first.slice(0, 4)).length) * 100n,
    uncovered: big(Math.max(0, (Date.parse(until) - ends) / DAY)) * 100n,
  };
}

/* As remittances/tools/wage.py counts; numbers are whole hundredths. */
'use strict';

function sum(v, known, tables) {
  const country = v.place.slice(0, 2), number = (code) => code && (known(code) || fail('place', 'unknown'));
  const [week, hours, share, later] = ['full_week', 'first_hours', 'first_share', 'later_share'].map((name) => number(tables[name][country]));
  const taxes = tables.taxes[country][v.status].map(number), month = week * 52n, law = known(tables.lowest[v.place]);
  if (v.overtime && !v.days) fail('days', 'days');
  const usual = over(v.hours * v.rate, 100n), counted = v.hours * 12n < month ? v.hours * 12n : month;
  const lowest = law ? over(law * counted, month) : null;
  const limit = hours ? hours * v.days / 100n : v.overtime, first = v.overtime < limit ? v.overtime : limit;
  const extra = over(v.rate * (first * share + (v.overtime - first) * later), 1000000n);
  const gross = most(usual, lowest || 0n) + extra, tax = over(gross * taxes.reduce((one, other) => one + other), 10000n);
  const due = gross - tax, missing = due - v.came;
  return { usual, lowest, extra, gross, tax, due, missing, unexplained: missing - v.taken };
}

/* As remittances/tools/leaving.py counts; numbers are whole hundredths. */
'use strict';

function sum(v) {
  const state = v.papers + v.permit, way = v.travel + v.lodging, others = v.agency + v.informal + v.interest;
  const cost = state + way + others, left = v.wage - v.living;
  return {
    state, way, others, cost, months: over(cost * 10n, v.wage) * 10n, weeks: up(cost * 52n, v.wage * 12n) * 100n,
    lived_months: left > 0n ? up(cost * 10n, left) * 10n : null,
  };
}

/* As remittances/tools/goal.py counts; numbers are whole hundredths. */
'use strict';

function sum(v) {
  const way = [v.saved];
  for (let now = v.saved; now < v.target; way.push(now)) {
    if (way.length > 600) fail('monthly', 'never');
    now += over(now * v.interest, 120000n) + v.monthly;
  }
  const months = big(way.length - 1), total = way[months], paid = v.saved + v.monthly * months;
  return { months: months * 100n, paid, earned: total - paid, total, path: [...Array(13).keys()].map((step) => way[months * big(step) / 12n]) };
}

/* As remittances/tools/budget.py counts; numbers are whole hundredths. */
'use strict';

function sum(v, known) {
  const thousand = v.thousand || known(v.work + '-' + v.home) || fail('thousand', 'rate');
  const spent = v.room + v.food + v.transport + v.papers + v.other, left = v.income - spent;
  const needed = most(v.home_food + v.home_school + v.home_debt + v.home_other - v.home_income, 0n);
  const send = up(needed * 100000n, thousand), saved = left - send;
  return { spent, left, needed, send, saved, saved_a_year: saved * 12n, thousand };
}

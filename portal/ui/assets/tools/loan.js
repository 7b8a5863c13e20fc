/* As remittances/tools/loan.py counts; numbers are whole hundredths. */
'use strict';

const MILLION = 10n ** 6n;
function isLeft(received, payment, months, rate) {
  let owed = received * MILLION;
  for (let month = 0n; month < months; month++) {
    const before = owed;
    owed = over(owed * (MILLION + rate), MILLION) - payment * MILLION;
    if (owed <= 0n) return false;
    if (owed >= before) return true;
  }
  return true;
}
function yearly(received, payment, months) {
  let low = 0n, high = MILLION;
  if (!isLeft(received, payment, months, high)) return null;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (isLeft(received, payment, months, middle)) high = middle;
    else low = middle;
  }
  return over(((MILLION + low) ** 12n - MILLION ** 12n) * 1000n, MILLION ** 12n) * 10n;
}
function sum({ borrowed, fee, payment, months }) {
  const count = months / 100n, back = payment * count + fee, cost = back - borrowed;
  if (fee >= borrowed) fail('fee', 'fee');
  if (cost < 0n) fail('payment', 'too-little');
  return { borrowed, back, cost, of_1000: over(cost * 100000n, borrowed), yearly: yearly(borrowed - fee, payment, count) };
}

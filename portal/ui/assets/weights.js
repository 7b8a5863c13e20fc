/* Says below each side of the weights by how much it is off 100 while somebody types. Without this file the answer says it. */
'use strict';

for (const side of document.querySelectorAll('[data-sum]')) {
  const output = side.querySelector('output');
  const say = () => {
    const sum = [...side.querySelectorAll('input')].reduce((total, input) => total + (Number(input.value) || 0), 0);
    const words = sum === 100 ? output.dataset.full : sum > 100 ? output.dataset.more : output.dataset.less;
    output.textContent = words.replace('{sum}', sum).replace('{by}', Math.abs(sum - 100));
    output.classList.toggle('off', sum !== 100);
  };
  side.addEventListener('input', say);
  say();
}

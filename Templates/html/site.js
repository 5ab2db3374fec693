(() => {
'use strict';
// The box that narrows a page's lists: every word must occur in an entry.
const main = document.querySelector('main[data-filter]');
if (!main) return;
const box = document.createElement('div'), input = document.createElement('input'), said = document.createElement('p');
box.className = 'filter';
input.type = 'search';
input.placeholder = input.ariaLabel = main.dataset.filter;
input.autocomplete = 'off';
said.setAttribute('aria-live', 'polite');
box.append(input, said);
main.querySelector('header').after(box);
const entries = [...main.querySelectorAll('section li, section tbody tr')].map(e => [e, e.textContent.toLowerCase()]);
const sections = [...main.querySelectorAll('section')];
const narrow = () => {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const [e, text] of entries) {
    e.hidden = !words.every(w => text.includes(w));
    if (!e.hidden) count++;
  }
  for (const s of sections) s.hidden = words.length > 0 && !s.querySelector('li:not([hidden]), tbody tr:not([hidden])');
  said.textContent = words.length ? count + ' of ' + entries.length : '';
  try { history.replaceState(null, '', words.length ? '#q=' + encodeURIComponent(input.value) : location.pathname); } catch {}
};
input.addEventListener('input', narrow);
input.addEventListener('keydown', e => {
  const first = entries.find(([e]) => !e.hidden);
  if (e.key === 'Enter' && first) first[0].querySelector('a')?.click();
});
addEventListener('keydown', e => {
  if (e.key === '/' && document.activeElement !== input && !e.ctrlKey && !e.metaKey) { e.preventDefault(); input.focus(); }
});
if (location.hash.startsWith('#q=')) { input.value = decodeURIComponent(location.hash.slice(3)); narrow(); }
})();

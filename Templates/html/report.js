(() => {
'use strict';
const root = document.documentElement, all = (s, e = document) => [...e.querySelectorAll(s)];
root.classList.add('js');

// Theme: automatic, light, dark; kept where the browser lets a file keep something.
const themes = ['auto', 'light', 'dark'];
let theme = 'auto';
try { theme = localStorage.getItem('ropescope-theme') || 'auto'; } catch {}
const button = document.createElement('button');
button.type = 'button';
button.className = 'theme';
const showTheme = () => {
  if (!themes.includes(theme)) theme = 'auto';
  if (theme === 'auto') root.removeAttribute('data-theme'); else root.dataset.theme = theme;
  button.textContent = { auto: ⟦Auto⟧, light: ⟦Light⟧, dark: ⟦Dark⟧ }[theme];
  button.setAttribute('aria-label', ⟦Colours: ⟨theme⟩. Change⟧);
};
button.onclick = () => {
  theme = themes[(themes.indexOf(theme) + 1) % 3];
  try { localStorage.setItem('ropescope-theme', theme); } catch {}
  showTheme();
};
showTheme();
document.body.append(button);

// Contents: closed on narrow screens, following the reader on wide ones.
const box = document.querySelector('.contents details');
const narrow = matchMedia('(max-width:63rem)');
const fold = () => { if (box) box.open = !narrow.matches; };
fold();
narrow.addEventListener('change', fold);
const links = new Map(all('.contents a').map(a => [a.hash.slice(1), a]));
const heads = all('main section[id]').filter(s => links.has(s.id));
const spy = () => {
  let now = null;
  for (const s of heads) if (s.getBoundingClientRect().top < innerHeight * 0.3) now = s.id;
  links.forEach((a, id) => id === now ? a.setAttribute('aria-current', 'true') : a.removeAttribute('aria-current'));
};
let waiting = false;
addEventListener('scroll', () => {
  if (!waiting) requestAnimationFrame(() => { waiting = false; spy(); });
  waiting = true;
}, { passive: true });
spy();
if (box) box.addEventListener('click', e => { if (e.target.closest('a') && narrow.matches) box.open = false; });

// Paper shows what a screen folds away, except long lists of numbers.
let closed = [];
addEventListener('beforeprint', () => {
  closed = all('main details:not(.numbers):not([open])');
  closed.forEach(d => d.open = true);
});
addEventListener('afterprint', () => closed.forEach(d => d.open = false));

// Tables: sort by a column; missing values stay last; a third press restores the order.
for (const table of all('table.sortable')) {
  const hint = document.createElement('span');
  hint.className = 'sort-hint';
  hint.textContent = ⟦ Press a heading to sort.⟧;
  if (table.caption) table.caption.append(hint);
  const body = table.tBodies[0], original = [...body.rows];
  [...table.tHead.rows[0].cells].forEach((th, column) => {
    const b = document.createElement('button');
    b.type = 'button';
    b.append(th.querySelector('.h'));
    th.prepend(b);
    b.onclick = () => {
      const before = th.getAttribute('aria-sort');
      const numeric = original.some(r => r.cells[column].dataset.v !== undefined);
      const first = numeric && /⟦higher⟧/.test(th.textContent) ? 'descending' : 'ascending';
      const next = !before ? first : before === first ? (first === 'ascending' ? 'descending' : 'ascending') : null;
      for (const c of th.parentNode.cells) c.removeAttribute('aria-sort');
      let rows = original;
      if (next) {
        th.setAttribute('aria-sort', next);
        const sign = next === 'ascending' ? 1 : -1;
        const key = r => numeric ? (r.cells[column].dataset.v === undefined ? null : +r.cells[column].dataset.v)
          : r.cells[column].textContent.trim();
        rows = original.map((r, i) => [key(r), i, r]).sort((a, c) =>
          a[0] === null || c[0] === null ? (a[0] === null) - (c[0] === null) || a[1] - c[1]
            : sign * (numeric ? a[0] - c[0] : a[0].localeCompare(c[0])) || a[1] - c[1]).map(x => x[2]);
      }
      body.append(...rows);
    };
  });
}

// A box that keeps, of a long table or list, what holds all the words typed into it.
const filter = (place, items, what) => {
  if (items.length < 8) return;
  const box = document.createElement('input'), count = document.createElement('span');
  box.type = 'search';
  box.placeholder = ⟦Filter ⟨what⟩⟧;
  box.setAttribute('aria-label', box.placeholder);
  count.setAttribute('aria-live', 'polite');
  const text = items.map(i => i.textContent.toLowerCase());
  box.oninput = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    items.forEach((item, i) => { item.hidden = !words.every(w => text[i].includes(w)); shown += !item.hidden; });
    count.textContent = words.length ? ⟦⟨shown⟩ of ⟨items.length⟩⟧ : '';
  };
  const line = document.createElement('p');
  line.className = 'sieve';
  line.append(box, ' ', count);
  place.before(line);
};
for (const block of all('.table-block')) filter(block, all('tbody tr', block), ⟦rows⟧);
for (const section of all('main section')) {
  const folded = all(':scope>details', section);
  if (folded.length) filter(folded[0], folded, section.querySelector('.anchor').lastChild.textContent.trim().toLowerCase());
}

// Names of rows stay in sight where a table is wider than its place.
const measure = () => {
  all('.table-block .scroll').forEach(s => s.classList.toggle('overflows', s.scrollWidth > s.clientWidth + 1));
  // What scrolls sideways can be scrolled by keys.
  all('.equation').forEach(s => s.scrollWidth > s.clientWidth + 1 ? s.tabIndex = 0 : s.removeAttribute('tabindex'));
};
measure();
addEventListener('resize', measure);

// Series: one press shows or hides a method in every figure.
const off = new Set();
const apply = () => {
  for (const g of all('.plot [data-series]')) g.classList.toggle('off', off.has(g.dataset.series));
  for (const b of all('.toggles button')) b.setAttribute('aria-pressed', String(!off.has(b.dataset.key)));
};
for (const li of all('.toggles li')) {
  const b = document.createElement('button');
  b.type = 'button';
  b.dataset.key = li.dataset.key;
  b.append(...li.childNodes);
  b.onclick = () => { off.has(b.dataset.key) ? off.delete(b.dataset.key) : off.add(b.dataset.key); apply(); };
  li.append(b);
}
apply();

// Crosshair: reads the values of all series at the nearest tabulated x, by pointer or by arrow keys.
const svgNS = 'http://www.w3.org/2000/svg';
for (const plot of all('.plot')) {
  const svg = plot.querySelector('svg'), figure = plot.closest('figure');
  if (!svg || !figure) continue;
  // The browser's own tooltip of the title would cover the chart; its label says the same to screen readers.
  const title = svg.querySelector(':scope>title');
  if (title) title.remove();
  const tables = all('table.data', figure);
  const panels = all('g.panel', svg).map((g, i) => {
    const rows = tables[i] ? [...tables[i].rows].filter(r => r.dataset.x !== undefined) : [];
    if (!rows.length || !g.dataset.xDomain) return null;
    const [x, y, w, h] = g.dataset.frame.split(' ').map(Number), [a, b] = g.dataset.xDomain.split(' ').map(Number);
    const f = /^log/.test(g.dataset.xScale) ? Math.log : v => v;
    const points = rows.map(r => ({ row: r, at: x + w * (f(+r.dataset.x) - f(a)) / (f(b) - f(a)) }))
      .filter(p => p.at >= x - 0.5 && p.at <= x + w + 0.5);
    const heads = [...tables[i].tHead.rows[0].cells];
    return points.length ? { x, y, w, h, points, heads } : null;
  }).filter(Boolean);
  if (!panels.length) continue;
  const line = document.createElementNS(svgNS, 'line'), tip = document.createElement('div');
  line.setAttribute('class', 'cross');
  tip.className = 'tip';
  tip.hidden = true;
  plot.append(tip);
  plot.tabIndex = 0;
  plot.setAttribute('role', 'group');
  plot.setAttribute('aria-label', ⟦Chart. Arrow keys read its values⟧);
  let current = null, place = 0;
  const hide = () => { tip.hidden = true; line.remove(); current = null; };
  const show = (panel, index) => {
    current = panel;
    place = Math.max(0, Math.min(index, panel.points.length - 1));
    const p = panel.points[place];
    line.setAttribute('x1', p.at); line.setAttribute('x2', p.at);
    line.setAttribute('y1', panel.y); line.setAttribute('y2', panel.y + panel.h);
    svg.append(line);
    tip.replaceChildren();
    const head = document.createElement('b');
    head.textContent = panel.heads[0].textContent + ': ' + p.row.cells[0].textContent;
    tip.append(head);
    panel.heads.forEach((th, i) => {
      const value = i && p.row.cells[i].textContent;
      if (!value || off.has(th.dataset.key)) return;
      const row = document.createElement('div'), name = document.createElement('span'), number = document.createElement('span');
      if (document.getElementById('key-' + th.dataset.key)) {
        const s = document.createElementNS(svgNS, 'svg'), u = document.createElementNS(svgNS, 'use');
        s.setAttribute('class', 'key-line');
        u.setAttribute('href', '#key-' + th.dataset.key);
        s.append(u);
        row.append(s);
      }
      name.textContent = th.textContent;
      name.style.flex = '1';
      number.textContent = value;
      row.append(name, number);
      tip.append(row);
    });
    tip.hidden = false;
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width, left = p.at * scale;
    const room = plot.clientWidth, wide = tip.offsetWidth;
    tip.style.left = Math.max(0, left + 10 + wide <= room ? left + 10 : left - 10 - wide) + 'px';
    tip.style.top = (panel.y + 4) * scale + 'px';
  };
  plot.addEventListener('pointermove', e => {
    const r = svg.getBoundingClientRect(), s = svg.viewBox.baseVal.width / r.width;
    const x = (e.clientX - r.left) * s, y = (e.clientY - r.top) * s;
    const panel = panels.find(p => x >= p.x - 3 && x <= p.x + p.w + 3 && y >= p.y && y <= p.y + p.h);
    if (!panel) return hide();
    let best = 0;
    panel.points.forEach((p, i) => { if (Math.abs(p.at - x) < Math.abs(panel.points[best].at - x)) best = i; });
    show(panel, best);
  });
  plot.addEventListener('pointerleave', hide);
  plot.addEventListener('blur', hide);
  plot.addEventListener('keydown', e => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key], jump = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (e.key === 'Escape') return hide();
    if (step) show(current || panels[0], current ? place + step : 0);
    else if (jump && panels.length > 1) {
      const i = panels.indexOf(current) + jump;
      show(panels[Math.max(0, Math.min(i, panels.length - 1))], place);
    } else if (e.key === 'Home' || e.key === 'End') show(current || panels[0], e.key === 'Home' ? 0 : 1e9);
    else return;
    e.preventDefault();
    say.textContent = tip.innerText.replace(/\n/g, ', ');
  });
}
const say = document.createElement('div');
say.className = 'quiet';
say.setAttribute('aria-live', 'polite');
document.body.append(say);
})();

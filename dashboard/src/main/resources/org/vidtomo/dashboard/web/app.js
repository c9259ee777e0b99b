// Which view is shown: the address says it all, so that every view can be shared.

import { h, show } from './dom.js';
import { connect } from './live.js';

const ROUTES = [
  [/^\/$/, () => import('./views/overview.js')],
  [/^\/campaigns$/, () => import('./views/campaigns.js')],
  [/^\/campaigns\/([0-9a-f-]+)$/, () => import('./views/campaign.js')],
  [/^\/measurements$/, () => import('./views/measurements.js')],
  [/^\/measurements\/([0-9a-f-]+)$/, () => import('./views/measurement.js')],
  [/^\/agents$/, () => import('./views/agents.js')],
];

const main = document.getElementById('main');
let leave = () => {};
let visit = 0;

async function draw(focus) {
  leave();
  leave = () => {};
  const own = ++visit;
  const path = location.pathname;
  for (const anchor of document.querySelectorAll('nav a')) {
    const target = anchor.getAttribute('href');
    const current = target === '/' ? path === '/' : path.startsWith(target);
    if (current) anchor.setAttribute('aria-current', 'page');
    else anchor.removeAttribute('aria-current');
  }
  const found = ROUTES.map(([pattern, load]) => [pattern.exec(path), load]).find(([match]) => match);
  if (!found) {
    show(main, h('h1', {}, 'No such view'), h('p', {}, 'The address is wrong or old; begin with the overview.'));
    return;
  }
  try {
    const view = await found[1]();
    if (own !== visit) return;
    const left = await view.render(main, found[0].slice(1));
    if (own === visit) leave = left ?? leave;
    else left?.();
  } catch (error) {
    if (own === visit) show(main, h('h1', {}, 'That did not work'), h('p', { class: 'notice', role: 'alert' }, error.message));
  }
  if (focus && own === visit) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

document.addEventListener('click', (event) => {
  const anchor = event.target.closest?.('a[data-link]');
  if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  history.pushState(null, '', anchor.getAttribute('href'));
  draw(true);
});
addEventListener('popstate', () => draw(false));

const theme = document.getElementById('theme');
const systemDark = matchMedia('(prefers-color-scheme: dark)');

function applyTheme(chosen) {
  const dark = chosen ? chosen === 'dark' : systemDark.matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  theme.setAttribute('aria-pressed', String(dark));
}

theme.addEventListener('click', () => {
  const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', next);
  applyTheme(next);
});
systemDark.addEventListener('change', () => applyTheme(localStorage.getItem('theme')));
applyTheme(localStorage.getItem('theme'));

const live = document.getElementById('live');
connect((state, text) => {
  live.dataset.state = state;
  live.textContent = text;
});
draw(false);

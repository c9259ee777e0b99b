// Which view is shown, and what stands around it: areas, tabs, filters.

import { shared } from './filters.js';
import { html, nothing, render } from './lit.js';
import { connect } from './live.js';
import { here, href, onPlace } from './place.js';
import { LIVE, PAGE, TABS } from './texts.js';
import './parts/filter-bar.js';
import './parts/token-panel.js';
import './theme-button.js';


/** The views: address, area, tab, and what the filter bar offers for them; none: no bar. */
const ROUTES = [
  { path: /^\/$/, area: 'compare', tab: 'overview', needs: { metrics: true, dimensions: true }, load: () => import('./views/overview.js') },
  { path: /^\/distribution$/, area: 'compare', tab: 'distribution', needs: { metrics: true, dimensions: true }, load: () => import('./views/distribution.js') },
  { path: /^\/series$/, area: 'compare', tab: 'series', needs: { metrics: true, dimensions: true }, load: () => import('./views/series.js') },
  { path: /^\/hours$/, area: 'compare', tab: 'hours', needs: { metrics: true, own: ['provider'] }, load: () => import('./views/hours.js') },
  { path: /^\/pair$/, area: 'compare', tab: 'pair', needs: { metrics: true, own: ['provider'] }, load: () => import('./views/pair.js') },
  { path: /^\/videos$/, area: 'compare', tab: 'videos', needs: { metrics: true, own: ['video'] }, load: () => import('./views/videos.js') },
  { path: /^\/caches$/, area: 'compare', tab: 'caches', needs: {}, load: () => import('./views/caches.js') },
  { path: /^\/resolvers$/, area: 'compare', tab: 'resolvers', needs: {}, load: () => import('./views/resolvers.js') },
  { path: /^\/failures$/, area: 'compare', tab: 'failures', needs: {}, load: () => import('./views/failures.js') },
  { path: /^\/measurements$/, area: 'measurements', needs: {}, load: () => import('./views/measurements.js') },
  { path: /^\/measurements\/([0-9a-f-]+)$/, area: 'measurements', load: () => import('./views/measurement.js') },
  { path: /^\/campaigns$/, area: 'campaigns', load: () => import('./views/campaigns.js') },
  { path: /^\/campaigns\/new$/, area: 'campaigns', load: () => import('./views/new-campaign.js') },
  { path: /^\/campaigns\/([0-9a-f-]+)$/, area: 'campaigns', load: () => import('./views/campaign.js') },
  { path: /^\/agents$/, area: 'agents', load: () => import('./views/agents.js') },
];

const main = document.getElementById('main');
let visit = 0;
let carried = {};
let began = false;

const tabs = (tab, query) => html`<nav class="tabs" aria-label=${PAGE.ways}>
  ${Object.entries(TABS).filter(([key]) => ROUTES.some((route) => route.tab === key)).map(([key, [path, name]]) => html`<a href=${href(path, query)} data-link
    aria-current=${key === tab ? 'page' : nothing}>${name}</a>`)}</nav>`;

function frame(place, route, content) {
  return html`
    ${route.tab ? tabs(route.tab, carried) : nothing}
    ${route.needs ? html`<filter-bar .place=${place} .needs=${route.needs}></filter-bar>` : nothing}
    ${content}`;
}

function areas(area) {
  for (const anchor of document.querySelectorAll('#areas a')) {
    const own = anchor.dataset.area;
    if (own === area) anchor.setAttribute('aria-current', 'page');
    else anchor.removeAttribute('aria-current');
    if (own === 'compare') anchor.setAttribute('href', href('/', carried));
    if (own === 'measurements') anchor.setAttribute('href', href('/measurements', carried));
  }
}

function put(content) {
  if (!began) main.replaceChildren();
  began = true;
  render(content, main);
}

async function draw(another) {
  const own = ++visit;
  const place = here();
  const route = ROUTES.find(({ path }) => path.test(place.path));
  if (route?.needs) carried = shared(place.query);
  areas(route?.area);
  if (!route) {
    document.title = `${PAGE.noView} · Vidtomo`;
    put(html`<h1>${PAGE.noView}</h1><p>${PAGE.noViewWhy} <a href="/" data-link>${PAGE.comparison}</a>.</p>`);
    return;
  }
  let content;
  try {
    const view = await route.load();
    if (own !== visit) return;
    document.title = `${view.title(place)} · Vidtomo`;
    content = view.view(place, route.path.exec(place.path).slice(1));
  } catch (error) {
    if (own !== visit) return;
    content = html`<h1>${PAGE.failed}</h1><p class="notice" role="alert">${error.message}</p>`;
  }
  put(frame(place, route, content));
  if (another) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

const live = document.getElementById('live');
connect((state) => {
  live.dataset.state = state;
  live.textContent = LIVE[state];
});
onPlace(draw);
draw(false);

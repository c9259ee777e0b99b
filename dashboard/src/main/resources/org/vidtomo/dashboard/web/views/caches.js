// Which caches serve which ISP, and how far they are.

import { Answer } from '../api.js';
import { asked, byLine, lineName, shared } from '../filters.js';
import { count, fill, percent, plural, seconds } from '../format.js';
import { Element, html, nothing, vars } from '../lit.js';
import { foreign, groupName, leftOut } from '../parts/foreign.js';
import { numbers } from '../parts/table.js';
import { shown } from '../parts/view.js';
import { choose, href } from '../place.js';
import { CACHES, NOUNS, PAGE, TABS } from '../texts.js';

const COLUMNS = 12;

export const title = () => TABS.caches[1];
export const view = (place) => html`<view-caches .place=${place}></view-caches>`;

class Caches extends Element {
  static properties = { place: { attribute: false } };

  constructor() {
    super();
    this.answer = new Answer(this);
  }

  get parameters() {
    const { query } = this.place;
    return { ...asked(query), by: byLine(query), of: CACHES.of[query.of] ? query.of : 'asn' };
  }

  willUpdate() {
    this.answer.ask('serving', this.parameters);
  }

  render() {
    const { of } = this.parameters;
    return html`<h1>${CACHES.title}</h1>
      <p class="lead">${CACHES.lead}</p>
      <div class="choices" role="group" aria-label=${CACHES.by}>${Object.entries(CACHES.of).map(([key, [name]]) => html`<button type="button"
        aria-pressed=${String(key === of)} @click=${() => choose({ of: key === 'asn' ? '' : key })}>${name}</button>`)}</div>
      ${shown(this.answer, (answer) => this.#draw(answer), { empty: ({ groups }) => groups.length === 0 })}`;
  }

  #draw({ groups, by, of, leftOut: left }) {
    const all = cachesOf(groups);
    const columns = all.slice(0, COLUMNS);
    const cell = (group, name) => group.caches.find((each) => each.cache === name);
    return html`<section class="card"><h2 class="headline">${headline(groups, by)}</h2>
      <div class="scroll" tabindex="0" role="region" aria-label=${CACHES.table}>
      <table class="matrix"><caption>${fill(CACHES.caption, CACHES.of[of][1])}</caption>
        <thead><tr><th scope="col">${lineName(by)}</th>${columns.map(({ name, asName }) => html`<th scope="col">${of === 'host'
    ? html`<a href=${href('/', { ...shared(this.place.query), metric: 'rtt', cache: name })} data-link>${foreign(name, 50)}</a>` : foreign(name, 50)}${asName ? html`<small>${foreign(asName, 30)}</small>` : nothing}</th>`)}</tr></thead>
        <tbody>${groups.map((group) => html`<tr><th scope="row">${foreign(groupName(group.key, by), 60)}<small>${plural(group.measurements, NOUNS.measurement)}, ${plural(group.agents, NOUNS.agent)}</small></th>
          ${columns.map(({ name }) => served(cell(group, name)))}</tr>`)}</tbody></table></div>
      ${all.length > COLUMNS ? html`<p class="caveat">${fill(CACHES.more, count(all.length - COLUMNS))}</p>` : nothing}
      ${leftOut(left)}
      ${numbers({ title: CACHES.numbers, path: 'serving', parameters: this.parameters })}</section>`;
  }
}

/** Those that serve most first. */
function cachesOf(groups) {
  const sums = new Map();
  groups.flatMap((g) => g.caches).forEach((each) => {
    const known = sums.get(each.cache) ?? { name: each.cache, asName: each.asName, share: 0 };
    sums.set(each.cache, { ...known, share: known.share + each.share });
  });
  return [...sums.values()].sort((a, b) => b.share - a.share);
}

const served = (cache) => (cache === undefined ? html`<td><span class="soft">–</span></td>`
  : html`<td><span class="meter" aria-hidden="true"><i ${vars({ to: `${cache.share * 100}%` })}></i></span>${percent(cache.share)}
    <small>${cache.rtt?.p50 === undefined ? CACHES.noDelay : fill(PAGE.away, seconds(cache.rtt.p50))}</small></td>`);

function headline(groups, by) {
  const known = groups.map((group) => ({ group, first: group.caches.find((each) => each.cache !== 'not known') })).filter(({ first }) => first?.rtt?.p50 !== undefined)
    .sort((a, b) => a.first.rtt.p50 - b.first.rtt.p50);
  if (known.length === 0) return CACHES.whom;
  const said = ({ group, first }) => html`${fill(CACHES.mostly, foreign(groupName(group.key, by), 60), foreign(first.cache, 50), seconds(first.rtt.p50))}`;
  return known.length === 1 ? html`${said(known[0])}.` : html`${said(known[0])}; ${said(known.at(-1))}.`;
}

customElements.define('view-caches', Caches);

// Who answers for names: how fast, and how far the address that is given is.

import { Answer } from '../api.js';
import { asked, byLine, lineName } from '../filters.js';
import { count, fill, percent, plural, seconds } from '../format.js';
import { Element, html, nothing } from '../lit.js';
import { foreign, groupName, leftOut } from '../parts/foreign.js';
import { numbers, table } from '../parts/table.js';
import { shown } from '../parts/view.js';
import { NAMES, NOUNS, PAGE, RESOLVERS, TABS } from '../texts.js';

const SYSTEM = 'system';

/** A server so many times as far is said to be farther. */
const FARTHER = 1.1;
const MANY_FAIL = 0.03;

export const title = () => TABS.resolvers[1];
export const view = (place) => html`<view-resolvers .place=${place}></view-resolvers>`;

class Resolvers extends Element {
  static properties = { place: { attribute: false } };

  constructor() {
    super();
    this.answer = new Answer(this);
  }

  get parameters() {
    return { ...asked(this.place.query), by: byLine(this.place.query) };
  }

  willUpdate() {
    this.answer.ask('resolvers', this.parameters);
  }

  render() {
    return html`<h1>${NAMES.title}</h1>
      <p class="lead">${NAMES.lead}</p>
      ${shown(this.answer, (answer) => this.#draw(answer), { empty: ({ resolvers }) => resolvers.length === 0 })}`;
  }

  #draw({ resolvers, leftOut: left }) {
    const { by } = this.parameters;
    const names = [...new Set(resolvers.map((r) => r.resolver))].sort((a, b) => Number(b === SYSTEM) - Number(a === SYSTEM) || a.localeCompare(b));
    const groups = [...new Set(resolvers.map((r) => r.key ?? ''))];
    const of = (key, name) => resolvers.find((r) => (r.key ?? '') === key && r.resolver === name);
    return html`<section class="card"><h2 class="headline">${headline(resolvers, names)}</h2>
      <div class="scroll" tabindex="0" role="region" aria-label=${NAMES.table}>
      <table class="matrix"><caption>${NAMES.caption}</caption>
        <thead><tr><th scope="col">${lineName(by)}</th>${names.map((name) => html`<th scope="col">${nameOf(name)}</th>`)}</tr></thead>
        <tbody>${groups.map((key) => html`<tr><th scope="row">${key ? foreign(groupName(key, by), 60) : NAMES.all}<small>${plural(of(key, SYSTEM)?.agents ?? 0, NOUNS.agent)}</small></th>
          ${names.map((name) => cell(of(key, name), of(key, SYSTEM)))}</tr>`)}</tbody></table></div>
      ${leftOut(left)}
      ${numbers({ title: NAMES.numbers, path: 'resolvers', parameters: this.parameters, content: all(resolvers, by) })}</section>`;
  }
}

const nameOf = (resolver) => (RESOLVERS[resolver] ? html`${RESOLVERS[resolver]}${resolver === SYSTEM ? nothing : html`<small>${resolver}</small>`}` : foreign(resolver, 60));

function cell(found, own) {
  if (!found) return html`<td><span class="soft">–</span></td>`;
  const times = found !== own && found.rttSeconds !== undefined && own?.rttSeconds ? found.rttSeconds / own.rttSeconds : 1;
  return html`<td><span class="much">${found.rttSeconds === undefined ? '–' : fill(PAGE.away, seconds(found.rttSeconds))}</span>
    ${times >= FARTHER ? html`<small class="why">${fill(NAMES.farther, percent(times - 1))}</small>` : times <= 1 / FARTHER ? html`<small class="yes">${fill(NAMES.nearer, percent(1 - times))}</small>` : nothing}
    <small>${found.resolveSeconds === undefined ? NAMES.silent : fill(NAMES.answers, seconds(found.resolveSeconds))}</small>
    ${found.failedShare >= MANY_FAIL ? html`<small class="why">${fill(NAMES.fail, percent(found.failedShare))}</small>` : nothing}</td>`;
}

function headline(resolvers, names) {
  const by = (name) => {
    const found = resolvers.filter((r) => r.resolver === name && r.rttSeconds !== undefined).map((r) => r.rttSeconds).sort((a, b) => a - b);
    return found[Math.floor(found.length / 2)];
  };
  const own = by(SYSTEM);
  const others = names.filter((name) => name !== SYSTEM).map((name) => [name, by(name)]).filter(([, delay]) => delay !== undefined);
  if (own === undefined || others.length === 0) return NAMES.what;
  const [name, delay] = others.sort((a, b) => b[1] - a[1])[0];
  return delay <= own * FARTHER ? NAMES.asNear
    : html`${fill(NAMES.nearest, seconds(own), RESOLVERS[name] ?? foreign(name, 60), seconds(delay))}`;
}

function all(resolvers, by) {
  const share = (value) => (value === undefined ? '–' : percent(value));
  const time = (value) => (value === undefined ? '–' : seconds(value));
  return table(TABS.resolvers[1], [lineName(by), ...NAMES.columns],
    resolvers.map((r) => [foreign(groupName(r.key ?? NAMES.all, by), 60), nameOf(r.resolver), time(r.resolveSeconds), time(r.rttSeconds), share(r.sameAddress), share(r.sameNetwork), share(r.failedShare), count(r.measurements), count(r.agents)]), { numbers: true });
}

customElements.define('view-resolvers', Resolvers);

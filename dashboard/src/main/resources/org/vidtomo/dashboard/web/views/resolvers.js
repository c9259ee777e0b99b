// Who answers for names: how fast, and how far the address that is given is.

import { Answer } from '../api.js';
import { asked } from '../filters.js';
import { count, percent, plural, seconds } from '../format.js';
import { Element, html, nothing, vars } from '../lit.js';
import { foreign, groupName, leftOut } from '../parts/foreign.js';
import { numbers } from '../parts/table.js';
import { shown } from '../parts/view.js';
import { RESOLVERS } from '../texts.js';

export const title = () => 'Resolvers';
export const view = (place) => html`<view-resolvers .place=${place}></view-resolvers>`;

const nameOf = (resolver) => (RESOLVERS[resolver] ? html`${RESOLVERS[resolver]}${resolver === 'system' ? nothing : html`<small>${resolver}</small>`}` : foreign(resolver, 60));

class Resolvers extends Element {
  static properties = { place: { attribute: false } };

  constructor() {
    super();
    this.answer = new Answer(this);
  }

  get parameters() {
    return { ...asked(this.place.query), by: this.place.query.by === 'asn' ? 'asn' : 'provider' };
  }

  willUpdate() {
    this.answer.ask('resolvers', this.parameters);
  }

  render() {
    return html`<h1>Who answers for names</h1>
      <p class="lead">A resolver turns the video server’s name into an address. A fast answer helps little if it leads to a server far away.</p>
      ${shown(this.answer, (answer) => this.#draw(answer), { empty: ({ resolvers }) => resolvers.length === 0 })}`;
  }

  #draw({ resolvers, leftOut: left }) {
    const groups = [...new Set(resolvers.map((r) => r.key ?? ''))];
    const most = (field) => Math.max(0, ...resolvers.map((r) => r[field] ?? 0)) || 1;
    const scale = { resolveSeconds: most('resolveSeconds'), rttSeconds: most('rttSeconds') };
    return html`<section class="card"><h2 class="headline" aria-live="polite">${headline(resolvers)}</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="Resolvers">
      <table class="meters"><caption>Medians, each agent weighing the same</caption>
        <thead><tr><th scope="col">ISP</th><th scope="col">Resolver</th><th scope="col">answers in</th><th scope="col">delay to its server</th><th scope="col">same network as the ISP’s</th><th scope="col">fails</th><th scope="col">Measurements</th></tr></thead>
        <tbody>${groups.flatMap((key) => {
    const own = resolvers.filter((r) => (r.key ?? '') === key).sort((a, b) => Number(b.resolver === 'system') - Number(a.resolver === 'system') || (a.resolveSeconds ?? 0) - (b.resolveSeconds ?? 0));
    return own.map((r, i) => row(r, i === 0 ? own.length : 0, key, scale, this.parameters.by));
  })}</tbody></table></div>
      ${leftOut(left)}
      ${numbers({ title: 'These resolvers', path: 'resolvers', parameters: this.parameters })}</section>`;
  }
}

function meter(number, most) {
  return number === undefined ? html`<td>–</td>`
    : html`<td><span class="meter" aria-hidden="true"><i ${vars({ to: `${(number / most) * 100}%` })}></i></span>${seconds(number)}</td>`;
}

function row(r, span, key, scale, by) {
  return html`<tr class=${span > 0 ? 'begins' : ''}>
    ${span > 0 ? html`<th scope="rowgroup" rowspan=${span}>${key ? foreign(groupName(key, by), 60) : 'All'}</th>` : nothing}
    <th scope="row">${nameOf(r.resolver)}</th>
    ${meter(r.resolveSeconds, scale.resolveSeconds)}${meter(r.rttSeconds, scale.rttSeconds)}
    <td>${r.resolver === 'system' ? html`<span class="soft">–</span>` : r.sameNetwork === undefined ? '–' : percent(r.sameNetwork)}</td>
    <td>${r.failedShare === undefined ? '–' : percent(r.failedShare)}</td>
    <td>${count(r.measurements)}<small>${plural(r.agents, 'agent')}</small></td></tr>`;
}

function headline(resolvers) {
  const by = (name) => {
    const all = resolvers.filter((r) => r.resolver === name && r.rttSeconds !== undefined).map((r) => r.rttSeconds).sort((a, b) => a - b);
    return all[Math.floor(all.length / 2)];
  };
  const own = by('system');
  const others = [...new Set(resolvers.map((r) => r.resolver))].filter((name) => name !== 'system').map((name) => [name, by(name)]).filter(([, delay]) => delay !== undefined);
  if (own === undefined || others.length === 0) return 'What each resolver answers.';
  const farther = others.filter(([, delay]) => delay > own * 1.1);
  if (farther.length === 0) return 'Other resolvers lead to servers as near as the ISPs’ own.';
  const [name, delay] = farther.sort((a, b) => b[1] - a[1])[0];
  return html`Servers that the ISPs’ own resolvers give are nearer (${seconds(own)}) than those of ${RESOLVERS[name] ?? foreign(name, 60)} (${seconds(delay)}).`;
}

customElements.define('view-resolvers', Resolvers);

// Two ISPs on the same videos in the same hours.

import { Answer } from '../api.js';
import { asked, shared, valuesOf } from '../filters.js';
import { count, plural, quantity, ticks } from '../format.js';
import { Element, html, nothing, repeat, vars } from '../lit.js';
import { foreign, groupName, leftOut, plain } from '../parts/foreign.js';
import { middle } from '../parts/interval-bars.js';
import { metricOf } from '../parts/metric.js';
import { numbers, table } from '../parts/table.js';
import { shown } from '../parts/view.js';
import { choose, href } from '../place.js';
import { CANNOT_SAY, METRICS } from '../texts.js';

const SURE = 0.05;

export const title = ({ query }) => `${METRICS[metricOf(query)].name}: two ISPs`;
export const view = (place) => html`<view-pair .place=${place}></view-pair>`;

class Pair extends Element {
  static properties = { place: { attribute: false } };

  constructor() {
    super();
    this.answer = new Answer(this);
    this.choices = new Answer(this, { live: false });
  }

  /** Those that were chosen, otherwise the two with the most measurements. */
  get two() {
    const { a, b } = this.place.query;
    const names = valuesOf(this.choices.value, 'provider').map((each) => each.value);
    const first = a ?? names.find((name) => name !== b);
    return [first, b ?? names.find((name) => name !== first)];
  }

  get parameters() {
    const { query } = this.place;
    const [a, b] = this.two;
    return { ...asked({ ...query, provider: '' }), metric: metricOf(query), by: 'provider', a, b };
  }

  willUpdate() {
    this.choices.ask('filters', asked({ ...this.place.query, provider: '' }));
    const [a, b] = this.two;
    this.answer.ask(a && b ? 'pair' : null, this.parameters);
  }

  render() {
    const names = valuesOf(this.choices.value, 'provider').map((each) => each.value);
    const [a, b] = this.two;
    return html`<h1>Two ISPs side by side</h1>
      <p class="lead">Only videos that both fetched in the same hour count, so that neither has the easier ones.</p>
      <div class="versus">${this.#select('a', 'First', a, b, names)}<button type="button" class="swap" aria-label="Swap the two" @click=${() => choose({ a: b, b: a })}>⇄</button>${this.#select('b', 'Second', b, a, names)}</div>
      ${a && b ? shown(this.answer, (answer) => this.#draw(answer))
    : html`<div class="card"><p class="soft">${this.choices.value ? 'It takes two ISPs with measurements that fit.' : 'Looking for ISPs…'}</p></div>`}`;
  }

  #select(name, label, chosen, other, names) {
    const all = [...new Set([...(chosen ? [chosen] : []), ...names])].filter((each) => each !== other);
    return html`<label class="inline"><span class=${`dot dot-${name}`}></span>${label}
      <select name=${name} @change=${(event) => choose({ a: this.two[0], b: this.two[1], [name]: event.target.value })}>
      ${repeat(all, (each) => each, (each) => html`<option value=${each} .selected=${each === chosen}>${plain(each)}</option>`)}</select></label>`;
  }

  #draw({ a, b, pair, videos, more, unit, metric, by, leftOut: left }) {
    const [one, two] = this.two;
    if (!a || !b) return html`<section class="card"><p class="soft">${foreign(a ? two : one, 60)} has no measurement that fits.</p></section>`;
    const scale = ticks(Math.max(0, ...videos.flatMap((v) => [v.a, v.b]).filter((number) => number !== undefined)));
    return html`<section class="card"><h2 class="headline">${headline(pair, a, b, metric, unit, by)}</h2>
      <dl class="facts">${[[`${plain(one)}, all of it`, side(a, unit)], [`${plain(two)}, all of it`, side(b, unit)],
    ...(pair?.difference === undefined ? [] : [['typical difference', quantity(pair.difference, unit)]]),
    ...(pair?.interval ? [['that is sure (95 %)', `${quantity(pair.interval[0], unit)} to ${quantity(pair.interval[1], unit)}`]] : []),
    ...(pair?.adjustedP === undefined ? [] : [['chance of it by luck', pair.adjustedP < 0.001 ? '< 0.1 %' : `${(pair.adjustedP * 100).toPrecision(2)} %`]]),
    ['videos × hours in common', count(pair?.videoSlots ?? 0)]].map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>
      ${pair?.why ? html`<p class="caveat why">${foreign(pair.why, 500)}</p>` : nothing}
      ${videos.length === 0 ? html`<p class="soft">They have no video and hour in common.</p>` : html`
        <h3>Video by video</h3>
        <p class="legend"><span><span class="dot dot-a"></span>${foreign(one, 60)}</span><span><span class="dot dot-b"></span>${foreign(two, 60)}</span><span>${METRICS[metric].better}</span></p>
        <ol class="bars dumbbells">${repeat(videos, (v) => v.video, (v) => this.#video(v, scale.at(-1), unit))}</ol>
        <div class="axis" aria-hidden="true">${scale.map((tick) => html`<span ${vars({ at: `${(tick / scale.at(-1)) * 100}%` })}>${quantity(tick, unit)}</span>`)}</div>
        ${more > 0 ? html`<p class="caveat">${plural(more, 'more video')} with fewer hours in common; the CSV has them.</p>` : nothing}`}
      <p class="caveat"><strong>What this cannot say:</strong> ${CANNOT_SAY}</p>
      ${leftOut(left)}
      ${numbers({ title: 'These two', path: 'pair', parameters: this.parameters, content: videoTable(videos, unit, one, two) })}</section>`;
  }

  #video(v, top, unit) {
    const at = (number) => `${Math.min(100, (number / top) * 100)}%`;
    const [low, high] = [Math.min(v.a ?? top, v.b ?? top), Math.max(v.a ?? top, v.b ?? top)];
    return html`<li class="bar plainly"><div class="who"><a href=${href('/videos', { ...shared(this.place.query), video: v.video })} data-link>${foreign(v.title ?? v.video, 60)}</a></div>
      <div class="track" aria-hidden="true"><i class="between" ${vars({ from: at(low), to: at(high) })}></i>
        ${v.b === undefined ? nothing : html`<i class="spot dot-b" ${vars({ at: at(v.b) })}></i>`}${v.a === undefined ? nothing : html`<i class="spot dot-a" ${vars({ at: at(v.a) })}></i>`}</div>
      <div class="value"><small>${v.a === undefined ? 'fails' : quantity(v.a, unit)} · ${v.b === undefined ? 'fails' : quantity(v.b, unit)}</small><small>in ${plural(v.slots, 'hour')}</small></div></li>`;
  }
}

const side = (group, unit) => (middle(group) === undefined ? 'mostly fails' : quantity(middle(group), unit));

function headline(pair, a, b, metric, unit, by) {
  const name = (group) => foreign(groupName(group.key, by), 60);
  const words = METRICS[metric];
  if (pair?.difference === undefined) return html`Not enough in common to tell ${name(a)} from ${name(b)}.`;
  const size = quantity(Math.abs(pair.difference), unit);
  const said = (pair.difference < 0 ? words.less : words.further).replace('{}', size);
  if (pair.adjustedP === undefined) return html`On the same videos ${name(a)} ${said} than ${name(b)}, but there is not enough to be sure.`;
  return pair.adjustedP <= SURE ? html`On the same videos ${name(a)} ${said} than ${name(b)}.`
    : html`No sure difference between ${name(a)} and ${name(b)} on the same videos.`;
}

function videoTable(videos, unit, one, two) {
  const text = (number) => (number === undefined ? 'fails' : quantity(number, unit));
  return table('Medians of each on each video', ['Video', plain(one), plain(two), 'Difference', 'Hours', 'Agents'],
    videos.map((v) => [foreign(v.title ?? v.video, 80), text(v.a), text(v.b), v.difference === undefined ? '–' : quantity(v.difference, unit), count(v.slots), count(v.n.agents)]), { numbers: true });
}

customElements.define('view-pair', Pair);

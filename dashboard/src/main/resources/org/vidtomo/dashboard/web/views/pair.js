// Two ISPs on the same videos in the same hours.

import { Answer } from '../api.js';
import { asked, shared, valuesOf } from '../filters.js';
import { count, fill, plural, quantity, ticks } from '../format.js';
import { Element, html, nothing, repeat, vars } from '../lit.js';
import { foreign, groupName, leftOut, plain } from '../parts/foreign.js';
import { middle } from '../parts/interval-bars.js';
import { metricOf } from '../parts/metric.js';
import { numbers, table } from '../parts/table.js';
import { shown } from '../parts/view.js';
import { choose, href } from '../place.js';
import { CANNOT_SAY, METRICS, NOUNS, PAGE, PAIR } from '../texts.js';

const SURE = 0.05;

export const title = ({ query }) => fill(PAIR.page, METRICS[metricOf(query)].name);
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
    return html`<h1>${PAIR.title}</h1>
      <p class="lead">${PAIR.lead}</p>
      <div class="versus">${this.#select('a', PAIR.first, a, b, names)}<button type="button" class="swap" aria-label=${PAIR.swap} @click=${() => choose({ a: b, b: a })}>⇄</button>${this.#select('b', PAIR.second, b, a, names)}</div>
      ${a && b ? shown(this.answer, (answer) => this.#draw(answer))
    : html`<div class="card"><p class="soft">${this.choices.value ? PAIR.takesTwo : PAIR.looking}</p></div>`}`;
  }

  #select(name, label, chosen, other, names) {
    const all = [...new Set([...(chosen ? [chosen] : []), ...names])].filter((each) => each !== other);
    return html`<label class="inline"><span class=${`dot dot-${name}`}></span>${label}
      <select name=${name} @change=${(event) => choose({ a: this.two[0], b: this.two[1], [name]: event.target.value })}>
      ${repeat(all, (each) => each, (each) => html`<option value=${each} .selected=${each === chosen}>${plain(each)}</option>`)}</select></label>`;
  }

  #draw({ a, b, pair, videos, more, unit, metric, by, leftOut: left }) {
    const [one, two] = this.two;
    if (!a || !b) return html`<section class="card"><p class="soft">${fill(PAIR.none, foreign(a ? two : one, 60))}</p></section>`;
    const scale = ticks(Math.max(0, ...videos.flatMap((v) => [v.a, v.b]).filter((number) => number !== undefined)));
    return html`<section class="card"><h2 class="headline">${headline(pair, a, b, metric, unit, by)}</h2>
      <dl class="facts">${[[fill(PAIR.all, plain(one)), side(a, unit)], [fill(PAIR.all, plain(two)), side(b, unit)],
    ...(pair?.difference === undefined ? [] : [[PAIR.difference, quantity(pair.difference, unit)]]),
    ...(pair?.interval ? [[PAIR.sure, fill(PAGE.fromTo, quantity(pair.interval[0], unit), quantity(pair.interval[1], unit))]] : []),
    ...(pair?.adjustedP === undefined ? [] : [[PAIR.luck, pair.adjustedP < 0.001 ? '< 0.1 %' : `${(pair.adjustedP * 100).toPrecision(2)} %`]]),
    [PAIR.common, count(pair?.videoSlots ?? 0)]].map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>
      ${pair?.why ? html`<p class="caveat why">${foreign(pair.why, 500)}</p>` : nothing}
      ${videos.length === 0 ? html`<p class="soft">${PAIR.nothing}</p>` : html`
        <h3>${PAIR.each}</h3>
        <p class="legend"><span><span class="dot dot-a"></span>${foreign(one, 60)}</span><span><span class="dot dot-b"></span>${foreign(two, 60)}</span><span>${METRICS[metric].better}</span></p>
        <ol class="bars dumbbells">${repeat(videos, (v) => v.video, (v) => this.#video(v, scale.at(-1), unit))}</ol>
        <div class="axis" aria-hidden="true">${scale.map((tick) => html`<span ${vars({ at: `${(tick / scale.at(-1)) * 100}%` })}>${quantity(tick, unit)}</span>`)}</div>
        ${more > 0 ? html`<p class="caveat">${fill(PAIR.more, plural(more, PAIR.moreVideos))}</p>` : nothing}`}
      <p class="caveat"><strong>${PAGE.cannotSay}</strong> ${CANNOT_SAY}</p>
      ${leftOut(left)}
      ${numbers({ title: PAIR.numbers, path: 'pair', parameters: this.parameters, content: videoTable(videos, unit, one, two) })}</section>`;
  }

  #video(v, top, unit) {
    const at = (number) => `${Math.min(100, (number / top) * 100)}%`;
    const [low, high] = [Math.min(v.a ?? top, v.b ?? top), Math.max(v.a ?? top, v.b ?? top)];
    return html`<li class="bar plainly"><div class="who"><a href=${href('/videos', { ...shared(this.place.query), video: v.video })} data-link>${foreign(v.title ?? v.video, 60)}</a></div>
      <div class="track" aria-hidden="true"><i class="between" ${vars({ from: at(low), to: at(high) })}></i>
        ${v.b === undefined ? nothing : html`<i class="spot dot-b" ${vars({ at: at(v.b) })}></i>`}${v.a === undefined ? nothing : html`<i class="spot dot-a" ${vars({ at: at(v.a) })}></i>`}</div>
      <div class="value"><small>${v.a === undefined ? PAIR.fails : quantity(v.a, unit)} · ${v.b === undefined ? PAIR.fails : quantity(v.b, unit)}</small><small>${fill(PAIR.hours, plural(v.slots, NOUNS.hour))}</small></div></li>`;
  }
}

const side = (group, unit) => (middle(group) === undefined ? PAGE.mostlyFails : quantity(middle(group), unit));

function headline(pair, a, b, metric, unit, by) {
  const name = (group) => foreign(groupName(group.key, by), 60);
  const words = METRICS[metric];
  if (pair?.difference === undefined) return html`${fill(PAIR.little, name(a), name(b))}`;
  const size = quantity(Math.abs(pair.difference), unit);
  const said = (pair.difference < 0 ? words.less : words.further).replace('{}', size);
  if (pair.adjustedP === undefined) return html`${fill(PAIR.unsure, name(a), said, name(b))}`;
  return pair.adjustedP <= SURE ? html`${fill(PAIR.than, name(a), said, name(b))}`
    : html`${fill(PAIR.same, name(a), name(b))}`;
}

function videoTable(videos, unit, one, two) {
  const text = (number) => (number === undefined ? PAIR.fails : quantity(number, unit));
  return table(PAIR.caption, [PAIR.video, plain(one), plain(two), ...PAIR.columns],
    videos.map((v) => [foreign(v.title ?? v.video, 80), text(v.a), text(v.b), v.difference === undefined ? '–' : quantity(v.difference, unit), count(v.slots), count(v.n.agents)]), { numbers: true });
}

customElements.define('view-pair', Pair);

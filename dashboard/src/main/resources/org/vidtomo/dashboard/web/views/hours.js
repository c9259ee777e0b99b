// Local hour by day: when it is slow.

import { Answer } from '../api.js';
import { asked, valuesOf } from '../filters.js';
import { fill, percent, plural, quantity } from '../format.js';
import { Element, html, nothing } from '../lit.js';
import { foreign, leftOut, plain } from '../parts/foreign.js';
import { metricOf } from '../parts/metric.js';
import { numbers } from '../parts/table.js';
import { shown } from '../parts/view.js';
import { choose } from '../place.js';
import { HOURS as HOURS_TEXT, LINES, METRICS, NOUNS, PAGE } from '../texts.js';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const { days: DAYS, clocks: CLOCKS } = HOURS_TEXT;
const LEVELS = 7;
const EDGE = 0.05;

/** An hour with a smaller share of what the busiest has says nothing in the headline. */
const ENOUGH = 0.25;

export const title = ({ query }) => fill(HOURS_TEXT.page, METRICS[metricOf(query)].name);
export const view = (place) => html`<view-hours .place=${place}></view-hours>`;

const value = (cell) => cell.mean ?? cell.p50;

class Hours extends Element {
  static properties = { place: { attribute: false } };

  constructor() {
    super();
    this.answer = new Answer(this);
    this.choices = new Answer(this, { live: false });
  }

  get parameters() {
    const { query } = this.place;
    return {
      ...asked(query), metric: metricOf(query), clock: CLOCKS[query.clock] ? query.clock : 'local', day: DAYS[query.day] ? query.day : 'weekday',
    };
  }

  willUpdate() {
    this.answer.ask('heatmap', this.parameters);
    this.choices.ask('filters', asked({ ...this.place.query, provider: '' }));
  }

  render() {
    const metric = METRICS[metricOf(this.place.query)];
    const { day, clock } = this.parameters;
    const pressed = (name, all, chosen) => Object.entries(all).map(([key, text]) => html`<button type="button" aria-pressed=${String(key === chosen)}
      @click=${() => choose({ [name]: key })}>${text}</button>`);
    return html`<h1>${fill(HOURS_TEXT.title, metric.name.toLowerCase())}</h1>
      <p class="lead">${HOURS_TEXT.lead}</p>
      <div class="choices" role="group" aria-label=${LINES.provider}>${this.#isps()}</div>
      <div class="choices" role="group" aria-label=${HOURS_TEXT.rows}>${pressed('day', DAYS, day)}<span class="gap"></span>${pressed('clock', CLOCKS, clock)}</div>
      ${shown(this.answer, (map) => this.#draw(map), { empty: ({ cells, leftOut: left }) => cells.length === 0 && !left })}`;
  }

  #isps() {
    const { provider } = this.place.query;
    const found = valuesOf(this.choices.value, 'provider');
    const names = provider && !found.some((each) => each.value === provider) ? [provider, ...found.map((each) => each.value)] : found.map((each) => each.value);
    return html`<label class="inline">${LINES.provider} <select @change=${(event) => choose({ provider: event.target.value })}>
      <option value="" .selected=${!provider}>${HOURS_TEXT.all}</option>
      ${names.map((name) => html`<option value=${name} .selected=${name === provider}>${plain(name)}</option>`)}</select></label>`;
  }

  #draw(map) {
    const { cells, unit, metric, leftOut: left } = map;
    if (cells.length === 0) {
      return html`<section class="card"><p class="soft">${HOURS_TEXT.nothing} ${map.clock === 'local' ? HOURS_TEXT.tryUtc : ''}</p>${leftOut(left)}</section>`;
    }
    const known = cells.map(value).filter((number) => number !== undefined);
    const level = levels(known, METRICS[metric].higher);
    const scale = scaleOf(known, unit);
    const at = new Map(cells.map((cell) => [`${cell.day} ${cell.hour}`, cell]));
    return html`<section class="card"><h2 class="headline">${headline(map, this.place.query.provider)}</h2>
      <div class="scroll" tabindex="0" role="region" aria-label=${HOURS_TEXT.table}>
      <table class="heat"><caption>${fill(HOURS_TEXT.caption, METRICS[metric].axis, scale.name ? fill(HOURS_TEXT.unit, scale.name) : '')}</caption>
        <thead><tr><th scope="col"><span class="unseen">${HOURS_TEXT.day}</span></th>${HOURS.map((hour) => html`<th scope="col">${String(hour).padStart(2, '0')}</th>`)}</tr></thead>
        <tbody>${map.days.map((day) => html`<tr><th scope="row">${dayName(day)}</th>
          ${HOURS.map((hour) => square(at.get(`${day} ${hour}`), level, unit, scale, `${dayName(day)}, ${hour}:00`))}</tr>`)}</tbody></table></div>
      <p class="legend scale"><span>${METRICS[metric].higher ? HOURS_TEXT.most : HOURS_TEXT.least}</span>${Array.from({ length: LEVELS }, (_, i) => html`<i class=${`heat-${i}`}></i>`)}<span>${METRICS[metric].higher ? HOURS_TEXT.least : HOURS_TEXT.most}</span>
        <span>· ${HOURS_TEXT.empty}</span></p>
      ${leftOut(left)}
      ${numbers({ title: HOURS_TEXT.numbers, path: 'heatmap', parameters: this.parameters })}</section>`;
  }
}

/** Seven levels from good to bad, the outermost twentieths taken together. */
function levels(all, higher) {
  const sorted = [...all].sort((a, b) => a - b);
  const low = sorted[Math.floor(sorted.length * EDGE)] ?? 0;
  const high = sorted[Math.ceil(sorted.length * (1 - EDGE)) - 1] ?? 1;
  return (number) => {
    if (number === undefined) return LEVELS - 1;
    const share = high > low ? Math.min(1, Math.max(0, (number - low) / (high - low))) : 0;
    return Math.round((higher ? 1 - share : share) * (LEVELS - 1));
  };
}

const dayName = (day) => (/^\d/.test(day) ? new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
  : day.charAt(0).toUpperCase() + day.slice(1));

/** What all squares are in: how much of the unit, and what that is called. */
function scaleOf(all, unit) {
  if (unit === 'bit/s') return { size: 1e6, name: 'Mbit/s' };
  if (unit === 's') return Math.max(...all) < 0.995 ? { size: 1e-3, name: 'ms' } : { size: 1, name: HOURS_TEXT.seconds };
  return { size: 1, name: unit === 'ratio' ? '%' : '' };
}

/** Short enough for a square. */
function brief(number, unit, { size }) {
  if (number === undefined) return '✕';
  if (unit === 'ratio') return percent(number).replace(' ', '').replace('<0.1%', '0');
  const scaled = number / size;
  return scaled >= 9.95 ? Math.round(scaled) : Number(scaled.toPrecision(2));
}

function square(cell, level, unit, scale, when) {
  if (!cell) return html`<td></td>`;
  const told = value(cell) === undefined ? PAGE.mostlyFailed : quantity(value(cell), unit);
  return html`<td class=${`heat-${level(value(cell))}`} title=${fill(HOURS_TEXT.square, when, told, plural(cell.n.cells, NOUNS.cell), plural(cell.n.agents, NOUNS.agent))}>
    <span aria-hidden="true">${brief(value(cell), unit, scale)}</span><span class="unseen">${told}</span></td>`;
}

function headline({ cells, unit, metric }, provider) {
  const known = cells.filter((cell) => value(cell) !== undefined);
  if (known.length === 0) return HOURS_TEXT.failed;
  const hours = new Map();
  known.forEach((cell) => hours.set(cell.hour, [...(hours.get(cell.hour) ?? []), cell]));
  const size = (all) => all.reduce((sum, cell) => sum + cell.n.cells, 0);
  const most = Math.max(...[...hours.values()].map(size));
  const sign = METRICS[metric].higher ? -1 : 1;
  const middles = [...hours].filter(([, all]) => size(all) >= most * ENOUGH)
    .map(([hour, all]) => [hour, all.map(value).sort((a, b) => a - b)[Math.floor(all.length / 2)]]).sort((a, b) => sign * (a[1] - b[1]));
  const [best, worst] = [middles[0], middles.at(-1)];
  const whom = provider ? html` ${fill(HOURS_TEXT.whom, foreign(provider, 60))}` : nothing;
  if (middles.length === 1) return html`${fill(HOURS_TEXT.one, best[0], quantity(best[1], unit), whom)}`;
  return best[1] === worst[1] ? html`${fill(HOURS_TEXT.same, whom, quantity(best[1], unit))}`
    : html`${fill(HOURS_TEXT.best, best[0], quantity(best[1], unit), worst[0], quantity(worst[1], unit), whom)}`;
}

customElements.define('view-hours', Hours);

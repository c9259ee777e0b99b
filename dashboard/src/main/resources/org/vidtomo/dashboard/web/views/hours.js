// Local hour by day: when it is slow.

import { Answer } from '../api.js';
import { asked, valuesOf } from '../filters.js';
import { percent, plural, quantity } from '../format.js';
import { Element, html, nothing } from '../lit.js';
import { foreign, leftOut, plain } from '../parts/foreign.js';
import { metricOf } from '../parts/metric.js';
import { numbers } from '../parts/table.js';
import { shown } from '../parts/view.js';
import { choose } from '../place.js';
import { METRICS } from '../texts.js';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const DAYS = { weekday: 'Day of the week', date: 'Date' };
const CLOCKS = { local: 'Local time of the agents', utc: 'UTC' };
const LEVELS = 7;
const EDGE = 0.05;

/** An hour with a smaller share of what the busiest has says nothing in the headline. */
const ENOUGH = 0.25;

export const title = ({ query }) => `${METRICS[metricOf(query)].name}: time of day`;
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
    return html`<h1>Time of day: ${metric.name.toLowerCase()}</h1>
      <p class="lead">Each square is one hour. Darker is worse: evenings show where a network is full.</p>
      <div class="choices" role="group" aria-label="ISP">${this.#isps()}</div>
      <div class="choices" role="group" aria-label="Rows and clock">${pressed('day', DAYS, day)}<span class="gap"></span>${pressed('clock', CLOCKS, clock)}</div>
      ${shown(this.answer, (map) => this.#draw(map), { empty: ({ cells, leftOut: left }) => cells.length === 0 && !left })}`;
  }

  #isps() {
    const { provider } = this.place.query;
    const found = valuesOf(this.choices.value, 'provider');
    const names = provider && !found.some((each) => each.value === provider) ? [provider, ...found.map((each) => each.value)] : found.map((each) => each.value);
    return html`<label class="inline">ISP <select @change=${(event) => choose({ provider: event.target.value })}>
      <option value="" .selected=${!provider}>All ISPs together</option>
      ${names.map((name) => html`<option value=${name} .selected=${name === provider}>${plain(name)}</option>`)}</select></label>`;
  }

  #draw(map) {
    const { cells, unit, metric, leftOut: left } = map;
    if (cells.length === 0) {
      return html`<section class="card"><p class="soft">Nothing to show by this clock. ${map.clock === 'local' ? 'Try UTC: not every agent told its time zone.' : ''}</p>${leftOut(left)}</section>`;
    }
    const known = cells.map(value).filter((number) => number !== undefined);
    const level = levels(known, METRICS[metric].higher);
    const scale = scaleOf(known, unit);
    const at = new Map(cells.map((cell) => [`${cell.day} ${cell.hour}`, cell]));
    return html`<section class="card"><h2 class="headline">${headline(map, this.place.query.provider)}</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="Hours and days">
      <table class="heat"><caption>${METRICS[metric].axis}${scale.name ? `, in ${scale.name}` : ''}; point at a square for its numbers</caption>
        <thead><tr><th scope="col"><span class="unseen">Day</span></th>${HOURS.map((hour) => html`<th scope="col">${String(hour).padStart(2, '0')}</th>`)}</tr></thead>
        <tbody>${map.days.map((day) => html`<tr><th scope="row">${dayName(day)}</th>
          ${HOURS.map((hour) => square(at.get(`${day} ${hour}`), level, unit, scale, `${dayName(day)}, ${hour}:00`))}</tr>`)}</tbody></table></div>
      <p class="legend scale"><span>${METRICS[metric].higher ? 'most' : 'least'}</span>${Array.from({ length: LEVELS }, (_, i) => html`<i class=${`heat-${i}`}></i>`)}<span>${METRICS[metric].higher ? 'least' : 'most'}</span>
        <span>· empty: nothing measured</span></p>
      ${leftOut(left)}
      ${numbers({ title: 'These hours', path: 'heatmap', parameters: this.parameters })}</section>`;
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
  if (unit === 's') return Math.max(...all) < 0.995 ? { size: 1e-3, name: 'ms' } : { size: 1, name: 'seconds' };
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
  const told = value(cell) === undefined ? 'mostly failed' : quantity(value(cell), unit);
  return html`<td class=${`heat-${level(value(cell))}`} title=${`${when}: ${told} (${plural(cell.n.cells, 'cell')} of ${plural(cell.n.agents, 'agent')})`}>
    <span aria-hidden="true">${brief(value(cell), unit, scale)}</span><span class="unseen">${told}</span></td>`;
}

function headline({ cells, unit, metric }, provider) {
  const known = cells.filter((cell) => value(cell) !== undefined);
  if (known.length === 0) return 'Most of it failed.';
  const hours = new Map();
  known.forEach((cell) => hours.set(cell.hour, [...(hours.get(cell.hour) ?? []), cell]));
  const size = (all) => all.reduce((sum, cell) => sum + cell.n.cells, 0);
  const most = Math.max(...[...hours.values()].map(size));
  const sign = METRICS[metric].higher ? -1 : 1;
  const middles = [...hours].filter(([, all]) => size(all) >= most * ENOUGH)
    .map(([hour, all]) => [hour, all.map(value).sort((a, b) => a - b)[Math.floor(all.length / 2)]]).sort((a, b) => sign * (a[1] - b[1]));
  const [best, worst] = [middles[0], middles.at(-1)];
  const whom = provider ? html` with ${foreign(provider, 60)}` : nothing;
  if (middles.length === 1) return html`Measured at ${best[0]}:00 alone so far: ${quantity(best[1], unit)}${whom}.`;
  return best[1] === worst[1] ? html`No hour differs from the others${whom}: ${quantity(best[1], unit)}.`
    : html`Best at ${best[0]}:00 (${quantity(best[1], unit)}), worst at ${worst[0]}:00 (${quantity(worst[1], unit)})${whom}.`;
}

customElements.define('view-hours', Hours);

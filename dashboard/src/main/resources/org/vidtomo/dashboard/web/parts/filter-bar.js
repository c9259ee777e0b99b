// What is shown and of which measurements: one bar for all views, kept in the address.

import { Answer } from '../api.js';
import { asked, CHOICES, none, SPANS, used, valuesOf } from '../filters.js';
import { count, fill } from '../format.js';
import { Element, html, nothing, repeat } from '../lit.js';
import { choose } from '../place.js';
import { CAMPAIGNS, DIMENSIONS, FILTERING, FILTERS, METRICS, SPAN_NAMES, VALUES } from '../texts.js';
import { foreign, plain } from './foreign.js';
import { metricOf } from './metric.js';

/** What there is to choose from changes slowly. */
const CHOICES_MILLIS = 30_000;

class FilterBar extends Element {
  static properties = { place: { attribute: false }, needs: { attribute: false }, open: { state: true }, custom: { state: true } };

  constructor() {
    super();
    this.choices = new Answer(this, { every: CHOICES_MILLIS });
    this.open = false;
    this.custom = false;
  }

  willUpdate() {
    this.choices.ask('filters', asked(this.place.query));
  }

  render() {
    const { query } = this.place;
    const { metrics, dimensions } = this.needs;
    const number = used(query);
    return html`<section class="filter-bar" aria-label=${FILTERING.shown}>
      ${metrics ? this.#metrics(query) : nothing}
      <div class="filters">
        <button type="button" class="unfold" aria-expanded=${String(this.open)} aria-controls="filters"
          @click=${() => { this.open = !this.open; }}>${number > 0 ? fill(FILTERING.some, number) : FILTERING.filters}</button>
        <div id="filters" class=${this.open ? 'fields open' : 'fields'}>
          ${dimensions ? this.#select('by', FILTERING.compare, Object.entries(DIMENSIONS).map(([value, [, many]]) => ({ value, name: many })), query.by ?? 'provider') : nothing}
          ${this.#time(query)}
          ${CHOICES.map((name) => this.#choice(name, valuesOf(this.choices.value, name), query[name] ?? ''))}
          ${number > 0 ? html`<button type="button" class="clear" @click=${() => { this.custom = false; choose(none()); }}>${number === 1 ? FILTERING.clearOne : fill(FILTERING.clear, number)}</button>` : nothing}
        </div>
        ${this.#linked(query)}
      </div>
    </section>`;
  }

  updated(changed) {
    const chosen = changed.has('place') && this.querySelector('.metrics [aria-pressed="true"]');
    if (chosen) chosen.parentElement.scrollLeft = chosen.offsetLeft - chosen.parentElement.offsetLeft - 16;
  }

  #metrics(query) {
    const chosen = metricOf(query);
    const entries = Object.entries(METRICS);
    const rare = entries.filter(([, metric]) => metric.rare);
    const inRare = rare.some(([key]) => key === chosen);
    return html`<div class="metrics" role="group" aria-label=${FILTERING.what}>
      ${entries.filter(([, metric]) => !metric.rare).map(([key, metric]) => html`<button type="button" data-metric=${key}
        aria-pressed=${String(key === chosen)} title=${metric.axis} @click=${() => choose({ metric: key })}>${metric.name}</button>`)}
      <select aria-label=${FILTERING.more} class=${inRare ? 'chosen' : ''} @change=${(event) => event.target.value && choose({ metric: event.target.value })}>
        <option value="" .selected=${!inRare}>${FILTERING.rest}</option>
        ${rare.map(([key, metric]) => html`<option value=${key} .selected=${key === chosen}>${metric.name}</option>`)}
      </select>
    </div>`;
  }

  #select(name, label, options, chosen, change = (value) => choose({ [name]: value })) {
    const first = options[0]?.value ?? '';
    return html`<label class=${chosen !== first ? 'field chosen' : 'field'}>
      <span>${label}</span>
      <select name=${name} @change=${(event) => change(event.target.value)}>
        ${repeat(options, (each) => each.value, (each) => html`<option value=${each.value} .selected=${each.value === chosen}>${each.name}</option>`)}
      </select>
    </label>`;
  }

  #choice(name, found, chosen) {
    const [label, all] = FILTERS[name];
    const known = found.some((each) => each.value === chosen);
    const listed = chosen && !known ? [{ value: chosen }, ...found] : found;
    return this.#select(name, label, [
      { value: '', name: all },
      ...listed.map((each) => ({ value: each.value, name: optionName(name, each) })),
    ], chosen);
  }

  #time(query) {
    const [label, last] = FILTERS.time;
    const own = this.custom || Boolean(query.from || query.to);
    const chosen = own ? 'custom' : SPANS[query.since] ? query.since : '';
    const options = [
      { value: '', name: query.campaign ? SPAN_NAMES.all : last },
      ...Object.keys(SPANS).filter((span) => query.campaign || span !== '30d').map((span) => ({ value: span, name: SPAN_NAMES[span] })),
      { value: 'custom', name: SPAN_NAMES.custom },
    ];
    return html`${this.#select('since', label, options, chosen, (value) => this.#span(value))}
      ${own ? html`${this.#date('from', FILTERING.from, query.from, 0)}${this.#date('to', FILTERING.to, query.to, 1)}` : nothing}`;
  }

  #span(value) {
    this.custom = value === 'custom';
    if (!this.custom) choose({ since: value, from: '', to: '' });
  }

  /** A day here is one of the reader's; its end is the next one's beginning. */
  #date(name, label, value, later) {
    const shownDay = value ? isoDay(new Date(Date.parse(value) - later)) : '';
    const change = (event) => {
      const chosen = event.target.value;
      const at = chosen ? new Date(`${chosen}T00:00:00`) : null;
      at?.setDate(at.getDate() + later);
      choose({ since: '', [name]: at ? at.toISOString().replace('.000', '') : '' });
    };
    return html`<label class=${value ? 'field chosen' : 'field'}><span>${label}</span>
      <input type="date" name=${name} .value=${shownDay} @change=${change}></label>`;
  }

  #linked(query) {
    const given = ['provider', 'video', 'cache'].filter((name) => query[name] && !(this.needs.own ?? []).includes(name));
    return given.length === 0 ? nothing
      : html`<p class="chips">${given.map((name) => html`<span class="chip">${FILTERS[name][0]}: ${foreign(query[name], 60)}
        <button type="button" aria-label=${fill(FILTERING.without, FILTERS[name][0])} @click=${() => choose({ [name]: '' })}>✕</button></span>`)}</p>`;
  }
}

const isoDay = (date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;

function optionName(name, { value, label, measurements }) {
  const text = name === 'asn' ? `AS${value}${label ? ` ${plain(label, 30)}` : ''}`
    : VALUES[name]?.[value] ?? plain(label ?? (name === 'campaign' ? fill(CAMPAIGNS.unnamed, value.slice(0, 8)) : value));
  return measurements === undefined ? text : `${text} (${count(measurements)})`;
}

customElements.define('filter-bar', FilterBar);

// The list of measurements, newest first.

import { Answer, get } from '../api.js';
import { asked } from '../filters.js';
import { fill, plural } from '../format.js';
import { Element, html, nothing, repeat } from '../lit.js';
import { on } from '../live.js';
import { item } from '../parts/measurement-item.js';
import { numbers } from '../parts/table.js';
import { shown } from '../parts/view.js';
import { say } from '../say.js';
import { MEASUREMENTS } from '../texts.js';

export const title = () => MEASUREMENTS.title;
export const view = (place) => html`<view-measurements .place=${place}></view-measurements>`;

class Measurements extends Element {
  static properties = { place: { attribute: false }, older: { state: true }, arrived: { state: true }, trouble: { state: true } };

  constructor() {
    super();
    this.first = new Answer(this, { live: false });
    this.older = [];
    this.arrived = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.off = on('measurement', () => {
      if (this.arrived === 0) say(MEASUREMENTS.arrived);
      this.arrived++;
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.off();
  }

  willUpdate(changed) {
    if (changed.has('place')) {
      this.older = [];
      this.next = undefined;
      this.first.ask('measurements', asked(this.place.query));
    }
  }

  render() {
    const next = this.older.length > 0 ? this.next : this.first.value?.next;
    return html`<h1>${MEASUREMENTS.title}</h1>
      <p class="lead">${MEASUREMENTS.lead}</p>
      <p class="fresh">${this.arrived > 0 ? html`<button type="button" @click=${this.#newest}>${fill(MEASUREMENTS.show, plural(this.arrived, MEASUREMENTS.fresh))}</button>` : nothing}</p>
      ${shown(this.first, ({ measurements }) => html`<ul class="list">${repeat([...measurements, ...this.older], (each) => each.reportId, item)}</ul>`,
    { empty: ({ measurements }) => measurements.length === 0 })}
      ${this.trouble ? html`<p class="notice" role="alert">${this.trouble}</p>` : nothing}
      ${next ? html`<button type="button" @click=${() => this.#more(next)}>${MEASUREMENTS.older}</button>` : nothing}
      ${numbers({ title: MEASUREMENTS.numbers, path: 'export', parameters: asked(this.place.query), formats: ['csv', 'jsonl'] })}`;
  }

  #newest() {
    this.arrived = 0;
    this.older = [];
    this.first.refresh();
  }

  async #more(cursor) {
    try {
      const page = await get('measurements', { ...asked(this.place.query), cursor });
      this.next = page.next;
      this.older = [...this.older, ...page.measurements];
      this.trouble = undefined;
    } catch (error) {
      this.trouble = error.message;
    }
  }
}

customElements.define('view-measurements', Measurements);

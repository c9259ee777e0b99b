// ISPs side by side for one metric, in plain words.

import { Answer } from '../api.js';
import { asked } from '../filters.js';
import { Element, html } from '../lit.js';
import { dimensionOf, metricOf } from '../parts/metric.js';
import { ranking } from '../parts/ranking.js';
import { shown } from '../parts/view.js';
import { DIMENSIONS, METRICS } from '../texts.js';

export const title = ({ query }) => `${METRICS[metricOf(query)].name}: ranking`;
export const view = (place) => html`<view-overview .place=${place}></view-overview>`;

class Overview extends Element {
  static properties = { place: { attribute: false } };

  constructor() {
    super();
    this.answer = new Answer(this);
  }

  get parameters() {
    const { query } = this.place;
    return { ...asked(query), metric: metricOf(query), by: dimensionOf(query) };
  }

  willUpdate() {
    this.answer.ask('compare', this.parameters);
  }

  render() {
    const [, many] = DIMENSIONS[this.parameters.by];
    return html`<h1>How video reaches people</h1>
      <p class="lead">Volunteers’ agents play the same videos through different ${many}. Pick what matters to you.</p>
      ${shown(this.answer, (comparison) => ranking(comparison, this.parameters, this.place.query), { empty: ({ groups }) => groups.length === 0 })}`;
  }
}

customElements.define('view-overview', Overview);

// ISPs side by side for one metric, in plain words.

import { Answer } from '../api.js';
import { asked } from '../filters.js';
import { fill } from '../format.js';
import { Element, html } from '../lit.js';
import { dimensionOf, metricOf } from '../parts/metric.js';
import { ranking } from '../parts/ranking.js';
import { shown } from '../parts/view.js';
import { DIMENSIONS, METRICS, OVERVIEW } from '../texts.js';

export const title = ({ query }) => fill(OVERVIEW.page, METRICS[metricOf(query)].name);
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
    return html`<h1>${OVERVIEW.title}</h1>
      <p class="lead">${fill(OVERVIEW.lead, many)}</p>
      ${shown(this.answer, (comparison) => ranking(comparison, this.parameters, this.place.query), { empty: ({ groups }) => groups.length === 0 })}`;
  }
}

customElements.define('view-overview', Overview);

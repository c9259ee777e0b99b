// One video across ISPs.

import { Answer } from '../api.js';
import { asked, valuesOf } from '../filters.js';
import { count } from '../format.js';
import { Element, html, nothing, repeat } from '../lit.js';
import { ranking } from '../parts/ranking.js';
import { foreign, plain } from '../parts/foreign.js';
import { metricOf } from '../parts/metric.js';
import { item } from '../parts/measurement-item.js';
import { shown } from '../parts/view.js';
import { choose } from '../place.js';
import { METRICS } from '../texts.js';

const LATEST = 8;

export const title = ({ query }) => `${METRICS[metricOf(query)].name}: one video`;
export const view = (place) => html`<view-videos .place=${place}></view-videos>`;

class Videos extends Element {
  static properties = { place: { attribute: false } };

  constructor() {
    super();
    this.choices = new Answer(this, { live: false });
    this.answer = new Answer(this);
    this.latest = new Answer(this);
  }

  get video() {
    return this.place.query.video ?? valuesOf(this.choices.value, 'video')[0]?.value;
  }

  get parameters() {
    return { ...asked(this.place.query), video: this.video, metric: metricOf(this.place.query), by: 'provider' };
  }

  willUpdate() {
    this.choices.ask('filters', asked({ ...this.place.query, video: '' }));
    this.answer.ask(this.video ? 'compare' : null, this.parameters);
    this.latest.ask(this.video ? 'measurements' : null, { ...asked(this.place.query), video: this.video, limit: LATEST });
  }

  render() {
    const videos = valuesOf(this.choices.value, 'video');
    const listed = this.video && !videos.some(({ value }) => value === this.video) ? [{ value: this.video }, ...videos] : videos;
    const titled = this.latest.value?.measurements.find((m) => m.title)?.title;
    return html`<h1>One video across ISPs</h1>
      <p class="lead">The same video, as it reached people through each ISP.</p>
      <div class="choices"><label class="inline">Video <select name="video" @change=${(event) => choose({ video: event.target.value })}>
        ${repeat(listed, ({ value }) => value, ({ value, label, measurements }) => html`<option value=${value} .selected=${value === this.video}>${plain(label ?? value, 60)}${measurements ? ` (${count(measurements)})` : ''}</option>`)}</select></label></div>
      ${this.video ? html`
        ${titled ? html`<p class="video-title"><strong>${foreign(titled, 200)}</strong></p>` : nothing}
        ${shown(this.answer, (comparison) => ranking(comparison, this.parameters, this.place.query), { empty: ({ groups }) => groups.length === 0 })}
        <h2>Its latest measurements</h2>
        ${shown(this.latest, ({ measurements }) => html`<ul class="list">${repeat(measurements, (each) => each.reportId, item)}</ul>`, { empty: ({ measurements }) => measurements.length === 0 })}`
    : html`<div class="card"><p class="soft">${this.choices.value ? 'No video fits.' : 'Looking for videos…'}</p></div>`}`;
  }
}

customElements.define('view-videos', Videos);

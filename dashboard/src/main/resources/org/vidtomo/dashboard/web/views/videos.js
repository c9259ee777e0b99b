// One video across ISPs, and the videos to choose from.

import { Answer, get } from '../api.js';
import { asked } from '../filters.js';
import { ago, fill, plural, time } from '../format.js';
import { Element, html, nothing, repeat } from '../lit.js';
import { foreign } from '../parts/foreign.js';
import { item } from '../parts/measurement-item.js';
import { metricOf } from '../parts/metric.js';
import { ranking } from '../parts/ranking.js';
import { numbers } from '../parts/table.js';
import { link, shown } from '../parts/view.js';
import { href } from '../place.js';
import { LINES, METRICS, NOUNS, VIDEOS } from '../texts.js';

const LATEST = 8;
const PAGE = 20;

export const title = ({ query }) => fill(VIDEOS.page, METRICS[metricOf(query)].name);
export const view = (place) => html`<view-videos .place=${place}></view-videos>`;

class Videos extends Element {
  static properties = { place: { attribute: false }, more: { state: true }, trouble: { state: true } };

  constructor() {
    super();
    this.choices = new Answer(this, { live: false });
    this.answer = new Answer(this);
    this.latest = new Answer(this);
    this.more = [];
  }

  /** Which videos there are to choose from. */
  get listed() {
    return asked({ ...this.place.query, video: '' });
  }

  /** The one that was chosen, otherwise the one with the most measurements. */
  get video() {
    return this.place.query.video ?? this.choices.value?.videos[0]?.video;
  }

  get parameters() {
    return { ...asked(this.place.query), video: this.video, metric: metricOf(this.place.query), by: 'provider' };
  }

  willUpdate() {
    const list = JSON.stringify(this.listed);
    if (list !== this.list) {
      this.list = list;
      this.more = [];
      this.next = undefined;
    }
    this.choices.ask('videos', { ...this.listed, limit: PAGE });
    this.answer.ask(this.video ? 'compare' : null, this.parameters);
    this.latest.ask(this.video ? 'measurements' : null, { ...asked(this.place.query), video: this.video, limit: LATEST });
  }

  render() {
    const videos = this.videos;
    const known = videos.find(({ video }) => video === this.video)?.title ?? this.latest.value?.measurements.find((m) => m.title)?.title;
    return html`<h1>${VIDEOS.title}</h1>
      <p class="lead">${VIDEOS.lead}</p>
      ${this.video ? html`
        <p class="video-title"><strong>${foreign(known ?? this.video, 200)}</strong>${known ? html`<small>${foreign(this.video, 80)}</small>` : nothing}</p>
        ${this.#chooser(videos)}
        ${shown(this.answer, (comparison) => ranking(comparison, this.parameters, this.place.query), { empty: ({ groups }) => groups.length === 0 })}
        <h2>${VIDEOS.latest}</h2>
        ${shown(this.latest, ({ measurements }) => html`<ul class="list">${repeat(measurements, (each) => each.reportId, item)}</ul>`, { empty: ({ measurements }) => measurements.length === 0 })}`
    : shown(this.choices, () => html`<div class="card"><p class="soft">${VIDEOS.none}</p></div>`)}`;
  }

  get videos() {
    return [...(this.choices.value?.videos ?? []), ...this.more];
  }

  #chooser(videos) {
    const next = this.more.length > 0 ? this.next : this.choices.value?.next;
    return html`<details class="card chooser"><summary>${VIDEOS.choose}</summary>
      <p class="soft">${VIDEOS.order}</p>
      <ol class="list videos">${repeat(videos, (each) => each.video, (each) => this.#choice(each))}</ol>
      ${this.trouble ? html`<p class="notice" role="alert">${this.trouble}</p>` : nothing}
      ${next ? html`<button type="button" class="more" @click=${() => this.#more(next)}>${VIDEOS.more}</button>` : nothing}
      ${numbers({ title: VIDEOS.numbers, path: 'videos', parameters: this.listed })}</details>`;
  }

  #choice(each) {
    const name = foreign(each.title ?? each.video, 120);
    return html`<li class="row" aria-current=${each.video === this.video ? 'true' : nothing}>
      <span class="what">${link(href('/videos', { ...this.place.query, video: each.video }), name)}${each.title ? html`<small>${foreign(each.video, 80)}</small>` : nothing}</span>
      <span class="figures">${plural(each.measurements, NOUNS.measurement)} · ${plural(each.providers, LINES.provider)} · ${plural(each.agents, NOUNS.agent)}
        <small><time datetime=${each.lastMeasuredAt} title=${time(each.lastMeasuredAt)}>${fill(VIDEOS.last, ago(each.lastMeasuredAt))}</time></small></span></li>`;
  }

  async #more(cursor) {
    const list = this.list;
    try {
      const page = await get('videos', { ...this.listed, limit: PAGE, cursor });
      if (list !== this.list) return;
      const shownAlready = new Set(this.videos.map(({ video }) => video));
      this.next = page.next;
      this.more = [...this.more, ...page.videos.filter(({ video }) => !shownAlready.has(video))];
      this.trouble = undefined;
    } catch (error) {
      this.trouble = error.message;
    }
  }
}

customElements.define('view-videos', Videos);

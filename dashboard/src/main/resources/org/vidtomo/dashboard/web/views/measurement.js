// One measurement, from the page's link to the last picture.

import { address, Answer } from '../api.js';
import { bytes, fill, micros, rate, time } from '../format.js';
import { Element, html, nothing } from '../lit.js';
import { pings, resolvers } from '../parts/answers.js';
import { foreign } from '../parts/foreign.js';
import { way } from '../parts/hops.js';
import { playing } from '../parts/playing.js';
import { shown } from '../parts/view.js';
import { href } from '../place.js';
import { FACTS, FAILURES, MEASUREMENT, OUTCOMES, PAGE } from '../texts.js';

export const title = () => MEASUREMENT.page;
export const view = (place, [id]) => html`<view-measurement .reportId=${id}></view-measurement>`;

class Measurement extends Element {
  static properties = { reportId: { attribute: false } };

  constructor() {
    super();
    this.report = new Answer(this, { live: false });
    this.plot = new Answer(this, { live: false });
  }

  willUpdate() {
    this.report.ask(`measurements/${this.reportId}`, {});
    this.plot.ask(`measurements/${this.reportId}/plot`, {});
  }

  render() {
    return html`<p><a href="/measurements" data-link>${MEASUREMENT.back}</a></p>
      ${shown(this.report, (report) => html`
        <h1>${foreign(report.video.title ?? report.video.url, 200)}</h1>
        ${about(report)}
        ${notCounted(report)}
        ${failure(report.failure)}
        ${facts(report)}
        ${this.#playing(report)}
        ${way(report)}
        ${resolvers(report)}
        ${pings(report)}
        ${raw(report)}`)}`;
  }

  #playing(report) {
    if (this.plot.value) return playing(report, this.plot.value);
    return this.plot.error ? nothing : html`<div class="card waiting" aria-busy="true"></div>`;
  }
}

const about = ({ agent, video, outcome, startedAt }) => html`<p class="lead">
  <span class=${`badge ${outcome}`}>${OUTCOMES[outcome] ?? outcome}</span>
  ${time(startedAt)} · ${foreign(agent.provider ?? agent.asName ?? PAGE.noIsp, 60)}${agent.id ? html` · ${fill(MEASUREMENT.agent, foreign(agent.id, 60))}` : nothing} · ${foreign(video.url, 200)}
  ${video.id ? html`· <a href=${href('/videos', { video: video.id.includes(':') ? video.id : `${video.service}:${video.id}` })} data-link>${MEASUREMENT.video}</a>` : nothing}</p>`;

// A task may be measured twice, by an agent that was taken for gone and by the next.
function notCounted({ counted, reportsOfTask = [] }) {
  const other = reportsOfTask.find((each) => each.counted);
  return counted === false && other
    ? html`<p class="notice">${MEASUREMENT.notCounted} <a href=${`/measurements/${other.reportId}`} data-link>${MEASUREMENT.counted}</a></p>`
    : nothing;
}

const failure = (found) => (found
  ? html`<p class="notice">${fill(MEASUREMENT.failure, html`<strong>${FAILURES[found.kind] ?? found.kind.replaceAll('_', ' ')}</strong>`, found.operation, foreign(found.detail, 500))}</p>` : nothing);

function facts({ playback, download, media, pings: found = [] }) {
  const delays = found.map((p) => p.minMicros).filter((v) => v !== undefined);
  const all = [
    [FACTS.start, playback?.startupDelayMicros === undefined ? null : micros(playback.startupDelayMicros)],
    [FACTS.stops, playback ? stops(playback) : null],
    [FACTS.speed, download ? rate(download.goodputBps) : null],
    [FACTS.needs, media?.encodedBitrateBps ? rate(media.encodedBitrateBps) : null],
    [FACTS.firstByte, download?.timeToFirstByteMicros === undefined ? null : micros(download.timeToFirstByteMicros)],
    [FACTS.nearest, delays.length > 0 ? micros(Math.min(...delays)) : null],
    [FACTS.received, download ? bytes(download.bytes) : null],
  ].filter(([, value]) => value !== null);
  return all.length === 0 ? nothing : html`<dl class="facts">${all.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

const stops = ({ stallCount, stalledMicros }) => (stallCount === 0 ? FACTS.none : `${stallCount} (${micros(stalledMicros)})`);

function raw(report) {
  const short = { ...report, download: report.download && { ...report.download, arrivals: '…' }, media: report.media && { ...report.media, timeline: '…' } };
  return html`<details class="card"><summary>${MEASUREMENT.raw}</summary>
    <p><a href=${address(`measurements/${report.reportId}`)}>JSON</a>${MEASUREMENT.short}</p>
    <pre tabindex="0">${JSON.stringify(short, null, 2)}</pre></details>`;
}

customElements.define('view-measurement', Measurement);

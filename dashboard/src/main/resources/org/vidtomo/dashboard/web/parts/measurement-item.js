// One measurement as a line that leads to its page.

import { fill, micros, plural, rate, time } from '../format.js';
import { html } from '../lit.js';
import { FAILURES, MEASUREMENT, NOUNS, OUTCOMES, PAGE, VALUES } from '../texts.js';
import { foreign } from './foreign.js';

export const item = (measurement) => html`<li class="row">
  <span class=${`badge ${measurement.outcome}`}>${OUTCOMES[measurement.outcome] ?? measurement.outcome}</span>
  <span class="what"><a href=${`/measurements/${encodeURIComponent(measurement.reportId)}`} data-link>${foreign(measurement.title ?? measurement.url, 120)}</a>
    <small>${time(measurement.scheduledAt)} · ${foreign(measurement.provider ?? PAGE.noIsp, 60)} · ${foreign(VALUES.service[measurement.service] ?? measurement.service, 30)}</small></span>
  <span class="figures">${figures(measurement)}</span></li>`;

function figures(measurement) {
  if (measurement.failureKind) return foreign(FAILURES[measurement.failureKind] ?? measurement.failureKind.replaceAll('_', ' '), 40);
  return [
    measurement.startupDelayMicros === undefined ? null : fill(MEASUREMENT.startsIn, micros(measurement.startupDelayMicros)),
    measurement.goodputBps === undefined ? null : rate(measurement.goodputBps),
    measurement.stallCount > 0 ? plural(measurement.stallCount, NOUNS.stop) : null,
  ].filter((text) => text !== null).join(' · ');
}

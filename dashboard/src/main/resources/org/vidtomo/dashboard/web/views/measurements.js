// The list of measurements, newest first.

import { foreign, h, link, show } from '../dom.js';
import { get } from '../api.js';
import { on } from '../live.js';
import { micros, plural, rate, time } from '../format.js';
import { OUTCOMES } from '../texts.js';

export async function render(main) {
  const query = Object.fromEntries(new URLSearchParams(location.search));
  const list = h('ul', { class: 'list' });
  const fresh = h('p', { class: 'fresh', role: 'status' });
  const more = h('button', { type: 'button', hidden: true }, 'Older ones');
  let next;
  const page = async () => {
    const answer = await get('measurements', { ...query, cursor: next });
    list.append(...answer.measurements.map(item));
    next = answer.next;
    more.hidden = !next;
    return answer.measurements.length;
  };
  more.addEventListener('click', async () => {
    more.disabled = true;
    try {
      await page();
    } catch (error) {
      show(fresh, error.message);
    }
    more.disabled = false;
  });
  show(main, h('h1', {}, 'Measurements'),
    h('p', { class: 'lead' }, 'Each is one video, fetched and played once by one agent. Times are local to you.'),
    fresh, list, more);
  if (await page() === 0) show(list, h('li', { class: 'quiet' }, 'No measurement yet.'));
  let arrived = 0;
  return on('measurement', () => {
    arrived++;
    show(fresh, h('button', { type: 'button', onclick: () => render(main) }, `${plural(arrived, 'new measurement')}: show`));
  });
}

/** One measurement as a line that leads to its page. */
export function item(measurement) {
  return h('li', { class: 'row' },
    h('span', { class: `badge ${measurement.outcome}` }, OUTCOMES[measurement.outcome] ?? measurement.outcome),
    h('span', { class: 'what' },
      link(`/measurements/${encodeURIComponent(measurement.reportId)}`, foreign(measurement.title ?? measurement.url, 120)),
      h('small', {}, time(measurement.scheduledAt), ' · ', foreign(measurement.provider ?? 'ISP not known', 60), ' · ', foreign(measurement.service, 30))),
    h('span', { class: 'figures' }, figures(measurement)));
}

function figures(measurement) {
  if (measurement.failureKind) return foreign(measurement.failureKind.replaceAll('_', ' '), 40);
  return [
    measurement.startupDelayMicros === undefined ? null : `starts in ${micros(measurement.startupDelayMicros)}`,
    measurement.goodputBps === undefined ? null : rate(measurement.goodputBps),
    measurement.stallCount > 0 ? plural(measurement.stallCount, 'stop') : null,
  ].filter((text) => text !== null).join(' · ');
}

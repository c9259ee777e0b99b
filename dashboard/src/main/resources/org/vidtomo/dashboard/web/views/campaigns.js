// Campaigns and how far they are.

import { foreign, h, link, show } from '../dom.js';
import { get } from '../api.js';
import { on } from '../live.js';
import { plural, time } from '../format.js';

export async function render(main) {
  const list = h('ul', { class: 'list' });
  const draw = async () => {
    const { campaigns } = await get('campaigns');
    show(list, ...(campaigns.length === 0
      ? [h('li', { class: 'quiet' }, 'No campaign yet: send one with “vidtomo submit URL…”.')]
      : campaigns.map(row)));
  };
  show(main, h('h1', {}, 'Campaigns'), h('p', { class: 'lead' }, 'A campaign has the agents of every ISP play the same videos.'), list);
  await draw();
  const offAgain = on('again', draw);
  const off = on('progress', (campaign) => {
    const old = [...list.children].find((li) => li.dataset.id === campaign.id);
    if (old) old.replaceWith(row(campaign));
    else draw();
  });
  return () => {
    off();
    offAgain();
  };
}

function row(campaign) {
  return h('li', { class: 'row', 'data-id': campaign.id },
    h('span', { class: 'badge' }, campaign.imported ? 'imported' : campaign.state),
    h('span', { class: 'what' },
      link(`/campaigns/${encodeURIComponent(campaign.id)}`, foreign(campaign.name ?? campaign.id, 80)),
      h('small', {}, `${time(campaign.createdAt)} · ${plural(campaign.counts.planned, 'task')}`)),
    progress(campaign.counts));
}

const PARTS = [
  ['ok', 'played'], ['failed', 'failed'], ['other', 'otherwise done'], ['expired', 'expired'], ['cancelled', 'cancelled'], ['running', 'running'],
];

/** Tasks as one bar, with its numbers in words. */
export function progress({ planned: all, done, expired, cancelled, running, outcomes }) {
  const ok = outcomes.ok ?? 0;
  const failed = outcomes.failed ?? 0;
  const counts = { ok, failed, other: done - ok - failed, expired, cancelled, running };
  const planned = Math.max(1, all);
  const ended = done + expired + cancelled;
  let at = 0;
  return h('div', { class: 'progress' },
    h('div', {
      class: 'track', role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': String(all), 'aria-valuenow': String(ended), 'aria-label': 'Tasks ended',
    }, PARTS.map(([key]) => {
      const from = at;
      at += counts[key] / planned;
      return counts[key] > 0 ? h('div', { class: `part ${key}`, '--from': `${from * 100}%`, '--to': `${at * 100}%` }) : null;
    })),
    h('small', {}, ended === 0 && running === 0 ? `none of ${all} yet` : `${ended} of ${all}: `,
      PARTS.filter(([key]) => counts[key] > 0).map(([key, name], i) => [i > 0 ? ', ' : '', h('i', { class: `part ${key}` }), `${counts[key]} ${name}`])));
}

/** The same for each ISP, where each is to measure each video. */
export function byProvider({ providers }) {
  const entries = Object.entries(providers);
  return entries.length === 0 ? null
    : h('ul', { class: 'list' }, entries.map(([name, counts]) =>
      h('li', { class: 'row isp' }, h('strong', {}, foreign(name, 60)), progress(counts))));
}

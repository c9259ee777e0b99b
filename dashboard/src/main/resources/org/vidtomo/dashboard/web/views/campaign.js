// One campaign, live.

import { foreign, h, link, show } from '../dom.js';
import { get } from '../api.js';
import { on, throttle } from '../live.js';
import { time } from '../format.js';
import { byProvider, progress } from './campaigns.js';
import { item } from './measurements.js';

const SHOWN = 20;

/** Nobody's signature vouches here for what was imported. */
export function origin(campaign) {
  return campaign.imported
    ? h('p', { class: 'quiet' }, h('span', { class: 'badge' }, 'imported'), ' unverified, from ', foreign(campaign.imported.source, 100), `, ${time(campaign.imported.importedAt)}`)
    : null;
}

export async function render(main, [id]) {
  const state = h('section', { class: 'card' });
  const list = h('ul', { class: 'list' });
  const drawState = (campaign) => show(state,
    h('p', {}, h('span', { class: 'badge' }, campaign.state), ` since ${time(campaign.createdAt)}`), origin(campaign), progress(campaign.counts), byProvider(campaign.counts));
  const drawList = async () => {
    const { measurements } = await get('measurements', { campaign: id, limit: SHOWN });
    show(list, ...(measurements.length === 0 ? [h('li', { class: 'quiet' }, 'None yet.')] : measurements.map(item)));
  };
  const campaign = await get(`campaigns/${id}`);
  show(main,
    h('p', {}, link('/campaigns', '← Campaigns')),
    h('h1', {}, foreign(campaign.name ?? `Campaign ${campaign.id}`, 100)),
    state,
    h('p', {}, link(`/?campaign=${encodeURIComponent(id)}`, 'Compare its ISPs'), ' · ',
      link(`/measurements?campaign=${encodeURIComponent(id)}`, 'All its measurements'), ' · ',
      h('a', { href: `/api/v1/export?campaign=${encodeURIComponent(id)}&format=csv` }, 'CSV')),
    h('h2', {}, 'Latest measurements'), list);
  drawState(campaign);
  await drawList();
  const refresh = throttle(2000, drawList);
  const offs = [
    on('progress', (now) => now.id === id && drawState(now)),
    on('again', refresh),
    on('measurement', (now) => now.campaignId === id && refresh()),
  ];
  return () => {
    offs.forEach((off) => off());
    refresh.cancel();
  };
}

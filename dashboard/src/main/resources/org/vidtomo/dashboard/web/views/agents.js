// Who measures, and from where: networks, never addresses.

import { foreign, h, show, table } from '../dom.js';
import { get } from '../api.js';
import { time } from '../format.js';

export async function render(main) {
  const { agents } = await get('agents');
  const rows = agents.map((agent) => [
    foreign(agent.agentId, 60),
    foreign(agent.provider ?? 'not known', 60),
    agent.asn === undefined ? '–' : `AS${agent.asn}`,
    foreign(agent.country ?? '–', 10),
    foreign(agent.technology ?? '–', 30),
    agent.revoked ? 'revoked' : agent.lastMeasuredAt ? time(agent.lastMeasuredAt) : 'nothing lately',
  ]);
  show(main, h('h1', {}, 'Agents'),
    h('p', { class: 'lead' }, 'Each runs on a volunteer’s machine. Their addresses are never shown.'),
    agents.length === 0 ? h('p', { class: 'quiet' }, 'No agent has reported yet.')
      : table('Enrolled agents, and where their latest measurements came from', ['Agent', 'ISP', 'Network', 'Country', 'Access', 'Last measured'], rows));
}

// Who measures, and from where: networks, never addresses.

import { Answer } from '../api.js';
import { ago, count, time } from '../format.js';
import { Element, html, nothing } from '../lit.js';
import { foreign } from '../parts/foreign.js';
import { table } from '../parts/table.js';
import { shown } from '../parts/view.js';
import { VALUES } from '../texts.js';

export const title = () => 'Agents';
export const view = () => html`<view-agents></view-agents>`;

class Agents extends Element {
  constructor() {
    super();
    this.answer = new Answer(this);
  }

  willUpdate() {
    this.answer.ask('agents', {});
  }

  render() {
    return html`<h1>Agents</h1>
      <p class="lead">Each runs on a volunteer’s machine. Their addresses are never shown.</p>
      ${shown(this.answer, list)}`;
  }
}

function list({ agents, hidden, hideBelow }) {
  return html`${agents.length === 0 ? html`<p class="soft">No agent to show yet.</p>`
    : html`<div class="card">${table('Enrolled agents, and where their latest measurements came from',
      ['Agent', 'ISP', 'Network', 'Country', 'Access', 'Last measured'], agents.map(row))}</div>`}
    ${hidden > 0 ? html`<p class="soft">${count(hidden)} more are not shown: their ISPs have fewer than ${hideBelow} agents, so that one might be known by it.</p>` : nothing}`;
}

function row(agent) {
  return [
    foreign(agent.agentId, 60),
    foreign(agent.provider ?? 'not known', 60),
    agent.asn === undefined ? '–' : html`AS${agent.asn}${agent.asName ? html`<small>${foreign(agent.asName, 40)}</small>` : nothing}`,
    foreign(agent.country ?? '–', 10),
    foreign(VALUES.technology[agent.technology] ?? agent.technology ?? '–', 30),
    agent.revoked ? 'revoked' : agent.lastMeasuredAt ? html`<span title=${time(agent.lastMeasuredAt)}>${ago(agent.lastMeasuredAt)}</span>` : 'nothing lately',
  ];
}

customElements.define('view-agents', Agents);

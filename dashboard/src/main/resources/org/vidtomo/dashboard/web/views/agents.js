// Who measures, and from where: networks, never addresses.

import { Answer, post, remove } from '../api.js';
import { ago, bytes, count, plural, time } from '../format.js';
import { Element, html, nothing } from '../lit.js';
import { foreign } from '../parts/foreign.js';
import { table } from '../parts/table.js';
import { may, Rights, rights } from '../parts/token-panel.js';
import { shown } from '../parts/view.js';
import { href } from '../place.js';
import { VALUES } from '../texts.js';

export const title = () => 'Agents';
export const view = () => html`<view-agents></view-agents>`;

class Agents extends Element {
  static properties = { invite: { state: true }, trouble: { state: true } };

  constructor() {
    super();
    this.rights = new Rights(this);
    this.answer = new Answer(this);
    this.fleet = new Answer(this);
  }

  willUpdate() {
    // With another token there is more to see.
    if (this.scope !== rights.scope) this.answer.refresh();
    this.scope = rights.scope;
    this.answer.ask('agents', {});
    this.fleet.ask(may('read') ? 'admin/agents' : null, {});
  }

  render() {
    return html`<h1>Agents</h1>
      <p class="lead">Each runs on a volunteer’s machine. Their addresses are never shown.</p>
      ${shown(this.answer, (answer) => this.#list(answer))}
      ${may('admin') ? this.#invites() : nothing}
      <token-panel></token-panel>`;
  }

  #list({ agents, hidden, hideBelow, providers = [] }) {
    const alive = new Map((this.fleet.value?.agents ?? []).map((each) => [each.agentId, each]));
    const headings = ['Agent', 'ISP', 'Network', 'Country', 'Access', 'Last measured', ...(alive.size > 0 ? ['State', 'May still spend', 'Software'] : []), ...(may('admin') ? [''] : [])];
    return html`
      ${providers.length === 0 ? nothing : html`<ul class="isps">${providers.map((each) => html`<li><a href=${href('/measurements', { provider: each.provider })} data-link>${foreign(each.provider, 40)}</a>
        <strong>${plural(each.agents, 'agent')}</strong><small>${each.lastMeasuredAt ? `measured ${ago(each.lastMeasuredAt)}` : 'nothing lately'}</small></li>`)}</ul>`}
      ${agents.length === 0 ? html`<p class="soft">No single agent to show.</p>`
    : html`<div class="card">${table('Enrolled agents, and where their latest measurements came from', headings, agents.map((agent) => this.#row(agent, alive.size > 0, alive.get(agent.agentId))))}</div>`}
      ${hidden > 0 ? html`<p class="soft">${plural(hidden, 'agent')} not shown one by one: where an ISP has fewer than ${count(hideBelow)}, one might be known by it.</p>` : nothing}
      ${this.trouble ? html`<p class="notice" role="alert">${this.trouble}</p>` : nothing}`;
  }

  #row(agent, withState, state) {
    const cells = [
      foreign(agent.agentId, 60),
      foreign(agent.provider ?? 'not known', 60),
      agent.asn === undefined ? '–' : html`AS${agent.asn}${agent.asName ? html`<small>${foreign(agent.asName, 40)}</small>` : nothing}`,
      foreign(agent.country ?? '–', 10),
      foreign(VALUES.technology[agent.technology] ?? agent.technology ?? '–', 30),
      agent.revoked ? 'revoked' : agent.lastMeasuredAt ? html`<span title=${time(agent.lastMeasuredAt)}>${ago(agent.lastMeasuredAt)}</span>` : 'nothing lately',
    ];
    if (withState) {
      cells.push(state ? html`<span class=${`badge ${state.alive ? 'ok' : 'failed'}`}>${state.alive ? foreign(state.status, 30) : 'not heard'}</span>${state.lastHeard ? html`<small>${ago(state.lastHeard)}</small>` : nothing}` : '–',
        state?.bytesLeft === undefined ? '–' : bytes(state.bytesLeft), foreign(state?.software ?? '–', 40));
    }
    if (may('admin')) cells.push(agent.revoked ? '' : html`<button type="button" @click=${() => this.#revoke(agent.agentId)}>Revoke</button>`);
    return cells;
  }

  async #revoke(id) {
    if (!confirm(`Revoke ${id}? Its reports are refused from then on.`)) return;
    try {
      await remove(`admin/agents/${encodeURIComponent(id)}`);
      this.trouble = undefined;
      this.answer.refresh();
    } catch (error) {
      this.trouble = error.message;
    }
  }

  #invites() {
    return html`<section class="card"><h2>Invite volunteers</h2>
      <form class="invites" @submit=${(event) => this.#make(event)}>
        <label class="option"><span>Machines</span><input name="uses" type="number" min="1" max="1000" value="1" required></label>
        <label class="option"><span>Good for</span><select name="expires"><option value="24h">a day</option><option value="7d" selected>a week</option><option value="30d">a month</option></select></label>
        <label class="option"><span>ISP</span><input name="provider" autocomplete="off"><small>empty: they say it themselves</small></label>
        <button class="main" type="submit">Make an invite</button></form>
      ${this.invite ? html`<p>Each volunteer runs this once, with your coordinator’s address:</p>
        <pre tabindex="0">vidtomo agent enroll --coordinator URL --invite ${this.invite.token}</pre>
        <p class="soft">For ${plural(this.invite.uses, 'machine')}, until ${time(this.invite.expiresAt)}. It is shown only now.</p>` : nothing}</section>`;
  }

  async #make(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const provider = form.get('provider').trim();
    try {
      this.invite = await post('admin/invites', { uses: Number(form.get('uses')), expires: form.get('expires'), ...(provider ? { provider } : {}) });
      this.trouble = undefined;
    } catch (error) {
      this.trouble = error.message;
    }
  }
}

customElements.define('view-agents', Agents);

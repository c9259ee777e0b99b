// Who measures, and from where: networks, never addresses.

import { Answer, remove } from '../api.js';
import { ago, bytes, count, fill, plural, time } from '../format.js';
import { Element, html, nothing } from '../lit.js';
import { on } from '../live.js';
import { foreign } from '../parts/foreign.js';
import '../parts/invites.js';
import { table } from '../parts/table.js';
import { may, Rights, rights } from '../parts/token-panel.js';
import { shown } from '../parts/view.js';
import { href } from '../place.js';
import { AGENTS, VALUES } from '../texts.js';

/** Who is alive changes without a measurement. */
const REFRESH_MILLIS = 5_000;

export const title = () => AGENTS.title;
export const view = () => html`<view-agents></view-agents>`;

class Agents extends Element {
  static properties = { trouble: { state: true }, done: { state: true } };

  constructor() {
    super();
    this.rights = new Rights(this);
    this.answer = new Answer(this, { every: REFRESH_MILLIS });
    this.fleet = new Answer(this, { every: REFRESH_MILLIS });
  }

  connectedCallback() {
    super.connectedCallback();
    this.off = on('beat', () => {
      this.answer.refresh();
      this.fleet.refresh();
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.off();
  }

  willUpdate() {
    // With another token there is more to see.
    if (this.scope !== rights.scope) this.answer.refresh();
    this.scope = rights.scope;
    this.answer.ask('agents', {});
    this.fleet.ask(may('read') ? 'admin/agents' : null, {});
  }

  render() {
    return html`<h1>${AGENTS.title}</h1>
      <p class="lead">${AGENTS.lead}</p>
      ${shown(this.answer, (answer) => this.#list(answer))}
      ${may('admin') ? html`<open-invites></open-invites>` : nothing}
      <token-panel></token-panel>`;
  }

  #list({ agents, hidden, hideBelow, providers = [] }) {
    const alive = new Map((this.fleet.value?.agents ?? []).map((each) => [each.agentId, each]));
    const headings = [...AGENTS.columns, ...(alive.size > 0 ? AGENTS.more : []), ...(may('admin') ? [AGENTS.act] : [])];
    return html`
      ${providers.length === 0 ? nothing : html`<ul class="isps">${providers.map((each) => html`<li><a href=${href('/measurements', { provider: each.provider })} data-link>${foreign(each.provider, 40)}</a>
        <strong>${plural(each.agents, AGENTS.agent)}</strong><small>${each.lastMeasuredAt ? fill(AGENTS.measured, ago(each.lastMeasuredAt)) : AGENTS.idle}</small></li>`)}</ul>`}
      ${agents.length === 0 ? html`<p class="soft">${AGENTS.none}</p>`
    : html`<div class="card">${table(AGENTS.caption, headings, agents.map((agent) => this.#row(agent, alive.size > 0, alive.get(agent.agentId))))}</div>`}
      ${hidden > 0 ? html`<p class="soft">${fill(AGENTS.hidden, plural(hidden, AGENTS.agent), count(hideBelow))}</p>` : nothing}
      <p class="soft" role="status">${this.done ?? nothing}</p>
      ${this.trouble ? html`<p class="notice" role="alert">${this.trouble}</p>` : nothing}`;
  }

  #row(agent, withState, state) {
    const cells = [
      html`${foreign(agent.agentId, 60)}${(agent.flags ?? []).map((flag) => html` <span class="badge failed" title=${fill(AGENTS.flagged, flag.reports, flag.evidence)}>${AGENTS.flags[flag.kind] ?? foreign(flag.kind, 40)}</span>`)}`,
      foreign(agent.provider ?? AGENTS.notKnown, 60),
      agent.asn === undefined ? '–' : html`AS${agent.asn}${agent.asName ? html`<small>${foreign(agent.asName, 40)}</small>` : nothing}`,
      foreign(agent.country ?? '–', 10),
      foreign(VALUES.technology[agent.technology] ?? agent.technology ?? '–', 30),
      agent.revoked ? AGENTS.revoked : agent.lastMeasuredAt ? html`<span title=${time(agent.lastMeasuredAt)}>${ago(agent.lastMeasuredAt)}</span>` : AGENTS.idle,
    ];
    if (withState) {
      cells.push(state ? html`<span class=${`badge ${state.alive ? 'ok' : 'failed'}`}>${state.alive ? foreign(state.status, 30) : AGENTS.notHeard}</span>${state.lastHeard ? html`<small>${ago(state.lastHeard)}</small>` : nothing}` : '–',
        state?.bytesLeft === undefined ? '–' : bytes(state.bytesLeft), foreign(state?.software ?? '–', 40));
    }
    if (may('admin')) cells.push(agent.revoked ? '' : this.#actions(agent));
    return cells;
  }

  #actions({ agentId, flags = [] }) {
    return html`${flags.length === 0 ? nothing : html`<button type="button" data-clear=${agentId} @click=${() => this.#clear(agentId)}>${AGENTS.clear}</button> `}
      <button type="button" data-revoke=${agentId} @click=${() => this.#remove(AGENTS.sure, agentId, '')}>${AGENTS.revoke}</button>`;
  }

  async #clear(id) {
    if (await this.#remove(AGENTS.sureToClear, id, '/flags')) this.done = fill(AGENTS.cleared, id);
  }

  /** Removes an agent or something of it; whether that was wanted and done. */
  async #remove(question, id, what) {
    if (!confirm(fill(question, id))) return false;
    try {
      await remove(`admin/agents/${encodeURIComponent(id)}${what}`);
      this.trouble = undefined;
      this.answer.refresh();
      this.fleet.refresh();
      return true;
    } catch (error) {
      this.trouble = error.message;
      return false;
    }
  }
}

customElements.define('view-agents', Agents);

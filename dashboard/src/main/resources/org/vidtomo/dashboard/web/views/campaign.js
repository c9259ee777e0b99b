// One campaign, live.

import { address, Answer, post } from '../api.js';
import { fill, time } from '../format.js';
import { Element, html, nothing, repeat } from '../lit.js';
import { on } from '../live.js';
import { foreign } from '../parts/foreign.js';
import { item } from '../parts/measurement-item.js';
import { byProvider, progress } from '../parts/progress-bar.js';
import { may, Rights } from '../parts/token-panel.js';
import { shown } from '../parts/view.js';
import { href } from '../place.js';
import { CAMPAIGNS, STATES, STEER } from '../texts.js';

const SHOWN = 20;

/** What can be done in each state. */
const CAN = { running: ['pause', 'cancel'], receiving: ['cancel'], paused: ['resume', 'cancel'] };

/** What the coordinator tells apart from running. */
const BEFORE = ['waiting', 'planning'];

export const title = () => CAMPAIGNS.one;
export const view = (place, [id]) => html`<view-campaign .campaignId=${id}></view-campaign>`;

class Campaign extends Element {
  static properties = { campaignId: { attribute: false }, trouble: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.campaign = new Answer(this, { live: false });
    this.latest = new Answer(this);
    // What the coordinator alone knows: what it waits for.
    this.inner = new Answer(this, { live: false });
    this.rights = new Rights(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.offs = [
      on('progress', (now) => {
        if (now.id !== this.campaignId) return;
        this.campaign.value = now;
        this.requestUpdate();
      }),
      on('beat', () => this.inner.refresh()),
    ];
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.offs.forEach((off) => off());
  }

  /** What the reader can do with it. */
  get can() {
    const { state, imported } = this.campaign.value ?? {};
    return imported ? [] : CAN[state] ?? [];
  }

  willUpdate() {
    this.campaign.ask(`campaigns/${this.campaignId}`, {});
    this.latest.ask('measurements', { campaign: this.campaignId, limit: SHOWN });
    this.inner.ask(may('read') && this.can.length > 0 ? `admin/campaigns/${this.campaignId}` : null, {});
  }

  #steer() {
    if (!may('submit')) return nothing;
    return html`<p>${this.can.map((what) => html`<button type="button" data-do=${what} ?disabled=${this.busy} @click=${() => this.#do(what)}>${STEER[what]}</button> `)}
      ${this.trouble ? html`<span class="why" role="alert">${this.trouble}</span>` : nothing}</p>`;
  }

  async #do(what) {
    if (what === 'cancel' && !confirm(CAMPAIGNS.sure)) return;
    this.busy = true;
    try {
      await post(`admin/campaigns/${this.campaignId}/${what}`);
      this.trouble = undefined;
      this.campaign.refresh();
      this.inner.refresh();
    } catch (error) {
      this.trouble = error.message;
    }
    this.busy = false;
  }

  render() {
    return html`<p><a href="/campaigns" data-link>${CAMPAIGNS.back}</a></p>
      ${shown(this.campaign, (campaign) => html`
        <h1>${foreign(campaign.name ?? fill(CAMPAIGNS.unnamed, campaign.id), 100)}</h1>
        <section class="card"><p><span class="badge" data-state=${campaign.state}>${STATES[this.#state(campaign)] ?? campaign.state}</span> ${fill(CAMPAIGNS.since, time(campaign.createdAt))}</p>
          ${this.#alerts()}${origin(campaign)}${this.#steer()}${progress(campaign.counts)}${byProvider(campaign.counts)}</section>
        <p><a href=${href('/', { campaign: this.campaignId })} data-link>${CAMPAIGNS.compare}</a> ·
          <a href=${href('/measurements', { campaign: this.campaignId })} data-link>${CAMPAIGNS.all}</a> ·
          <a href=${address('export', { campaign: this.campaignId, format: 'csv' })} download>CSV</a></p>`)}
      ${may('submit') || this.can.length === 0 ? nothing : html`<token-panel .why=${CAMPAIGNS.why}></token-panel>`}
      <h2>${CAMPAIGNS.latest}</h2>
      ${shown(this.latest, ({ measurements }) => html`<ul class="list">${repeat(measurements, (each) => each.reportId, item)}</ul>`,
    { empty: ({ measurements }) => measurements.length === 0 })}`;
  }

  /** The coordinator tells a campaign that runs from one that waits for agents. */
  #state({ state }) {
    const { state: inner } = this.inner.value ?? {};
    return state === 'running' && BEFORE.includes(inner) ? inner : state;
  }

  #alerts() {
    const alerts = this.inner.value?.alerts ?? [];
    return this.can.length === 0 || alerts.length === 0 ? nothing
      : html`<ul class="notice alerts">${alerts.map(({ detail }) => html`<li>${foreign(detail, 500)}</li>`)}</ul>`;
  }
}

/** Nobody's signature vouches here for what was imported. */
const origin = ({ imported }) => (imported
  ? html`<p class="soft"><span class="badge">${CAMPAIGNS.imported}</span> ${CAMPAIGNS.unverified} ${foreign(imported.source, 100)}, ${time(imported.importedAt)}</p>`
  : nothing);

customElements.define('view-campaign', Campaign);

// One campaign, live.

import { address, Answer, post } from '../api.js';
import { time } from '../format.js';
import { Element, html, nothing, repeat } from '../lit.js';
import { on } from '../live.js';
import { foreign } from '../parts/foreign.js';
import { item } from '../parts/measurement-item.js';
import { byProvider, progress } from '../parts/progress-bar.js';
import { may, Rights } from '../parts/token-panel.js';
import { shown } from '../parts/view.js';
import { href } from '../place.js';
import { STEER } from '../texts.js';

const SHOWN = 20;

/** What can be done in each state. */
const CAN = { running: ['pause', 'cancel'], receiving: ['cancel'], paused: ['resume', 'cancel'] };

export const title = () => 'Campaign';
export const view = (place, [id]) => html`<view-campaign .campaignId=${id}></view-campaign>`;

class Campaign extends Element {
  static properties = { campaignId: { attribute: false }, trouble: { state: true } };

  constructor() {
    super();
    this.campaign = new Answer(this, { live: false });
    this.latest = new Answer(this);
    this.rights = new Rights(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.off = on('progress', (now) => {
      if (now.id !== this.campaignId) return;
      this.campaign.value = now;
      this.requestUpdate();
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.off();
  }

  willUpdate() {
    this.campaign.ask(`campaigns/${this.campaignId}`, {});
    this.latest.ask('measurements', { campaign: this.campaignId, limit: SHOWN });
  }

  #steer({ state }) {
    if (!may('submit')) return nothing;
    return html`<p>${(CAN[state] ?? []).map((what) => html`<button type="button" @click=${() => this.#do(what)}>${STEER[what]}</button> `)}
      ${this.trouble ? html`<span class="why" role="alert">${this.trouble}</span>` : nothing}</p>`;
  }

  async #do(what) {
    if (what === 'cancel' && !confirm('Cancel this campaign for good? What was measured stays.')) return;
    try {
      await post(`admin/campaigns/${this.campaignId}/${what}`);
      this.trouble = undefined;
      this.campaign.refresh();
    } catch (error) {
      this.trouble = error.message;
    }
  }

  render() {
    return html`<p><a href="/campaigns" data-link>← Campaigns</a></p>
      ${shown(this.campaign, (campaign) => html`
        <h1>${foreign(campaign.name ?? `Campaign ${campaign.id}`, 100)}</h1>
        <section class="card"><p><span class="badge">${campaign.state}</span> since ${time(campaign.createdAt)}</p>
          ${origin(campaign)}${this.#steer(campaign)}${progress(campaign.counts)}${byProvider(campaign.counts)}</section>
        <p><a href=${href('/', { campaign: this.campaignId })} data-link>Compare its ISPs</a> ·
          <a href=${href('/measurements', { campaign: this.campaignId })} data-link>All its measurements</a> ·
          <a href=${address('export', { campaign: this.campaignId, format: 'csv' })} download>CSV</a></p>`)}
      ${may('submit') || !CAN[this.campaign.value?.state] || this.campaign.value.imported ? nothing : html`<token-panel why="To pause or cancel it, say who you are."></token-panel>`}
      <h2>Latest measurements</h2>
      ${shown(this.latest, ({ measurements }) => html`<ul class="list">${repeat(measurements, (each) => each.reportId, item)}</ul>`,
    { empty: ({ measurements }) => measurements.length === 0 })}`;
  }
}

/** Nobody's signature vouches here for what was imported. */
const origin = ({ imported }) => (imported
  ? html`<p class="soft"><span class="badge">imported</span> unverified, from ${foreign(imported.source, 100)}, ${time(imported.importedAt)}</p>`
  : nothing);

customElements.define('view-campaign', Campaign);

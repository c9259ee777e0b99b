// Campaigns and how far they are.

import { Answer } from '../api.js';
import { plural, time } from '../format.js';
import { Element, html, repeat } from '../lit.js';
import { on } from '../live.js';
import { foreign } from '../parts/foreign.js';
import { progress } from '../parts/progress-bar.js';
import { shown } from '../parts/view.js';
import { CAMPAIGNS, STATES } from '../texts.js';

export const title = () => CAMPAIGNS.title;
export const view = () => html`<view-campaigns></view-campaigns>`;

class Campaigns extends Element {
  constructor() {
    super();
    this.answer = new Answer(this, { live: false });
  }

  connectedCallback() {
    super.connectedCallback();
    this.off = on('progress', (campaign) => this.#moved(campaign));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.off();
  }

  willUpdate() {
    this.answer.ask('campaigns', {});
  }

  #moved(campaign) {
    const known = this.answer.value?.campaigns;
    const at = known?.findIndex(({ id }) => id === campaign.id) ?? -1;
    if (at < 0) {
      this.answer.refresh();
    } else {
      this.answer.value = { ...this.answer.value, campaigns: known.with(at, campaign) };
      this.requestUpdate();
    }
  }

  render() {
    return html`<h1>${CAMPAIGNS.title}</h1>
      <p class="lead">${CAMPAIGNS.lead} <a class="button" href="/campaigns/new" data-link>${CAMPAIGNS.make}</a></p>
      ${shown(this.answer, ({ campaigns }) => (campaigns.length === 0
    ? html`<p class="soft">${CAMPAIGNS.none}</p>`
    : html`<ul class="list">${repeat(campaigns, ({ id }) => id, row)}</ul>`))}`;
  }
}

const row = (campaign) => html`<li class="row" data-id=${campaign.id}>
  <span class="badge">${STATES[campaign.imported ? 'imported' : campaign.state] ?? campaign.state}</span>
  <span class="what"><a href=${`/campaigns/${encodeURIComponent(campaign.id)}`} data-link>${foreign(campaign.name ?? campaign.id, 80)}</a>
    <small>${time(campaign.createdAt)} · ${plural(campaign.counts.planned, CAMPAIGNS.task)}</small></span>
  ${progress(campaign.counts)}</li>`;

customElements.define('view-campaigns', Campaigns);

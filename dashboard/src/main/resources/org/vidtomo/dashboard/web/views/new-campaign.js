// A new campaign: all options, their defaults, checked while they are typed.

import { post } from '../api.js';
import { bytes, count, fill, plural } from '../format.js';
import { Element, html, nothing } from '../lit.js';
import { on, throttle } from '../live.js';
import { called, GROUPS, options, presets, RELATED, trouble, troubled } from '../parts/campaign-options.js';
import { foreign } from '../parts/foreign.js';
import { may, Rights, rights } from '../parts/token-panel.js';
import { go } from '../place.js';
import { CAMPAIGNS, LIMITS, NEW_CAMPAIGN as TEXT } from '../texts.js';

const CHECK_MILLIS = 800;

/** What is asked beside the options. */
const OWN = { name: '', urls: '', service: '', timeFrame: 'week' };

export const title = () => CAMPAIGNS.make;
export const view = () => html`<view-new-campaign></view-new-campaign>`;

class NewCampaign extends Element {
  static properties = { values: { state: true }, faults: { state: true }, estimate: { state: true }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.rights = new Rights(this);
    this.values = { ...presets(), ...OWN };
    this.faults = new Map();
    this.check = throttle(CHECK_MILLIS, () => this.#check());
  }

  connectedCallback() {
    super.connectedCallback();
    this.off = on('again', this.check);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.off();
    this.check.cancel();
  }

  willUpdate() {
    // What was typed before signing in is reckoned then.
    if (this.scope !== rights.scope) this.check();
    this.scope = rights.scope;
  }

  get body() {
    const { name, urls, service, timeFrame } = this.values;
    const given = { ...options(this.values), ...(name.trim() ? { name: name.trim() } : {}), ...(service ? { service, timeFrame } : {}) };
    return { options: given, urls: service ? [] : urls.split('\n').map((line) => line.trim()).filter(Boolean) };
  }

  get empty() {
    return !this.values.service && this.values.urls.trim() === '';
  }

  #set(path, value) {
    this.values = { ...this.values, [path]: value };
    this.check();
  }

  async #check() {
    if (this.empty || !may('submit') || troubled(this.values)) {
      this.estimate = undefined;
      return;
    }
    const asked = JSON.stringify(this.body);
    try {
      const estimate = await post('admin/campaigns', this.body, { parameters: { dryRun: 'true' } });
      if (asked !== JSON.stringify(this.body)) return;
      this.estimate = estimate;
      this.faults = new Map();
      this.problem = undefined;
    } catch (error) {
      if (asked === JSON.stringify(this.body)) this.#refused(error);
    }
  }

  /** Each fault is told at its field; what belongs to none, or to several, below the estimate. */
  #refused(error) {
    this.estimate = undefined;
    const faults = new Map();
    const others = [];
    for (const { field, detail } of error.errors) {
      const path = this.#fieldOf(field);
      const told = field.startsWith('line') ? `${field}: ${detail}` : detail;
      if (path) faults.set(path, faults.has(path) ? `${faults.get(path)}; ${told}` : told);
      else others.push(told);
    }
    this.faults = faults;
    this.problem = others.length > 0 ? others.join('; ') : error.errors.length > 0 ? undefined : error.message;
  }

  #fieldOf(field) {
    if (/^(line|urls)/.test(field)) return this.values.service ? 'service' : 'urls';
    const path = field.replace(/^options\./, '').replace(/\[.*$/, '');
    return path in this.values ? path : undefined;
  }

  async #submit(event) {
    event.preventDefault();
    if (this.busy || this.empty || !may('submit')) return;
    if (troubled(this.values)) {
      this.#lead();
      return;
    }
    this.busy = true;
    try {
      const campaign = await post('admin/campaigns', this.body);
      go(`/campaigns/${encodeURIComponent(campaign.id)}`);
    } catch (error) {
      this.#refused(error);
      await this.updateComplete;
      this.#lead();
    }
    this.busy = false;
  }

  /** To the first field that is wrong, wherever it is folded away. */
  #lead() {
    const wrong = this.querySelector('[aria-invalid="true"]');
    if (!wrong) return;
    const folded = wrong.closest('details');
    if (folded) folded.open = true;
    wrong.focus();
  }

  updated(changed) {
    // Opened, never closed: that is for the reader.
    if (changed.has('faults')) this.querySelectorAll('details:has([aria-invalid="true"])').forEach((each) => { each.open = true; });
  }

  render() {
    return html`<p><a href="/campaigns" data-link>${CAMPAIGNS.back}</a></p>
      <h1>${CAMPAIGNS.make}</h1>
      <p class="lead">${TEXT.lead}</p>
      ${may('submit') ? nothing : html`<token-panel .why=${TEXT.why}></token-panel>`}
      <form class="campaign" novalidate @submit=${(event) => this.#submit(event)}>
        <section class="card which"><h2>${TEXT.which}</h2>
          ${this.#field({ path: 'name' }, own('name'))}
          ${this.#field({ path: 'service' }, own('service', TEXT.services))}
          ${this.values.service ? this.#field({ path: 'timeFrame' }, own('timeFrame', TEXT.frames)) : this.#urls()}
          ${this.#field(RELATED)}</section>
        <section class="card"><h2>${TEXT.takes}</h2><div role="status">${this.#takes()}</div>
          ${this.problem ? html`<p class="notice" role="alert">${foreign(this.problem, 1000)}</p>` : nothing}
          <button class="main" type="submit" ?disabled=${this.busy || this.empty || !may('submit')}>${TEXT.begin}</button></section>
        ${GROUPS.map(([name, fields]) => html`<details class="card"><summary>${name}</summary>
          <div class="options">${fields.map((field) => this.#field(field))}</div></details>`)}
      </form>`;
  }

  #urls() {
    const wrong = this.faults.get('urls');
    return html`<label class="wide"><span>${TEXT.urls}</span>
      <textarea name="urls" rows="6" spellcheck="false" aria-invalid=${String(Boolean(wrong))} aria-describedby="urls-why"
        .value=${this.values.urls} @input=${(event) => this.#set('urls', event.target.value)}></textarea>
      <small id="urls-why" class="why">${wrong ? foreign(wrong, 300) : nothing}</small></label>`;
  }

  #field(field, { label, hint, choices } = called(field)) {
    const value = this.values[field.path];
    const wrong = trouble(field, value) || this.faults.get(field.path);
    const id = `why-${field.path.replace('.', '-')}`;
    const about = html`<small id=${id} class=${wrong ? 'why' : ''}>${wrong ? foreign(wrong, 300) : hint ?? nothing}</small>`;
    const invalid = String(Boolean(wrong));
    if (field.flag) {
      return html`<label class="option flag"><span><input type="checkbox" name=${field.path} .checked=${value} aria-invalid=${invalid} aria-describedby=${id}
        @change=${(event) => this.#set(field.path, event.target.checked)}> ${label}</span>${about}</label>`;
    }
    return html`<label class="option"><span>${label}${field.unit ? ` (${field.unit})` : ''}</span>
      ${choices ? html`<select name=${field.path} aria-invalid=${invalid} aria-describedby=${id} @change=${(event) => this.#set(field.path, event.target.value)}>
        ${Object.entries(choices).map(([key, name]) => html`<option value=${key} .selected=${key === String(value)}>${name}</option>`)}</select>`
    : html`<input name=${field.path} .value=${String(value)} type=${field.number ? 'number' : 'text'} min=${field.number?.[0] ?? nothing} max=${field.number?.[1] ?? nothing} step=${field.number ? 'any' : nothing}
        aria-invalid=${invalid} aria-describedby=${id} autocomplete="off" @input=${(event) => this.#set(field.path, event.target.value)}>`}${about}</label>`;
  }

  #takes() {
    if (this.empty) return html`<p class="soft">${TEXT.empty}</p>`;
    if (!this.estimate) {
      const wrong = this.faults.size > 0 || troubled(this.values);
      return html`<p class="soft">${wrong ? TEXT.wrong : !may('submit') ? TEXT.signIn : this.problem ? nothing : TEXT.reckoning}</p>`;
    }
    const { videos, tasks, bytesAtMost, days, limitedBy, why, list } = this.estimate;
    const sum = [plural(videos, TEXT.video), plural(tasks, TEXT.measurement), fill(TEXT.atMost, bytes(bytesAtMost)), ...(days === undefined ? [] : [fill(TEXT.about, duration(days))])];
    return html`<p><strong>${sum.join(', ')}.</strong>
      ${limitedBy ? fill(TEXT.limited, LIMITS[limitedBy] ?? limitedBy) : nothing} ${why ? html`<span class="why">${foreign(why, 300)}</span>` : nothing}
      ${list?.duplicates?.count > 0 ? html`<br>${fill(TEXT.twice, count(list.duplicates.count))}` : nothing}</p>`;
  }
}

function own(path, choices) {
  const [label, hint] = TEXT[path];
  return { label, hint, choices };
}

const duration = (days) => (days < 1 ? fill(TEXT.hours, Math.max(1, Math.round(days * 24))) : plural(Number(days.toPrecision(2)), TEXT.day));

customElements.define('view-new-campaign', NewCampaign);

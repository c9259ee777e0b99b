// A new campaign: all options, their defaults, checked while they are typed.

import { post } from '../api.js';
import { bytes, count, plural } from '../format.js';
import { Element, html, nothing } from '../lit.js';
import { throttle } from '../live.js';
import { GROUPS, options, presets, trouble } from '../parts/campaign-options.js';
import { foreign } from '../parts/foreign.js';
import { may, Rights } from '../parts/token-panel.js';
import { go } from '../place.js';
import { LIMITS } from '../texts.js';

const CHECK_MILLIS = 800;
const SERVICES = { '': 'these addresses', youtube: 'YouTube’s most popular', dailymotion: 'Dailymotion’s most popular' };
const FRAMES = { today: 'today', week: 'this week', month: 'this month', all_time: 'of all time' };

export const title = () => 'New campaign';
export const view = () => html`<view-new-campaign></view-new-campaign>`;

class NewCampaign extends Element {
  static properties = { values: { state: true }, faults: { state: true }, estimate: { state: true }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.rights = new Rights(this);
    this.values = { ...presets(), name: '', urls: '', service: '', timeFrame: 'week' };
    this.faults = new Map();
    this.check = throttle(CHECK_MILLIS, () => this.#check());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.check.cancel();
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
    if (this.empty || !may('submit')) {
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

  #refused(error) {
    this.estimate = undefined;
    this.faults = new Map(error.errors.map(({ field, detail }) => [field.startsWith('options.') ? field.slice('options.'.length) : /^(line|urls)/.test(field) ? 'urls' : field,
      field.startsWith('line') ? `${field}: ${detail}` : detail]));
    this.problem = error.errors.length > 0 ? undefined : error.message;
  }

  async #submit(event) {
    event.preventDefault();
    this.busy = true;
    try {
      const campaign = await post('admin/campaigns', this.body);
      go(`/campaigns/${encodeURIComponent(campaign.id)}`);
    } catch (error) {
      this.#refused(error);
      await this.updateComplete;
      this.querySelector('[aria-invalid="true"]')?.focus();
    }
    this.busy = false;
  }

  render() {
    return html`<p><a href="/campaigns" data-link>← Campaigns</a></p>
      <h1>New campaign</h1>
      <p class="lead">Agents play the same videos through every ISP. Nothing begins before you have seen what it would take.</p>
      ${may('submit') ? nothing : html`<token-panel why="To begin a campaign, say who you are."></token-panel>`}
      <form class="campaign" novalidate @submit=${(event) => this.#submit(event)}>
        <section class="card which"><h2>Which videos</h2>
          ${this.#field({ path: 'name', label: 'Name', hint: 'how you will find it again' })}
          ${this.#field({ path: 'service', label: 'Begin with', choices: SERVICES })}
          ${this.values.service ? this.#field({ path: 'timeFrame', label: 'Popular', choices: FRAMES }) : this.#urls()}</section>
        <section class="card" aria-live="polite"><h2>What it takes</h2>${this.#takes()}
          ${this.problem ? html`<p class="notice" role="alert">${this.problem}</p>` : nothing}
          <button class="main" type="submit" ?disabled=${this.busy || this.empty || !may('submit')}>Begin</button></section>
        ${GROUPS.map(([name, fields]) => html`<details class="card" ?open=${fields.some((field) => this.faults.has(field.path))}><summary>${name}</summary>
          <div class="options">${fields.map((field) => this.#field(field))}</div></details>`)}
      </form>`;
  }

  #urls() {
    const wrong = this.faults.get('urls');
    return html`<label class="wide"><span>Addresses of videos, one a line; channels and playlists stand for their first videos</span>
      <textarea name="urls" rows="6" spellcheck="false" aria-invalid=${String(Boolean(wrong))} aria-describedby="urls-why"
        .value=${this.values.urls} @input=${(event) => this.#set('urls', event.target.value)}></textarea>
      <small id="urls-why" class="why">${wrong ? foreign(wrong, 300) : nothing}</small></label>`;
  }

  #field(field) {
    const value = this.values[field.path];
    const wrong = trouble(field, value) || this.faults.get(field.path);
    const id = `why-${field.path.replace('.', '-')}`;
    const about = html`<small id=${id} class=${wrong ? 'why' : ''}>${wrong ? foreign(wrong, 300) : field.hint ?? nothing}</small>`;
    const invalid = String(Boolean(wrong));
    if (field.flag) {
      return html`<label class="option flag"><span><input type="checkbox" name=${field.path} .checked=${value} aria-describedby=${id}
        @change=${(event) => this.#set(field.path, event.target.checked)}> ${field.label}</span>${about}</label>`;
    }
    return html`<label class="option"><span>${field.label}${field.unit ? ` (${field.unit})` : ''}</span>
      ${field.choices ? html`<select name=${field.path} @change=${(event) => this.#set(field.path, event.target.value)}>
        ${Object.entries(field.choices).map(([key, name]) => html`<option value=${key} .selected=${key === String(value)}>${name}</option>`)}</select>`
    : html`<input name=${field.path} .value=${String(value)} type=${field.number ? 'number' : 'text'} min=${field.number?.[0] ?? nothing} max=${field.number?.[1] ?? nothing} step=${field.number ? 'any' : nothing}
        aria-invalid=${invalid} aria-describedby=${id} autocomplete="off" @input=${(event) => this.#set(field.path, event.target.value)}>`}${about}</label>`;
  }

  #takes() {
    if (this.empty) return html`<p class="soft">Name videos first.</p>`;
    if (!this.estimate) return html`<p class="soft">${this.faults.size > 0 ? 'Something is not right yet, see what is marked.' : may('submit') ? 'Reckoning…' : 'Sign in to have it reckoned.'}</p>`;
    const { videos, tasks, bytesAtMost, days, limitedBy, why, list } = this.estimate;
    return html`<p><strong>${plural(videos, 'video')}, ${plural(tasks, 'measurement')}, ${bytes(bytesAtMost)} at most${days === undefined ? '' : `, about ${days < 1 ? `${Math.max(1, Math.round(days * 24))} h` : plural(Number(days.toPrecision(2)), 'day')}`}.</strong>
      ${limitedBy ? html`What limits it: ${LIMITS[limitedBy] ?? limitedBy}.` : nothing} ${why ? html`<span class="why">${foreign(why, 300)}</span>` : nothing}
      ${list?.duplicates?.count > 0 ? html`<br>${count(list.duplicates.count)} are named twice and count once.` : nothing}</p>`;
  }
}

customElements.define('view-new-campaign', NewCampaign);

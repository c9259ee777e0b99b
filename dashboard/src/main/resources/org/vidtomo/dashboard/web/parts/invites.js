// Leave for volunteers to enrol: made, listed, taken back. For administrators.

import { Answer, post, remove } from '../api.js';
import { fill, plural, time } from '../format.js';
import { Element, html, nothing } from '../lit.js';
import { on } from '../live.js';
import { INVITES } from '../texts.js';
import { foreign } from './foreign.js';
import { table } from './table.js';

/** Enough of an id to tell invites apart. */
const ID_SHOWN = 8;

class Invites extends Element {
  static properties = { made: { state: true }, trouble: { state: true }, faults: { state: true } };

  constructor() {
    super();
    this.open = new Answer(this, { live: false });
    this.faults = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    this.off = on('beat', () => this.open.refresh());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.off();
  }

  willUpdate() {
    this.open.ask('admin/invites', {});
  }

  render() {
    return html`<section class="card"><h2>${INVITES.title}</h2>
      <form class="invites" @submit=${(event) => this.#make(event)}>
        ${this.#field('uses', (about) => html`<input name="uses" type="number" min="1" max="10000" value="1" required aria-invalid=${about.invalid} aria-describedby=${about.id}>`)}
        ${this.#field('expires', (about) => html`<select name="expires" aria-invalid=${about.invalid} aria-describedby=${about.id}>
          ${Object.entries(INVITES.spans).map(([value, name]) => html`<option value=${value} .selected=${value === '7d'}>${name}</option>`)}</select>`)}
        ${this.#field('provider', (about) => html`<input name="provider" autocomplete="off" aria-invalid=${about.invalid} aria-describedby=${about.id}>`)}
        <button class="main" type="submit">${INVITES.make}</button></form>
      ${this.trouble ? html`<p class="notice" role="alert">${this.trouble}</p>` : nothing}
      <div role="status">${this.made ? html`<p>${INVITES.once}</p>
        <pre tabindex="0">vidtomo agent enroll --coordinator URL --invite ${this.made.token}</pre>
        <p class="soft">${fill(INVITES.made, plural(this.made.uses, INVITES.machine), time(this.made.expiresAt))}</p>` : nothing}</div>
      ${this.#list(this.open)}</section>`;
  }

  #field(name, control) {
    const [label, hint] = INVITES[name];
    const wrong = this.faults.get(name);
    const id = `invite-${name}`;
    return html`<label class="option"><span>${label}</span>${control({ id, invalid: String(Boolean(wrong)) })}<small id=${id} class=${wrong ? 'why' : ''}>${wrong ? foreign(wrong, 300) : hint ?? nothing}</small></label>`;
  }

  #list({ value, error }) {
    if (error) return html`<p class="notice" role="alert">${error.message}</p>`;
    const { invites } = value ?? {};
    if (!invites) return nothing;
    return invites.length === 0 ? html`<p class="soft">${INVITES.none}</p>` : table(INVITES.caption, INVITES.columns, invites.map((each) => [
      html`<code>${each.id.slice(0, ID_SHOWN)}</code>`, each.usesLeft, time(each.expiresAt), each.provider ? foreign(each.provider, 60) : INVITES.any,
      html`<button type="button" data-invite=${each.id} @click=${() => this.#take(each.id)}>${INVITES.back}</button>`]));
  }

  async #make(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const provider = form.get('provider').trim();
    await this.#tried(async () => {
      this.made = await post('admin/invites', { uses: Number(form.get('uses')), expires: form.get('expires'), ...(provider ? { provider } : {}) });
    });
  }

  async #take(id) {
    if (!confirm(INVITES.sure)) return;
    await this.#tried(() => remove(`admin/invites/${id}`));
    if (this.made?.id === id) this.made = undefined;
  }

  async #tried(action) {
    try {
      await action();
      this.trouble = undefined;
      this.faults = new Map();
    } catch (error) {
      this.faults = new Map(error.errors?.map(({ field, detail }) => [field, detail]));
      this.trouble = this.faults.size > 0 ? undefined : error.message;
    }
    this.open.refresh();
  }
}

customElements.define('open-invites', Invites);

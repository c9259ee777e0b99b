// The administrator's token: kept until the tab is closed, sent to this dashboard alone.

import { get, token } from '../api.js';
import { Element, html, nothing } from '../lit.js';

const MAY = { read: 'You may see all agents.', submit: 'You may submit and steer campaigns.', admin: 'You may do everything here.' };
const RANK = ['read', 'submit', 'admin'];

/** Which of the coordinator's rights the token has; undefined without one. */
export const rights = { scope: undefined };

/** Whether these rights are given. */
export const may = (scope) => RANK.indexOf(rights.scope) >= RANK.indexOf(scope);

/** Finds out what a token that was kept may do. */
export async function learn() {
  rights.scope = undefined;
  if (token.get()) rights.scope = (await get('admin/scope')).scope;
  dispatchEvent(new Event('vidtomo-rights'));
}

/** Calls an element again when rights change. */
export class Rights {
  constructor(host) {
    this.changed = () => host.requestUpdate();
    host.addController(this);
  }

  hostConnected() {
    addEventListener('vidtomo-rights', this.changed);
  }

  hostDisconnected() {
    removeEventListener('vidtomo-rights', this.changed);
  }
}

class TokenPanel extends Element {
  static properties = { trouble: { state: true }, busy: { state: true }, why: { type: String } };

  constructor() {
    super();
    this.rights = new Rights(this);
  }

  connectedCallback() {
    super.connectedCallback();
    if (token.get() && !rights.scope) this.#learn();
  }

  render() {
    return html`<section class="card token"><h2>${rights.scope ? 'Signed in' : 'Sign in'}</h2>
      ${rights.scope ? html`<p>${MAY[rights.scope]} <button type="button" @click=${() => this.#use('')}>Forget the token</button></p>`
    : html`<form @submit=${(event) => { event.preventDefault(); this.#use(new FormData(event.target).get('token').trim()); }}>
        <p class="soft">${this.why ?? 'With a token you see and steer more.'} It stands in the coordinator’s directory (admin.token), and is forgotten when this tab is closed.</p>
        <label class="inline">Token <input type="password" name="token" autocomplete="off" required aria-invalid=${String(Boolean(this.trouble))} aria-describedby="token-trouble"></label>
        <button class="main" type="submit" ?disabled=${this.busy}>Use it</button></form>`}
      <p id="token-trouble" class="why" role="alert">${this.trouble ?? nothing}</p></section>`;
  }

  #use(text) {
    token.set(text);
    return this.#learn();
  }

  async #learn() {
    this.busy = true;
    this.trouble = undefined;
    try {
      await learn();
    } catch (error) {
      token.set('');
      this.trouble = error.status === 401 ? 'That is not a token of this coordinator.' : error.message;
      dispatchEvent(new Event('vidtomo-rights'));
    }
    this.busy = false;
  }
}

customElements.define('token-panel', TokenPanel);

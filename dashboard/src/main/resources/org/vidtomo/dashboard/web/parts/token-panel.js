// The administrator's token: kept until the tab is closed, sent to this dashboard alone.

import { get, token } from '../api.js';
import { fill } from '../format.js';
import { Element, html, nothing } from '../lit.js';
import { TOKEN } from '../texts.js';

const RANK = ['read', 'submit', 'admin'];
const AGAIN_MILLIS = 5_000;

/** Which of the coordinator's rights the token has; undefined without one. */
export const rights = { scope: undefined };

/** Whether these rights are given. */
export const may = (scope) => RANK.indexOf(rights.scope) >= RANK.indexOf(scope);

function become(scope) {
  rights.scope = scope;
  dispatchEvent(new Event('vidtomo-rights'));
}

/** Finds out what a token may do. */
async function learn() {
  become(token.get() ? (await get('admin/scope')).scope : undefined);
}

let ended = false;

// The coordinator knows the token no more.
addEventListener('vidtomo-token-refused', () => {
  ended = rights.scope !== undefined;
  become(undefined);
});

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

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.again);
  }

  render() {
    const told = this.trouble ?? (ended ? TOKEN.ended : undefined);
    return html`<section class="card token"><h2>${rights.scope ? TOKEN.in : TOKEN.out}</h2>
      ${rights.scope ? html`<p>${TOKEN.may[rights.scope]} <button type="button" @click=${() => this.#use('')}>${TOKEN.forget}</button></p>`
    : html`<form @submit=${(event) => { event.preventDefault(); this.#use(new FormData(event.target).get('token').trim()); }}>
        <p class="soft">${this.why ?? TOKEN.why} ${TOKEN.where}</p>
        <label class="inline">${TOKEN.label} <input type="password" name="token" autocomplete="off" required aria-invalid=${String(Boolean(told))} aria-describedby="token-trouble"></label>
        <button class="main" type="submit" ?disabled=${this.busy}>${TOKEN.use}</button></form>`}
      <p id="token-trouble" class="why" role="alert">${told ?? nothing}</p></section>`;
  }

  #use(text) {
    ended = false;
    token.set(text);
    return this.#learn();
  }

  async #learn() {
    clearTimeout(this.again);
    this.busy = true;
    try {
      await learn();
      this.trouble = undefined;
    } catch (error) {
      this.trouble = this.#refusal(error);
    }
    this.busy = false;
  }

  /** A token is forgotten when it is wrong, not when nobody can say whether it is. */
  #refusal({ status, retryAfter, message }) {
    if (status === 401) return TOKEN.wrong;
    if (status === 0 || status >= 500) {
      this.again = setTimeout(() => this.#learn(), AGAIN_MILLIS);
      return message;
    }
    token.set('');
    return status === 429 ? fill(TOKEN.wait, retryAfter) : message;
  }
}

customElements.define('token-panel', TokenPanel);

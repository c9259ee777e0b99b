// What all views share.

import { html, nothing } from '../lit.js';
import { NOTHING_YET, PAGE } from '../texts.js';

/** An answer's state around what is drawn of it: waiting, trouble, nothing. What was there stays meanwhile. */
export function shown(answer, draw, { empty = () => false } = {}) {
  const { value, error } = answer;
  return html`
    ${error ? html`<p class="notice" role="alert">${error.message}</p>` : nothing}
    ${value === undefined
      ? (error ? nothing : html`<div class="card waiting" aria-busy="true"><p class="soft">${PAGE.computing}</p></div>`)
      : html`<div class=${answer.stale ? 'stale' : ''} aria-busy=${String(answer.stale)}>
          ${empty(value) ? html`<div class="card"><p class="soft">${NOTHING_YET}</p></div>` : draw(value)}
        </div>`}`;
}

/** A link within the page. */
export const link = (to, content, name = '') => html`<a href=${to} data-link class=${name || nothing}>${content}</a>`;

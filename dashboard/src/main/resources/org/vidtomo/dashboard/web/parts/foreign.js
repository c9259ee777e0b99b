// Text from outside: only ever text, of bounded length, and kept from turning what stands around it.

import { fill } from '../format.js';
import { html, nothing } from '../lit.js';
import { PAGE } from '../texts.js';

const TITLE_LIMIT = 2000;
const NAME_LIMIT = 40;

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text from outside; what is cut off says so, and can be read by pointing at it. */
export function foreign(text, limit = 300) {
  const all = String(text ?? '');
  return all.length > limit
    ? html`<bdi class="foreign" title=${all.slice(0, TITLE_LIMIT)}>${all.slice(0, limit)}…</bdi>`
    : html`<bdi class="foreign">${all}</bdi>`;
}

/** The same where no element can stand: a chart's label, an option, the page's title. */
export function plain(text, limit = NAME_LIMIT) {
  const all = String(text ?? '').replace(CONTROLS, '');
  return all.length > limit ? `${all.slice(0, limit)}…` : all;
}

/** A group as it is called; networks have numbers. */
export const groupName = (key, by) => (by === 'asn' && /^\d+$/.test(key) ? `AS${key}` : by === 'hour' ? `${key}:00` : key);

/** A sentence of the dashboard's about what does not take part. */
export const leftOut = (text) => (text ? html`<p class="caveat why">${fill(PAGE.leftOut, foreign(text, 1000))}${text.endsWith('.') ? '' : '.'}</p>` : nothing);

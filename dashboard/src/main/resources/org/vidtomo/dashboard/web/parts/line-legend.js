// Names of lines, with their colours and strokes; each can be left out.

import { html, svg } from '../lit.js';
import { SERIES, STROKES } from './chart-frame.js';
import { PAGE } from '../texts.js';

/** How many lines a chart shows at first: more would not be told apart. */
export const AT_FIRST = 6;

const dashes = (stroke) => (stroke === 'solid' ? '' : stroke.join(' '));

/** Which are shown: those that were chosen, otherwise the first. */
export const visible = (keys, toggled) => keys.filter((key, i) => toggled.get(key) ?? i < AT_FIRST);

/** Buttons that show and hide lines. */
export function legend(keys, toggled, name, toggle) {
  const on = new Set(visible(keys, toggled));
  return html`<div class="lines" role="group" aria-label=${PAGE.lines}>${keys.map((key, i) => html`<button type="button"
    aria-pressed=${String(on.has(key))} @click=${() => toggle(key, !on.has(key))}>
    <svg width="30" height="10" aria-hidden="true" class=${`stroke-${(i % SERIES) + 1}`}>${svg`<line x1="1" y1="5" x2="29" y2="5" stroke-dasharray=${dashes(STROKES[i % STROKES.length])}></line>`}</svg>
    ${name(key)}</button>`)}</div>`;
}

// Tables, and what every view offers of its numbers: a table, CSV, JSON.

import { address } from '../api.js';
import { html, nothing } from '../lit.js';
import { PAGE } from '../texts.js';

/** A table: headings, and rows of cells that are templates or text. It scrolls by itself where it is too wide. */
export function table(caption, headings, rows, { numbers = false } = {}) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
    <table class=${numbers ? 'numbers' : ''}>
      <caption>${caption}</caption>
      <thead><tr>${headings.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
      <tbody>${rows.map((cells) => html`<tr>${cells.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}</th>` : html`<td>${cell}</td>`))}</tr>`)}</tbody>
    </table>
  </div>`;
}

/** The same numbers as a table and as files. */
export function numbers({ title, path, parameters, content = nothing, formats = ['csv', 'json'] }) {
  const link = (format) => address(path, { ...parameters, format });
  return html`<div class="numbers-of">
    ${content === nothing ? nothing : html`<details class="as-table"><summary>${PAGE.table}</summary>${content}</details>`}
    <p class="downloads"><span class="soft">${title ?? PAGE.numbers}:</span>
      ${formats.map((format) => html`<a href=${link(format)} download>${format.toUpperCase()}</a> `)}</p>
  </div>`;
}

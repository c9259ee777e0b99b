// The way from the page to the video: each hop with its phases, on one clock.

import { fill, micros } from '../format.js';
import { html, nothing, vars } from '../lit.js';
import { foreign } from './foreign.js';
import { HOPS } from '../texts.js';

const PHASES = Object.entries(HOPS.phases);
const DEEPEST = 6;

/** Hops as a tree, their phases as a waterfall. */
export function way({ hops = [] }) {
  if (hops.length === 0) return nothing;
  const lengths = hops.map((hop) => PHASES.map(([key]) => hop.phases?.[`${key}Micros`] ?? 0));
  const sums = lengths.map((each) => each.reduce((a, b) => a + b, 0));
  const total = sums.reduce((a, b) => a + b, 0) || 1;
  let before = 0;
  const rows = hops.map((hop, i) => {
    const start = before;
    before += sums[i];
    return html`<li ${vars({ depth: String(Math.min(i, DEEPEST)) })}>
      ${about(hop)}
      ${waterfall(lengths[i], sums[i], start, total)}</li>`;
  });
  return html`<section class="card"><h2>${HOPS.way}</h2>
    <p class="soft">${hops.length === 1 ? fill(HOPS.one, micros(before)) : fill(HOPS.many, hops.length, micros(before))}</p>
    <ol class="hops">${rows}</ol>
    <p class="legend">${PHASES.map(([key, name]) => html`<span><i class=${`phase ${key}`}></i>${name}</span>`)}</p></section>`;
}

function about(hop) {
  const facts = [hop.address, hop.protocol, hop.tls, hop.proxied ? HOPS.proxy : null].filter(Boolean);
  return html`<div class="hop">
    <span class=${hop.failure || hop.status >= 400 ? 'badge failed' : hop.status >= 300 ? 'badge' : 'badge ok'}>${hop.status ?? HOPS.silent}</span>
    ${foreign(hop.url, 160)}
    <small>${facts.map((text, i) => html`${i > 0 ? ' · ' : ''}${foreign(text, 80)}`)}</small>
    ${hop.failure ? html`<small class="why">${foreign(`${hop.failure.kind.replaceAll('_', ' ')}: ${hop.failure.detail}`, 300)}</small>` : nothing}</div>`;
}

function waterfall(lengths, sum, start, total) {
  let at = start;
  const words = PHASES.map(([, name], i) => (lengths[i] > 0 ? `${name} ${micros(lengths[i])}` : null)).filter(Boolean).join(', ');
  return html`<div class="fall">
    <div class="track" aria-hidden="true">${PHASES.map(([key], i) => {
    const left = at;
    at += lengths[i];
    return lengths[i] === 0 ? nothing : html`<i class=${`phase ${key}`} ${vars({ from: `${(left / total) * 100}%`, to: `${(at / total) * 100}%` })}></i>`;
  })}</div>
    <small>${sum > 0 ? html`<strong>${micros(sum)}</strong>: ${words}` : nothing}</small></div>`;
}

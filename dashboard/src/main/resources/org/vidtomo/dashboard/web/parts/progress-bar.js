// Tasks as one bar, with its numbers in words.

import { count, fill } from '../format.js';
import { html, nothing, vars } from '../lit.js';
import { PROGRESS } from '../texts.js';
import { foreign } from './foreign.js';

const PARTS = ['ok', 'failed', 'other', 'expired', 'cancelled', 'running'];

/** How far a campaign is. The bar is for eyes alone: some screen readers sound whenever one moves, and its words say the same. */
export function progress({ planned: all, done, expired, cancelled, running, outcomes }) {
  const ok = outcomes.ok ?? 0;
  const failed = outcomes.failed ?? 0;
  const counts = { ok, failed, other: done - ok - failed, expired, cancelled, running };
  const planned = Math.max(1, all);
  const ended = done + expired + cancelled;
  let at = 0;
  const parts = PARTS.map((key) => {
    const from = at;
    at += counts[key] / planned;
    return { key, number: counts[key], from, to: at };
  });
  const some = parts.filter(({ number }) => number > 0);
  return html`<div class="progress" data-ended=${ended} data-planned=${all}>
    <div class="track" aria-hidden="true">
      ${parts.map(({ key, number, from, to }) => html`<i class=${`part ${key}`} ?hidden=${number <= 0} ${vars({ from: `${from * 100}%`, to: `${to * 100}%` })}></i>`)}
    </div>
    <small>${some.length === 0 ? fill(PROGRESS.none, count(all)) : html`${fill(PROGRESS.some, count(ended), count(all))}${some.map(({ key, number }, i) => html`${i > 0 ? ', ' : ''}<span class="key"><i class=${`part ${key}`}></i>${count(number)} ${PROGRESS[key]}</span>`)}`}</small>
  </div>`;
}

/** The same for each ISP, where each is to measure each video. */
export function byProvider({ providers }) {
  const entries = Object.entries(providers ?? {});
  return entries.length === 0 ? nothing
    : html`<ul class="list">${entries.map(([name, counts]) => html`<li class="row isp"><strong>${foreign(name, 60)}</strong>${progress(counts)}</li>`)}</ul>`;
}

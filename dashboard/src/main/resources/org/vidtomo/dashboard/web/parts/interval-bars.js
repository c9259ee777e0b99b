// Groups as a ranked list: what is usual, what is certain, and where there is too little to say.

import { fill, percent, plural, quantity, ticks } from '../format.js';
import { Element, html, nothing, repeat, vars } from '../lit.js';
import { href } from '../place.js';
import { BARS, METRICS, NOUNS, PAGE, PREFIXES } from '../texts.js';
import { foreign, groupName } from './foreign.js';

/** A tail longer than so many times the greatest middle is cut off, visibly. */
const LONG_TAIL = 1.6;

/** What stands for a group's middle: of a ratio its mean. */
export const middle = (group) => group.mean ?? group.p50;

/** Best first; what cannot be ranked after what can, what mostly failed last. */
export function ordered({ groups, metric }) {
  const sign = METRICS[metric].higher ? -1 : 1;
  const value = (group) => (middle(group) === undefined ? Infinity : sign * middle(group));
  return [...groups].sort((a, b) => Number(b.enough) - Number(a.enough)
    || (a.rank ?? 0) - (b.rank ?? 0) || value(a) - value(b) || a.key.localeCompare(b.key));
}

/** The end of the axis: it holds every group's middle and what is sure of it, but not one long tail that would press all together. */
function scaleOf(groups) {
  const most = Math.max(0, ...groups.flatMap((g) => [middle(g) ?? 0, g.interval?.[1] ?? 0]));
  const tail = Math.max(0, ...groups.map((g) => g.p90 ?? 0));
  return ticks(Math.max(most, Math.min(tail, most > 0 ? most * LONG_TAIL : tail)));
}

class IntervalBars extends Element {
  static properties = { comparison: { attribute: false }, query: { attribute: false } };

  render() {
    const { comparison } = this;
    const groups = ordered(comparison);
    const scale = scaleOf(groups);
    const top = scale[scale.length - 1];
    const tied = new Map();
    groups.forEach((g) => g.rank !== undefined && tied.set(g.rank, (tied.get(g.rank) ?? 0) + 1));
    return html`
      ${legend(comparison)}
      <ol class="bars">${repeat(groups, (group) => group.key, (group) => this.#bar(group, top, tied.get(group.rank) > 1))}</ol>
      <div class="axis" aria-hidden="true">${scale.map((tick) => html`<span ${vars({ at: `${(tick / top) * 100}%` })}>${quantity(tick, comparison.unit)}</span>`)}</div>`;
  }

  #bar(group, top, tie) {
    const { comparison } = this;
    const value = middle(group);
    return html`<li class=${group.enough ? 'bar' : 'bar descriptive'} data-group=${group.key}>
      <div class="who">
        <span class="rank">${group.rank === undefined ? html`<span class="soft">–</span>` : html`${group.rank}${tie ? html`<small title=${BARS.shared}> ${BARS.tie}</small>` : nothing}`}</span>
        <strong>${this.#name(group)}</strong>
      </div>
      <div class="track" aria-hidden="true">${marks(group, top)}</div>
      <div class="value">
        <strong>${value === undefined ? PAGE.mostlyFailed : quantity(value, comparison.unit)}</strong>
        <small>${spread(group, comparison.unit)}</small>
      </div>
      <p class="n">${group.enough ? counts(group) : html`<span class="tag">${shortage(group)}</span> ${plural(group.n.videos, NOUNS.video)}`}${failed(group, comparison)}</p>
    </li>`;
  }

  #name(group) {
    const { by } = this.comparison;
    const name = foreign(groupName(group.key, by), 60);
    return by === 'provider' && this.query
      ? html`<a href=${href('/measurements', { ...this.query, provider: group.key })} data-link title=${BARS.measurements}>${name}</a>` : name;
  }
}

function marks(group, top) {
  const share = (value) => `${Math.min(100, (value / top) * 100)}%`;
  const value = middle(group);
  const beyond = group.p90 === undefined || group.p90 > top;
  return html`
    ${group.p10 === undefined && group.p90 === undefined ? nothing
      : html`<i class=${beyond ? 'range open' : 'range'} ${vars({ from: share(group.p10 ?? 0), to: beyond ? '100%' : share(group.p90) })}></i>`}
    ${group.interval ? html`<i class="interval" ${vars({ from: share(Math.max(0, group.interval[0])), to: share(group.interval[1]) })}></i>` : nothing}
    ${value === undefined ? nothing : html`<i class="median" ${vars({ at: share(value) })}></i>`}`;
}

function legend({ unit, groups, metric }) {
  const ratio = unit === 'ratio';
  return html`<p class="how">
    <span><span class="sample"><i class="median"></i></span> ${ratio ? BARS.mean : BARS.middle}</span>
    ${groups.some((g) => g.interval) ? html`<span><span class="sample"><i class="interval"></i></span> ${BARS.sure}</span>` : nothing}
    <span><span class="sample"><i class="range"></i></span> ${ratio ? BARS.mostAgents : BARS.most}</span>
    <span>${METRICS[metric].better}</span></p>`;
}

const counts = ({ n }) => fill(BARS.n, plural(n.cells, NOUNS.cell), plural(n.agents, NOUNS.agent), plural(n.prefixes, ...PREFIXES), plural(n.videos, NOUNS.video));

const failed = (group, { metric }) => (group.failedShare > 0 && metric !== 'failure_ratio' ? ` · ${fill(BARS.failed, percent(group.failedShare))}` : '');

/** What a group has too little of, in the words of the API: "not enough data (n = …)". */
const shortage = (group) => (group.why ?? BARS.little).replace(/\).*$/, ')');

function spread(group, unit) {
  if (group.p10 === undefined) return '';
  if (group.p90 === undefined) return fill(BARS.from, quantity(group.p10, unit));
  return `${quantity(group.p10, unit)} – ${quantity(group.p90, unit)}`;
}

customElements.define('interval-bars', IntervalBars);

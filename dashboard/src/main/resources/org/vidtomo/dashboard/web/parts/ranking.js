// Groups side by side: the sentence, the ranked list, and what stands behind both.

import { shared } from '../filters.js';
import { count, listed, plural, quantity, time } from '../format.js';
import { html, nothing } from '../lit.js';
import { CANNOT_SAY, DIMENSIONS, LIKE_WITH_LIKE, METRICS, WORDS } from '../texts.js';
import { foreign, groupName, leftOut } from './foreign.js';
import { middle, ordered } from './interval-bars.js';
import { numbers, table } from './table.js';

/** A comparison as it is asked for by these parameters, in a view of this query. */
export function ranking(comparison, parameters, query) {
  return html`<section class="card">
      <h2 class="headline">${sentence(comparison)}</h2>
      <p class="soft">${METRICS[comparison.metric].name}: ${METRICS[comparison.metric].axis}.</p>
      <interval-bars .comparison=${comparison} .query=${shared(query)}></interval-bars>
      ${reasons(comparison.groups).map((reason) => html`<p class="caveat why">${foreign(reason, 1000)}</p>`)}
      ${leftOut(comparison.leftOut)}
      <p class="caveat"><strong>What this cannot say:</strong> ${CANNOT_SAY}${query.technology ? '' : ` ${LIKE_WITH_LIKE}`}</p>
      <p class="caveat"><strong>What is counted:</strong> ${WORDS}</p>
      ${numbers({ title: 'This comparison', path: 'compare', parameters, content: groupTable(comparison) })}
    </section>
    ${pairs(comparison)}
    <details class="card"><summary>How this is computed</summary>
      <p>${comparison.method}</p>
      <p class="soft">Computed ${time(comparison.computedAt)}.</p></details>`;
}

/** What the picture says, and no more than it can. */
function sentence(comparison) {
  const metric = METRICS[comparison.metric];
  const [one, many] = DIMENSIONS[comparison.by];
  const name = (group) => foreign(groupName(group.key, comparison.by), 60);
  const value = (group) => (middle(group) === undefined ? 'mostly fails' : quantity(middle(group), comparison.unit));
  const said = (group) => html`${name(group)} (${value(group)})`;
  const ranked = ordered(comparison).filter((g) => g.rank !== undefined);
  if (ranked.length > 1) {
    const first = ranked.filter((g) => g.rank === 1);
    const last = ranked[ranked.length - 1];
    if (last.rank === 1) return html`No ${one} is surely better than another: ${listed(ranked.slice(0, 4).map(said))}${ranked.length > 4 ? ' …' : ''}.`;
    return html`${metric.best} ${listed(first.slice(0, 3).map(said))}${first.length > 3 ? html` and ${first.length - 3} more` : nothing},
      ${metric.worst} ${said(last)}.`;
  }
  const known = ordered(comparison).filter((g) => middle(g) !== undefined)
    .sort((a, b) => (metric.higher ? middle(b) - middle(a) : middle(a) - middle(b)));
  if (known.length < 2) return html`${plural(comparison.groups.length, one, many)}: nothing to compare yet.`;
  const best = known[0];
  const worst = comparison.groups.find((g) => middle(g) === undefined) ?? known[known.length - 1];
  if (middle(best) === middle(worst)) return html`No difference between ${plural(known.length, one, many)} (${value(worst)}), in this small panel.`;
  return html`${metric.best} ${said(best)}, ${metric.worst} ${said(worst)}, in this small panel.`;
}

/** Why not more is said, each reason once: each row tells its own n. */
function reasons(groups) {
  const all = groups.flatMap((g) => (g.why ? g.why.replace(/ \(n = [^)]*\)/, '').replace(/, there are \d+$/, '').split('; ') : []));
  // Each row says itself how much failed.
  return [...new Set(all)].filter((text) => !/^p\d+ is not finite/.test(text)).slice(0, 4).map((text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
}

function groupTable({ groups, unit, by, ...comparison }) {
  const value = (number) => (number === undefined ? '–' : quantity(number, unit));
  return table(`${METRICS[comparison.metric].name}, by ${DIMENSIONS[by][0]}`,
    [DIMENSIONS[by][0], 'Rank', unit === 'ratio' ? 'Mean' : 'Median', '95 % interval', 'Best 10 %', 'Worst 10 %', 'Cells', 'Agents', 'Prefixes', 'Videos'],
    ordered({ groups, ...comparison }).map((g) => [
      foreign(groupName(g.key, by), 60), g.rank ?? '–', value(middle(g)),
      g.interval ? `${value(g.interval[0])} to ${value(g.interval[1])}` : '–',
      value(g.p10), value(g.p90), count(g.n.cells), count(g.n.agents), count(g.n.prefixes), count(g.n.videos),
    ]), { numbers: true });
}

function pairs({ pairs: found, unit, by }) {
  if (found.length === 0) return nothing;
  const name = (key) => foreign(groupName(key, by), 60);
  return html`<details class="card"><summary>Two at a time, on the same videos in the same hours</summary>
    ${table('Differences: the first less the second', ['Pair', 'Difference', '95 % interval', 'p', 'Videos × hours', 'Why not more'], found.map((pair) => [
      html`${name(pair.a)} beside ${name(pair.b)}`,
      pair.difference === undefined ? '–' : quantity(pair.difference, unit),
      pair.interval ? `${quantity(pair.interval[0], unit)} to ${quantity(pair.interval[1], unit)}` : '–',
      pair.adjustedP === undefined ? '–' : pair.adjustedP.toPrecision(2),
      count(pair.videoSlots),
      pair.why ? foreign(pair.why, 300) : '',
    ]), { numbers: true })}</details>`;
}

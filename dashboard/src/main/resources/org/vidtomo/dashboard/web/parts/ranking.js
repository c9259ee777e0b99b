// Groups side by side: the sentence, the ranked list, and what stands behind both.

import { shared } from '../filters.js';
import { count, fill, listed, plural, quantity, time } from '../format.js';
import { html, nothing } from '../lit.js';
import { CANNOT_SAY, COLUMNS, DIMENSIONS, LIKE_WITH_LIKE, METRICS, PAGE, RANKING, WORDS } from '../texts.js';
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
      <p class="caveat"><strong>${PAGE.cannotSay}</strong> ${CANNOT_SAY}${query.technology ? '' : ` ${LIKE_WITH_LIKE}`}</p>
      <p class="caveat"><strong>${PAGE.counted}</strong> ${WORDS}</p>
      ${numbers({ title: RANKING.numbers, path: 'compare', parameters, content: groupTable(comparison) })}
    </section>
    ${pairs(comparison)}
    <details class="card"><summary>${RANKING.how}</summary>
      <p>${comparison.method}</p>
      <p class="soft">${fill(RANKING.computed, time(comparison.computedAt))}</p></details>`;
}

/** What the picture says, and no more than it can. */
function sentence(comparison) {
  const metric = METRICS[comparison.metric];
  const [one, many] = DIMENSIONS[comparison.by];
  const name = (group) => foreign(groupName(group.key, comparison.by), 60);
  const value = (group) => (middle(group) === undefined ? PAGE.mostlyFails : quantity(middle(group), comparison.unit));
  const said = (group) => html`${name(group)} (${value(group)})`;
  const ranked = ordered(comparison).filter((g) => g.rank !== undefined);
  if (ranked.length > 1) {
    const first = ranked.filter((g) => g.rank === 1);
    const last = ranked[ranked.length - 1];
    if (last.rank === 1) return html`${fill(RANKING.none, one, html`${listed(ranked.slice(0, 4).map(said))}${ranked.length > 4 ? ' …' : ''}`)}`;
    return html`${metric.best} ${listed(first.slice(0, 3).map(said))}${first.length > 3 ? html` ${fill(RANKING.more, first.length - 3)}` : nothing},
      ${metric.worst} ${said(last)}.`;
  }
  const known = ordered(comparison).filter((g) => middle(g) !== undefined)
    .sort((a, b) => (metric.higher ? middle(b) - middle(a) : middle(a) - middle(b)));
  if (known.length < 2) return html`${fill(RANKING.alone, plural(comparison.groups.length, one, many))}`;
  const best = known[0];
  const worst = comparison.groups.find((g) => middle(g) === undefined) ?? known[known.length - 1];
  if (middle(best) === middle(worst)) return html`${fill(RANKING.same, plural(known.length, one, many), value(worst))}`;
  return html`${metric.best} ${said(best)}, ${metric.worst} ${said(worst)}${RANKING.small}`;
}

/** Why not more is said, each reason once: each row tells its own n. */
function reasons(groups) {
  const all = groups.flatMap((g) => (g.why ? g.why.replace(/ \(n = [^)]*\)/, '').replace(/, there are \d+$/, '').split('; ') : []));
  // Each row says itself how much failed.
  return [...new Set(all)].filter((text) => !/^p\d+ is not finite/.test(text)).slice(0, 4).map((text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
}

function groupTable({ groups, unit, by, ...comparison }) {
  const value = (number) => (number === undefined ? '–' : quantity(number, unit));
  return table(fill(RANKING.caption, METRICS[comparison.metric].name, DIMENSIONS[by][0]),
    [DIMENSIONS[by][0], COLUMNS.rank, unit === 'ratio' ? COLUMNS.mean : COLUMNS.median, COLUMNS.interval, COLUMNS.best, COLUMNS.worst, COLUMNS.cells, COLUMNS.agents, COLUMNS.prefixes, COLUMNS.videos],
    ordered({ groups, ...comparison }).map((g) => [
      foreign(groupName(g.key, by), 60), g.rank ?? '–', value(middle(g)),
      g.interval ? fill(PAGE.fromTo, value(g.interval[0]), value(g.interval[1])) : '–',
      value(g.p10), value(g.p90), count(g.n.cells), count(g.n.agents), count(g.n.prefixes), count(g.n.videos),
    ]), { numbers: true });
}

function pairs({ pairs: found, unit, by }) {
  if (found.length === 0) return nothing;
  const name = (key) => foreign(groupName(key, by), 60);
  return html`<details class="card"><summary>${RANKING.pairs}</summary>
    ${table(RANKING.differences, RANKING.pairColumns, found.map((pair) => [
      html`${fill(RANKING.beside, name(pair.a), name(pair.b))}`,
      pair.difference === undefined ? '–' : quantity(pair.difference, unit),
      pair.interval ? fill(PAGE.fromTo, quantity(pair.interval[0], unit), quantity(pair.interval[1], unit)) : '–',
      pair.adjustedP === undefined ? '–' : pair.adjustedP.toPrecision(2),
      count(pair.videoSlots),
      pair.why ? foreign(pair.why, 300) : '',
    ]), { numbers: true })}</details>`;
}

// ISPs side by side for one metric, in plain words.

import { foreign, h, link, show, table } from '../dom.js';
import { get } from '../api.js';
import { on, throttle } from '../live.js';
import { count, percent, plural, quantity, ticks, time } from '../format.js';
import { CANNOT_SAY, DIMENSIONS, METRICS } from '../texts.js';

const FILTERS = [
  ['campaign', 'Campaign', 'its id'],
  ['service', 'Service', 'such as youtube'],
  ['country', 'Country', 'such as FR'],
  ['asn', 'AS', 'such as 3215'],
  ['technology', 'Access', 'such as fibre'],
  ['from', 'From', '2026-11-01T00:00:00Z'],
  ['to', 'To', '2026-12-01T00:00:00Z'],
];

function read() {
  const query = new URLSearchParams(location.search);
  const chosen = Object.fromEntries(query);
  if (!METRICS[chosen.metric]) chosen.metric = 'startup_delay';
  if (!DIMENSIONS[chosen.by]) chosen.by = 'provider';
  return chosen;
}

function address(chosen) {
  const query = new URLSearchParams(Object.entries(chosen).filter(([, v]) => v));
  return `/?${query}`;
}

export async function render(main) {
  let chosen = read();
  const picture = h('section', { class: 'card', 'aria-live': 'polite', 'aria-busy': 'true' }, h('p', { class: 'quiet' }, 'Comparing…'));
  const pairs = h('section', {});
  const controls = h('div', { class: 'controls' });
  const choose = (change) => {
    chosen = { ...chosen, ...change };
    history.pushState(null, '', address(chosen));
    drawControls();
    return load();
  };
  const drawControls = () => show(controls, metricChoice(chosen, choose), filters(chosen, choose));
  const load = async () => {
    const asked = JSON.stringify(chosen);
    try {
      const comparison = await get('compare', chosen);
      if (asked !== JSON.stringify(chosen)) return;
      show(picture, ...drawPicture(comparison));
      show(pairs, ...drawPairs(comparison), ...drawMethod(comparison));
    } catch (error) {
      if (asked !== JSON.stringify(chosen)) return;
      show(picture, h('p', { class: 'notice', role: 'alert' }, error.message));
      show(pairs);
    } finally {
      picture.setAttribute('aria-busy', 'false');
    }
  };
  show(main,
    h('h1', {}, 'How video reaches people'),
    h('p', { class: 'lead' }, 'Volunteers’ agents play the same videos through different ISPs. Pick what matters to you.'),
    controls, picture, pairs);
  drawControls();
  await load();
  const refresh = throttle(3000, load);
  const offs = [on('measurement', refresh), on('again', refresh)];
  return () => {
    offs.forEach((off) => off());
    refresh.cancel();
  };
}

function metricChoice(chosen, choose) {
  const entries = Object.entries(METRICS);
  const button = ([key, metric]) => h('button', {
    type: 'button', 'data-metric': key, 'aria-pressed': String(key === chosen.metric), onclick: () => choose({ metric: key }),
  }, metric.name);
  const rest = entries.filter(([, metric]) => metric.more);
  const inRest = rest.some(([key]) => key === chosen.metric);
  return h('div', { class: 'choice', role: 'group', 'aria-label': 'What to compare' },
    entries.filter(([, metric]) => !metric.more).map(button),
    h('select', {
      'aria-label': 'More to compare', class: inRest ? 'chosen' : null,
      onchange: (event) => event.target.value && choose({ metric: event.target.value }),
    },
    h('option', { value: '' }, 'more…'),
    rest.map(([key, metric]) => h('option', { value: key, selected: key === chosen.metric }, metric.name))));
}

function filters(chosen, choose) {
  const used = FILTERS.filter(([key]) => chosen[key]).length + (chosen.family ? 1 : 0);
  const field = ([key, label, hint]) => h('label', {}, label,
    h('input', { name: key, value: chosen[key] ?? '', placeholder: hint, autocomplete: 'off' }));
  return h('details', { class: 'filters', open: used > 0 || chosen.by !== 'provider' },
    h('summary', {}, used > 0 ? `Filter (${used})` : 'Filter and group'),
    h('form', {
      onsubmit: (event) => {
        event.preventDefault();
        choose(Object.fromEntries(new FormData(event.target)));
      },
    },
    h('label', {}, 'Compare by', h('select', { name: 'by' },
      Object.entries(DIMENSIONS).map(([key, [one]]) => h('option', { value: key, selected: key === chosen.by }, one)))),
    FILTERS.map(field),
    h('label', {}, 'Address family', h('select', { name: 'family' },
      [['', 'both'], ['ipv4', 'IPv4'], ['ipv6', 'IPv6']].map(([value, name]) =>
        h('option', { value, selected: value === (chosen.family ?? '') }, name)))),
    h('button', { type: 'submit' }, 'Apply')));
}

/** What stands for a group's middle: of a ratio its mean. */
const middle = (group) => group.mean ?? group.p50;

function drawPicture(comparison) {
  const metric = METRICS[comparison.metric];
  const groups = comparison.groups;
  if (groups.length === 0) {
    return [h('h2', {}, metric.name), h('p', { class: 'quiet' }, 'No measurement yet that fits. They appear here as they come in.')];
  }
  const finite = groups.flatMap((g) => [g.p90, g.p50, g.mean, g.interval?.[1]]).filter((v) => v !== undefined);
  const scale = ticks(Math.max(...finite, 0));
  const top = scale[scale.length - 1];
  return [
    h('h2', {}, sentence(comparison)),
    h('p', { class: 'quiet' }, `What is shown: ${metric.axis}. Bars reach from the best 10 % to the worst 10 %, the line is the ${comparison.unit === 'ratio' ? 'mean' : 'middle'}.`),
    h('ol', { class: 'bars' }, groups.map((group) => bar(group, comparison, top))),
    axis(scale, top, comparison.unit),
    reasons(groups).map((reason) => h('p', { class: 'caveat why' }, foreign(reason))),
    comparison.leftOut ? h('p', { class: 'caveat why' }, `Left out: ${comparison.leftOut}.`) : null,
    h('p', { class: 'caveat' }, CANNOT_SAY),
  ];
}

function bar(group, comparison, top) {
  const share = (value) => `${Math.min(100, (value / top) * 100)}%`;
  const value = middle(group);
  const from = group.p10 ?? 0;
  const open = group.p90 === undefined;
  const failed = group.failedShare > 0 && comparison.metric !== 'failure_ratio';
  return h('li', { class: group.enough ? 'bar' : 'bar descriptive', 'data-group': group.key, title: group.why },
    h('div', { class: 'who' },
      h('span', { class: 'rank' }, group.rank === undefined ? '' : `${group.rank}.`),
      h('strong', {}, foreign(group.key, 60)),
      group.enough ? null : h('span', { class: 'tag' }, `descriptive: ${shortage(group)}`)),
    h('div', { class: 'track', 'aria-hidden': 'true' },
      group.p10 === undefined && open ? null
        : h('div', { class: open ? 'range open' : 'range', '--from': share(from), '--to': open ? '100%' : share(group.p90) }),
      group.interval ? h('div', { class: 'interval', '--from': share(group.interval[0]), '--to': share(group.interval[1]) }) : null,
      value === undefined ? null : h('div', { class: 'median', '--at': share(value) })),
    h('div', { class: 'value' },
      h('strong', {}, value === undefined ? 'mostly failed' : quantity(value, comparison.unit)),
      h('small', {}, spread(group, comparison.unit))),
    h('p', { class: 'n' },
      `n = ${plural(group.n.cells, 'cell')} of ${plural(group.n.agents, 'agent')} in ${plural(group.n.prefixes, 'network')}, ${plural(group.n.videos, 'video')}`,
      failed ? ` · ${percent(group.failedShare)} failed` : ''));
}

/** What a group has too little of, in the words of the API: "not enough data (n = …)". */
const shortage = (group) => (group.why ?? 'not enough data').replace(/\).*$/, ')');

/** Why not more is said, each reason once: each row tells its own n. */
function reasons(groups) {
  const all = groups.filter((g) => g.why).map((g) => {
    const text = g.why.replace(/ \(n = [^)]*\)/, '');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  });
  return [...new Set(all)];
}

function spread(group, unit) {
  if (group.p10 === undefined) return '';
  if (group.p90 === undefined) return `from ${quantity(group.p10, unit)}; the worst 10 % failed`;
  return `${quantity(group.p10, unit)} – ${quantity(group.p90, unit)}`;
}

function axis(scale, top, unit) {
  return h('div', { class: 'axis', 'aria-hidden': 'true' },
    scale.map((tick) => h('span', { '--at': `${(tick / top) * 100}%` }, quantity(tick, unit))));
}

/** What the picture says, and no more than it can. */
function sentence(comparison) {
  const metric = METRICS[comparison.metric];
  const [one, many] = DIMENSIONS[comparison.by];
  const known = comparison.groups.filter((g) => middle(g) !== undefined);
  if (known.length < 2) return `${metric.name}: ${plural(comparison.groups.length, one, many)}, nothing to compare yet`;
  const order = known.toSorted((a, b) => (metric.higher ? middle(b) - middle(a) : middle(a) - middle(b)));
  const best = order[0];
  const mostlyFailed = comparison.groups.find((g) => middle(g) === undefined);
  const worst = mostlyFailed ?? order[order.length - 1];
  const worstValue = mostlyFailed ? 'mostly fails' : quantity(middle(worst), comparison.unit);
  if (!mostlyFailed && middle(best) === middle(worst)) {
    return `${metric.name}: no difference between ${plural(known.length, one, many)} (${worstValue})`;
  }
  return [`${metric.best} `, foreign(best.key, 60), ` (${quantity(middle(best), comparison.unit)}), ${metric.worst} `,
    foreign(worst.key, 60), ` (${worstValue})`, comparison.groups.every((g) => g.enough) ? '.' : ', in this small panel.'];
}

function drawPairs(comparison) {
  if (comparison.pairs.length === 0) return [];
  const rows = comparison.pairs.map((pair) => [
    h('span', {}, foreign(pair.a, 60), ' beside ', foreign(pair.b, 60)),
    pair.difference === undefined ? '–' : quantity(pair.difference, comparison.unit),
    pair.interval ? `${quantity(pair.interval[0], comparison.unit)} to ${quantity(pair.interval[1], comparison.unit)}` : '–',
    pair.adjustedP === undefined ? '–' : pair.adjustedP.toPrecision(2),
    count(pair.videoSlots),
    pair.why ?? '',
  ]);
  return [h('details', { class: 'card' },
    h('summary', {}, 'Two at a time, on the same videos in the same hours'),
    table('Differences: the first less the second', ['Pair', 'Difference', '95 % interval', 'p', 'Videos × hours', 'Why not more'], rows))];
}

function drawMethod(comparison) {
  return [h('details', { class: 'card' },
    h('summary', {}, 'How this is computed'),
    h('p', {}, comparison.method),
    h('p', { class: 'quiet' }, `Computed ${time(comparison.computedAt)}. The same as data: `,
      h('a', { href: `/api/v1/compare?${new URLSearchParams(read())}` }, 'JSON'), '. ',
      link('/measurements', 'The measurements themselves')))];
}

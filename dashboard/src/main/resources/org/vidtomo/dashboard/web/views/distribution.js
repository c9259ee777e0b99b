// How often a value is reached: the cumulative distribution of each group.

import { Answer } from '../api.js';
import { asked } from '../filters.js';
import { fill, percent, plural, quantity } from '../format.js';
import { Element, html } from '../lit.js';
import { SERIES, STROKES } from '../parts/chart-frame.js';
import { foreign, groupName, leftOut, plain } from '../parts/foreign.js';
import { legend, visible } from '../parts/line-legend.js';
import { dimensionOf, metricOf } from '../parts/metric.js';
import { numbers, table } from '../parts/table.js';
import { shown } from '../parts/view.js';
import { COLUMNS, DIMENSIONS, METRICS, PAGE, SPREAD } from '../texts.js';

const SHARES = [0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
const TAIL = 0.95;
const WIDE = 40;

export const title = ({ query }) => fill(SPREAD.page, METRICS[metricOf(query)].name);
export const view = (place) => html`<view-distribution .place=${place}></view-distribution>`;

class DistributionView extends Element {
  static properties = { place: { attribute: false }, toggled: { state: true } };

  constructor() {
    super();
    this.answer = new Answer(this);
    this.toggled = new Map();
  }

  get parameters() {
    const { query } = this.place;
    return { ...asked(query), metric: metricOf(query), by: dimensionOf(query) };
  }

  willUpdate() {
    this.answer.ask('distribution', this.parameters);
  }

  render() {
    const metric = METRICS[metricOf(this.place.query)];
    return html`<h1>${fill(SPREAD.title, metric.name.toLowerCase())}</h1>
      <p class="lead">${SPREAD.lead} ${metric.higher ? SPREAD.right : SPREAD.left}</p>
      ${shown(this.answer, (value) => this.#draw(value), { empty: ({ groups }) => groups.every((g) => g.points.length === 0) })}`;
  }

  #draw({ groups, unit, by, metric, leftOut: left }) {
    const keys = groups.map((g) => g.key);
    const on = visible(keys, this.toggled);
    const name = (key) => foreign(groupName(key, by), 40);
    return html`<section class="card">
      <h2 class="headline">${headline(groups, unit, by, metric)}</h2>
      ${legend(keys, this.toggled, name, (key, to) => { this.toggled = new Map(this.toggled).set(key, to); })}
      <chart-frame .height=${380} .label=${SPREAD.chart} .option=${(colours, narrow) => option(groups, on, { unit, by, metric, colours, narrow })}></chart-frame>
      <p class="caveat">${axisOf(groups.filter((g) => on.includes(g.key) && g.points.length > 0), unit).log ? `${SPREAD.log} ` : ''}${SPREAD.below}</p>
      ${leftOut(left)}
      ${numbers({
    title: SPREAD.numbers, path: 'distribution', parameters: this.parameters,
    content: table(fill(SPREAD.caption, METRICS[metric].name), [DIMENSIONS[by][0], ...SHARES.map((share) => percent(share)), COLUMNS.cells, COLUMNS.agents],
      groups.map((g) => [name(g.key), ...SHARES.map((share) => at(g, share, unit)), g.n.cells, g.n.agents]), { numbers: true }),
  })}</section>`;
  }
}

const valueAt = ({ points }, share) => points.find((point) => point[1] >= share)?.[0];

const at = (group, share, unit) => {
  const value = valueAt(group, share);
  return value === undefined ? PAGE.failedValue : quantity(value, unit);
};

function headline(groups, unit, by, metric) {
  const name = (group) => foreign(groupName(group.key, by), 40);
  const { higher } = METRICS[metric];
  const reached = (share) => groups.map((group) => ({ group, value: valueAt(group, share) })).filter(({ value }) => value !== undefined)
    .sort((a, b) => (higher ? b.value - a.value : a.value - b.value));
  // Where more than a tenth failed nothing can be said of nine in ten.
  const most = reached(higher ? 0.1 : 0.9);
  const all = most.length === groups.length;
  const known = all ? most : reached(0.5);
  if (known.length < 2) return html`${fill(SPREAD.alone, plural(groups.length, ...DIMENSIONS[by]))}`;
  const [best, worst] = [known[0], known.at(-1)];
  return html`${fill(all ? (higher ? SPREAD.atLeast : SPREAD.atMost) : higher ? SPREAD.halfAtLeast : SPREAD.halfAtMost, quantity(best.value, unit), name(best.group), quantity(worst.value, unit), name(worst.group))}`;
}

/** Where the axis begins and ends, and whether it is logarithmic. */
function axisOf(drawn, unit) {
  const first = Math.min(...drawn.map((group) => group.points[0][0]));
  const end = Math.max(...drawn.map((group) => valueAt(group, TAIL) ?? group.points.at(-1)[0]));
  return { first, end, log: unit !== 'ratio' && first > 0 && end / first > WIDE };
}

function option(groups, on, { unit, by, metric, colours, narrow }) {
  const drawn = groups.map((group, i) => ({ group, i })).filter(({ group }) => on.includes(group.key) && group.points.length > 0);
  const { first, end, log } = axisOf(drawn.map(({ group }) => group), unit);
  return {
    grid: { left: narrow ? 48 : 64, right: narrow ? 12 : 24, top: 16, bottom: 52 },
    xAxis: {
      type: log ? 'log' : 'value', min: log ? first : 0, max: end > 0 ? end : null, name: METRICS[metric].axis, nameGap: 30,
      axisLabel: { formatter: (value) => quantity(value, unit), showMaxLabel: false }, splitNumber: narrow ? 3 : 6,
    },
    yAxis: { type: 'value', min: 0, max: 1, interval: 0.25, axisLabel: { formatter: (value) => percent(value) } },
    tooltip: { trigger: 'item', formatter: ({ seriesName, value }) => `${seriesName}\n${fill(SPREAD.point, percent(value[1]), quantity(value[0], unit))}` },
    series: drawn.map(({ group, i }) => ({
      type: 'line', name: plain(groupName(group.key, by)), step: 'end', symbol: 'circle', symbolSize: 5, showSymbol: false, triggerLineEvent: true,
      data: [...(log ? [] : [[0, 0]]), ...group.points], emphasis: { lineStyle: { width: 4 } },
      lineStyle: { width: 2.5, color: colours.series[i % SERIES], type: STROKES[i % STROKES.length] }, itemStyle: { color: colours.series[i % SERIES] },
    })),
  };
}

customElements.define('view-distribution', DistributionView);

// How a metric goes over time, each group with its band.

import { Answer } from '../api.js';
import { asked } from '../filters.js';
import { fill, quantity, shortTime, time } from '../format.js';
import { Element, html } from '../lit.js';
import { SERIES, STROKES } from '../parts/chart-frame.js';
import { foreign, groupName, leftOut, plain } from '../parts/foreign.js';
import { legend, visible } from '../parts/line-legend.js';
import { dimensionOf, metricOf } from '../parts/metric.js';
import { numbers, table } from '../parts/table.js';
import { shown } from '../parts/view.js';
import { choose } from '../place.js';
import { COLUMNS, DIMENSIONS, FILTERING, METRICS, PAGE, SERIES as SERIES_TEXT } from '../texts.js';

const HOUR = 3_600_000;
const STEPS = { hour: HOUR, day: 24 * HOUR };

/** So many lines still let their bands be seen. */
const BANDS = 3;
const TABLE_ROWS = 200;

/** So many times as far apart as usual is a gap. */
const LONGER = 1.9;

export const title = ({ query }) => fill(SERIES_TEXT.page, METRICS[metricOf(query)].name);
export const view = (place) => html`<view-series .place=${place}></view-series>`;

const value = (point) => point.mean ?? point.p50;

class SeriesView extends Element {
  static properties = { place: { attribute: false }, toggled: { state: true } };

  constructor() {
    super();
    this.answer = new Answer(this);
    this.toggled = new Map();
  }

  get parameters() {
    const { query } = this.place;
    return { ...asked(query), metric: metricOf(query), by: dimensionOf(query), step: STEPS[query.step] ? query.step : undefined };
  }

  /** Unless one is chosen, the one that the answer has chosen. */
  get step() {
    return this.parameters.step ?? this.answer.value?.step;
  }

  willUpdate() {
    this.answer.ask('series', this.parameters);
  }

  render() {
    const metric = METRICS[metricOf(this.place.query)];
    return html`<h1>${fill(SERIES_TEXT.title, metric.name.toLowerCase())}</h1>
      <p class="lead">${fill(SERIES_TEXT.lead, DIMENSIONS[this.parameters.by][0], SERIES_TEXT.steps[this.step] ?? SERIES_TEXT.anyStep)}</p>
      <div class="choices" role="group" aria-label=${SERIES_TEXT.point}>${Object.keys(STEPS).map((step) => html`<button type="button"
        aria-pressed=${String(step === this.step)} @click=${() => choose({ step })}>${fill(SERIES_TEXT.by, SERIES_TEXT.steps[step])}</button>`)}</div>
      ${shown(this.answer, (series) => this.#draw(series), { empty: ({ groups }) => groups.every((g) => g.points.length === 0) })}`;
  }

  #draw(series) {
    const { groups, by, leftOut: left } = series;
    const keys = groups.map((g) => g.key);
    const on = visible(keys, this.toggled);
    return html`<section class="card">
      ${legend(keys, this.toggled, (key) => foreign(groupName(key, by), 40), (key, to) => { this.toggled = new Map(this.toggled).set(key, to); })}
      <chart-frame .height=${400} .label=${SERIES_TEXT.chart} .option=${(colours, narrow) => option(series, on, colours, narrow)}></chart-frame>
      <p class="caveat">${on.length > BANDS ? `${fill(SERIES_TEXT.bands, BANDS)} ` : ''}${fill(SERIES_TEXT.here, METRICS[series.metric].better)}</p>
      ${leftOut(left)}
      ${numbers({ title: SERIES_TEXT.numbers, path: 'series', parameters: this.parameters, content: seriesTable(series, on) })}</section>`;
  }
}

/** How far points usually are from each other: a panel may measure every few hours. */
function usualStep(groups, step) {
  const apart = groups.flatMap(({ points }) => points.slice(1).map((point, i) => Date.parse(point.at) - Date.parse(points[i].at))).sort((a, b) => a - b);
  return Math.max(step, apart[Math.floor(apart.length / 2)] ?? step);
}

/** Points in order, with a gap where more than one is missing. */
function gapped({ points }, usual) {
  return points.flatMap((point, i) => {
    const at = Date.parse(point.at);
    const before = i > 0 ? Date.parse(points[i - 1].at) : at;
    return at - before > usual * LONGER ? [{ at: before + usual }, { at, point }] : [{ at, point }];
  });
}

function option({ groups, unit, by, step, metric }, on, colours, narrow) {
  const usual = usualStep(groups, STEPS[step]);
  const drawn = groups.map((group, i) => ({ group, i, name: plain(groupName(group.key, by)), filled: gapped(group, usual) })).filter(({ group }) => on.includes(group.key));
  const alone = (filled, i) => filled[i - 1]?.point === undefined && filled[i + 1]?.point === undefined;
  const line = ({ i, name, filled }) => ({
    type: 'line', name, data: filled.map(({ at, point }, k) => ({ value: [at, point ? value(point) ?? null : null], symbolSize: point && alone(filled, k) ? 7 : 0 })),
    symbol: 'circle', showAllSymbol: true, connectNulls: false, z: 3,
    lineStyle: { width: 2.5, color: colours.series[i % SERIES], type: STROKES[i % STROKES.length] }, itemStyle: { color: colours.series[i % SERIES] },
  });
  const edge = ({ i, name, filled }, side, area) => ({
    type: 'line', name: `${name} ${side}`, stack: `band-${i}`, silent: true, symbol: 'none', connectNulls: false, lineStyle: { opacity: 0 }, tooltip: { show: false }, stackStrategy: 'all',
    data: filled.map(({ at, point }) => [at, banded(point) ? (area ? point.p90 - point.p10 : point.p10) : null]),
    areaStyle: area ? { color: colours.series[i % SERIES], opacity: 0.18 } : undefined,
  });
  const bands = drawn.length <= BANDS ? drawn.flatMap((each) => [edge(each, 'from', false), edge(each, 'to', true)]) : [];
  return {
    grid: { left: narrow ? 64 : 84, right: narrow ? 12 : 24, top: 28, bottom: 36 },
    xAxis: { type: 'time', ...ends(drawn), splitLine: { show: false }, splitNumber: narrow ? 3 : 8, axisLabel: { formatter: (at) => shortTime(at, new Date(at).getHours() !== 0) } },
    yAxis: { type: 'value', min: 0, name: narrow ? '' : METRICS[metric].name, nameLocation: 'end', splitNumber: 4, axisLabel: { formatter: (number) => quantity(number, unit) } },
    tooltip: { trigger: 'axis', formatter: (points) => told(points, drawn, unit) },
    series: [...bands, ...drawn.map(line)],
  };
}

/** A single time stands in the middle of a few hours, not of two days. */
function ends(drawn) {
  const times = drawn.flatMap(({ filled }) => filled.map(({ at }) => at));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  return first === last ? { min: first - 3 * HOUR, max: last + 3 * HOUR } : {};
}

const banded = (point) => point?.p10 !== undefined && point?.p90 !== undefined;

function told(points, drawn, unit) {
  const names = new Set(drawn.map(({ name }) => name));
  const lines = points.filter(({ seriesName, value: [, number] }) => names.has(seriesName) && number !== null && number !== undefined);
  return lines.length === 0 ? '' : [shortTime(lines[0].value[0]), ...lines.map(({ seriesName, value: [, number] }) => `${seriesName}: ${quantity(number, unit)}`)].join('\n');
}

function seriesTable({ groups, unit, by, metric }, on) {
  const rows = groups.filter((g) => on.includes(g.key)).flatMap((g) => g.points.map((point) => [
    html`<time datetime=${point.at}>${time(point.at)}</time>`, foreign(groupName(g.key, by), 40), value(point) === undefined ? PAGE.mostlyFailed : quantity(value(point), unit),
    point.p10 === undefined ? '–' : quantity(point.p10, unit), point.p90 === undefined ? '–' : quantity(point.p90, unit), point.n.cells, point.n.agents,
  ]));
  return table(fill(rows.length > TABLE_ROWS ? SERIES_TEXT.first : SERIES_TEXT.caption, METRICS[metric].name, TABLE_ROWS, rows.length),
    [FILTERING.from, DIMENSIONS[by][0], unit === 'ratio' ? COLUMNS.mean : COLUMNS.median, COLUMNS.best, COLUMNS.worst, COLUMNS.cells, COLUMNS.agents], rows.slice(0, TABLE_ROWS), { numbers: true });
}

customElements.define('view-series', SeriesView);

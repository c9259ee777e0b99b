// Receiving and playing on one clock: speed, buffer, stops.

import { fill, micros, percent, plural, quantity, rate, ticks } from '../format.js';
import { html, nothing } from '../lit.js';
import { table } from './table.js';
import './chart-frame.js';
import { NOUNS, PAGE, PLAYING } from '../texts.js';

/** The two charts of a measurement, if there is something to draw. */
export function playing({ playback }, plot) {
  if (plot.throughput.length === 0) return nothing;
  return html`<section class="card"><h2>${PLAYING.title}</h2>
    <p class="soft">${verdict(playback)}</p>
    <h3>${PLAYING.speed}${plot.encodedBitrateBps ? html` <small>${fill(PLAYING.needs, rate(plot.encodedBitrateBps))}</small>` : nothing}</h3>
    <chart-frame .height=${220} .label=${PLAYING.speedChart}
      .option=${(colours, narrow) => option(plot, plot.throughput, colours, { narrow, index: 0, step: true, unit: 'bit/s', levels: plot.encodedBitrateBps ? [plot.encodedBitrateBps] : [] })}></chart-frame>
    ${plot.buffer.length === 0 ? nothing : html`<h3>${PLAYING.buffer}${playback?.stalls.length > 0 ? html` <small>${PLAYING.shaded}</small>` : nothing}</h3>
      <chart-frame .height=${220} .label=${PLAYING.bufferChart}
        .option=${(colours, narrow) => option(plot, plot.buffer.map(([at, value]) => [at, value / 1e6]), colours, { narrow, index: 2, unit: 's' })}></chart-frame>`}
    <details class="as-table"><summary>${PAGE.table}</summary>${numbersOf(plot)}</details></section>`;
}

function verdict(playback) {
  if (!playback) return PLAYING.received;
  const stops = playback.stalls.length > 0
    ? fill(PLAYING.stops, plural(playback.stalls.length, NOUNS.time), micros(playback.stalledMicros), percent(playback.stallRatio))
    : PLAYING.steady;
  return playback.censored ? `${stops} ${PLAYING.limited}` : stops;
}

function option(plot, points, colours, { narrow, index, unit, step = false, levels = [] }) {
  const end = Math.max(plot.throughput.at(-1)[0], plot.buffer.at(-1)?.[0] ?? 0) / 1e6;
  const start = plot.startupDelayMicros === undefined ? [] : [{ xAxis: plot.startupDelayMicros / 1e6, label: { formatter: () => (index === 0 ? PLAYING.starts : ''), position: 'end', rotate: 0, color: colours.soft } }];
  return {
    grid: { left: narrow ? 70 : 86, right: 16, top: 24, bottom: 34 },
    xAxis: { type: 'value', min: 0, max: end, axisLabel: { formatter: (value) => quantity(value, 's') }, splitLine: { show: false } },
    yAxis: { type: 'value', min: 0, max: (range) => ticks(Math.max(range.max, ...levels.map((level) => level * 1.1))).at(-1), splitNumber: 4, axisLabel: { formatter: (value) => quantity(value, unit) } },
    tooltip: { trigger: 'axis', formatter: ([point]) => `${quantity(point.value[0], 's')}: ${quantity(point.value[1], unit)}` },
    series: [{
      type: 'line', showSymbol: false, step: step ? 'start' : false, data: points.map(([at, value]) => [at / 1e6, value]),
      lineStyle: { width: 2, color: colours.series[index] }, itemStyle: { color: colours.series[index] }, areaStyle: { color: colours.series[index], opacity: 0.12 },
      markArea: { silent: true, itemStyle: { color: colours.stall }, data: plot.stalls.map((stall) => [{ xAxis: stall.atMicros / 1e6 }, { xAxis: (stall.atMicros + stall.durationMicros) / 1e6 }]) },
      markLine: {
        silent: true, symbol: 'none', animation: false,
        data: [...start.map((each) => ({ ...each, lineStyle: { color: colours.ink, type: [2, 3] } })),
          ...levels.map((level) => ({ yAxis: level, label: { show: false }, lineStyle: { color: colours.bad, type: [6, 4], width: 1.5 } }))],
      },
    }],
  };
}

function numbersOf(plot) {
  const buffered = new Map(plot.buffer.map(([at, value]) => [at, value]));
  const times = [...new Set([...plot.throughput.map(([at]) => at), ...buffered.keys()])].sort((a, b) => a - b);
  const speeds = new Map(plot.throughput);
  return table(PLAYING.caption, PLAYING.columns,
    times.map((at) => [micros(at), speeds.has(at) ? rate(speeds.get(at)) : '', buffered.has(at) ? micros(buffered.get(at)) : '']), { numbers: true });
}

// Small charts in SVG: a time axis, bands, lines. Their numbers also stand in the text beside them.

import { s } from './dom.js';
import { ticks } from './format.js';

const LEFT = 78;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 34;

/**
 * A chart over time.
 *
 * lines: [{class, points: [[x, y] …], step?}], spans: [{class, from, to, label}], marks: [{x, label}]
 */
export function timeChart({ title, xMax, yMax, height = 200, xLabel, yLabel, lines, spans = [], marks = [], levels = [] }) {
  const width = chartWidth();
  const yTicks = ticks(yMax);
  const top = yTicks[yTicks.length - 1];
  const xTicks = ticks(xMax, width < 500 ? 3 : 6).filter((t) => t <= xMax * 1.001);
  const x = (value) => LEFT + (width - LEFT - RIGHT) * Math.min(1, value / (xMax || 1));
  const y = (value) => height - BOTTOM - (height - TOP - BOTTOM) * Math.min(1, value / (top || 1));
  return s('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': title },
    s('title', {}, title),
    spans.map((span) => s('rect', {
      class: span.class, x: x(span.from), y: TOP, width: Math.max(1.5, x(span.to) - x(span.from)), height: height - TOP - BOTTOM,
    }, s('title', {}, span.label))),
    yTicks.map((t) => [
      s('line', { class: 'grid', x1: LEFT, x2: width - RIGHT, y1: y(t), y2: y(t) }),
      s('text', { class: 'tick', x: LEFT - 8, y: y(t) + 4, 'text-anchor': 'end' }, yLabel(t)),
    ]),
    xTicks.map((t) => s('text', { class: 'tick', x: x(t), y: height - 12, 'text-anchor': 'middle' }, xLabel(t))),
    levels.map((level) => [
      s('line', { class: 'level', x1: LEFT, x2: width - RIGHT, y1: y(level.y), y2: y(level.y) }),
      s('text', { class: 'note', x: width - RIGHT - 4, y: y(level.y) - 5, 'text-anchor': 'end' }, level.label),
    ]),
    lines.map((line) => s('path', { class: line.class, d: path(line, x, y) })),
    marks.map((mark) => [
      s('line', { class: 'mark', x1: x(mark.x), x2: x(mark.x), y1: TOP, y2: height - BOTTOM }),
      s('text', { class: 'note', x: x(mark.x) + 5, y: TOP + 11 }, mark.label),
    ]));
}

/** Its letters keep their size, so that a narrow page gets a narrow drawing, not a shrunken one. */
const chartWidth = () => Math.max(280, Math.min(920, document.documentElement.clientWidth - 70));

function path({ points, step }, x, y) {
  let d = '';
  for (const [at, value] of points) {
    const px = x(at).toFixed(1);
    const py = y(value).toFixed(1);
    if (d === '') d = `M${px} ${py}`;
    else d += step ? `H${px}V${py}` : `L${px} ${py}`;
  }
  return d;
}

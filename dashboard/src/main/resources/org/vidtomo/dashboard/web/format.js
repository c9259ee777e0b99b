// Numbers and times for people, and the sentences that they stand in.

import { AGO, AND } from './texts.js';

const number = (digits) => new Intl.NumberFormat('en', { maximumSignificantDigits: digits });
const three = number(3);
const two = number(2);

/** Seconds, in the unit that reads best. */
export function seconds(value) {
  const size = Math.abs(value);
  if (size === 0) return '0 s';
  if (size < 0.001) return `${two.format(value * 1e6)} µs`;
  if (size < 0.995) return `${three.format(value * 1e3)} ms`;
  if (size < 600) return `${three.format(value)} s`;
  return `${three.format(value / 60)} min`;
}

export const micros = (value) => seconds(value / 1e6);

export function rate(bps) {
  const size = Math.abs(bps);
  if (size >= 1e9) return `${three.format(bps / 1e9)} Gbit/s`;
  if (size >= 1e6) return `${three.format(bps / 1e6)} Mbit/s`;
  if (size >= 1e3) return `${three.format(bps / 1e3)} kbit/s`;
  return `${three.format(bps)} bit/s`;
}

export function bytes(count) {
  if (count >= 1e9) return `${three.format(count / 1e9)} GB`;
  if (count >= 1e6) return `${three.format(count / 1e6)} MB`;
  if (count >= 1e3) return `${three.format(count / 1e3)} kB`;
  return `${count} B`;
}

export function percent(ratio) {
  const value = ratio * 100;
  if (value > 0 && value < 0.1) return '< 0.1 %';
  return `${two.format(value)} %`;
}

export const count = (value) => new Intl.NumberFormat('en').format(value);

/** A value in a metric's unit. */
export function quantity(value, unit) {
  switch (unit) {
    case 's': return seconds(value);
    case 'bit/s': return rate(value);
    case 'ratio': return percent(value);
    default: return three.format(value);
  }
}

/** A text whose every {} is the next of these parts: text, or an array for Lit if a part is a template. */
export function fill(text, ...parts) {
  const pieces = text.split('{}').flatMap((piece, i) => (i === 0 ? [piece] : [parts[i - 1], piece]));
  return parts.every((part) => typeof part === 'string' || typeof part === 'number') ? pieces.join('') : pieces;
}

export const plural = (n, one, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

/** A time as people on this machine write it. */
export function time(iso) {
  return new Date(iso).toLocaleString('en-GB', {
    year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
}

/** A day and hour, short, for an axis or a label. */
export function shortTime(at, withHour = true) {
  return new Date(at).toLocaleString('en-GB', withHour ? { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' });
}

export const day = (iso) => new Date(iso).toLocaleDateString('en-GB', { year: 'numeric', month: 'short', day: 'numeric' });

/** How long ago, in words; the exact time belongs beside it. */
export function ago(iso, now = Date.now()) {
  const past = Math.max(0, now - Date.parse(iso)) / 1000;
  if (past < 90) return AGO.now;
  if (past < 5400) return fill(AGO.minutes, Math.round(past / 60));
  if (past < 129_600) return fill(AGO.hours, Math.round(past / 3600));
  return fill(AGO.days, Math.round(past / 86_400));
}

/** Names one after another, as a sentence has them. */
export function listed(names) {
  return names.length < 2 ? names : names.flatMap((name, i) => (i === 0 ? [name] : [i === names.length - 1 ? AND : ', ', name]));
}

/** Round values for an axis from 0 to at least max. */
export function ticks(max, wanted = 4) {
  if (!(max > 0)) return [0, 1];
  const raw = max / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((m) => m >= raw * 0.999);
  const values = [];
  for (let i = 0; (i - 1) * step < max * 0.999; i++) values.push(i * step);
  return values;
}

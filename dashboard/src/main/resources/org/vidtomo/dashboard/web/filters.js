// What restricts every view, kept in the address.

import { LINES } from './texts.js';

const HOUR = 3_600_000;

/** Spans to choose from: name in the address, and how long. */
export const SPANS = { '24h': 24 * HOUR, '7d': 7 * 24 * HOUR, '30d': 30 * 24 * HOUR, '90d': 90 * 24 * HOUR, '365d': 365 * 24 * HOUR };

/** Filters that have choices. */
export const CHOICES = ['campaign', 'service', 'country', 'asn', 'technology', 'family'];

/** Filters that come from a link, not from a list. */
const OTHERS = ['provider', 'video', 'cache'];

const TIMES = ['since', 'from', 'to'];

/** All that goes from view to view. */
const SHARED = ['metric', ...CHOICES, ...OTHERS, ...TIMES];

const pick = (query, names) => Object.fromEntries(names.filter((name) => query[name]).map((name) => [name, query[name]]));

/** What the next view takes over. */
export const shared = (query) => pick(query, SHARED);

/** How many filters there are. */
export const used = (query) => [...CHOICES, ...OTHERS].filter((name) => query[name]).length
  + (TIMES.some((name) => query[name]) ? 1 : 0);

/** The change that takes them all away. */
export const none = () => Object.fromEntries([...CHOICES, ...OTHERS, ...TIMES].map((name) => [name, '']));

/** The values that a filter can have, most measured first. */
export const valuesOf = (answer, name) => answer?.filters.find(({ filter }) => filter === name)?.values ?? [];

/** What to ask the dashboard for. A span ends now and begins at a full hour, so that all who ask within it ask the same. */
export function asked(query) {
  const filter = pick(query, [...CHOICES, ...OTHERS, 'from', 'to']);
  const span = SPANS[query.since];
  if (span && !filter.from) filter.from = new Date(Math.floor((Date.now() - span) / HOUR) * HOUR).toISOString().replace('.000', '');
  return filter;
}

/** Lines are told apart by ISP or by network: what to ask for, and what to call one. */
export const byLine = (query) => (query.by === 'asn' ? 'asn' : 'provider');
export const lineName = (by) => LINES[by];

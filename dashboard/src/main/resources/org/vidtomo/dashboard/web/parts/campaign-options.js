// What a campaign may ask for: each option with its default, its unit and its limits.

import { fill } from '../format.js';
import { NEW_CAMPAIGN, OPTION_GROUPS, OPTIONS } from '../texts.js';

const S = 1_000_000;
const MB = 1_000_000;
const HOUR = 3600 * S;

/** Whether what the videos link to is measured, too. */
export const RELATED = { path: 'related', flag: true, preset: true };

/** Options by the question that they answer. Numbers are shown in the unit and sent times its factor. */
const FIELDS = {
  who: [
    { path: 'coverage', preset: 'provider' },
    { path: 'samples', number: [1, 100], preset: 1 },
    { path: 'providerFilter', list: true, preset: [] },
    { path: 'startsPerMinute', number: [1, 600], preset: 6 },
    { path: 'expiresMicros', number: [1, 8760], unit: 'h', factor: HOUR, preset: 24 },
  ],
  related: [
    { path: 'maxCrawledUrls', number: [1, 10_000_000], preset: 10_000 },
    { path: 'maxRounds', number: [1, 10_000], preset: 10_000 },
    { path: 'maxPerUrl', number: [0, 1000], preset: 20 },
    { path: 'parameters.relatedPerPage', number: [0, 1000], preset: 20 },
    { path: 'seed', number: [0, Number.MAX_SAFE_INTEGER], optional: true },
  ],
  repeat: [
    { path: 'loop', flag: true, preset: false },
    { path: 'everyMicros', number: [0.02, 8760], unit: 'h', factor: HOUR, optional: true },
  ],
  each: [
    { path: 'parameters.steps', preset: 'all' },
    { path: 'parameters.downloadTimeMicros', number: [1, 120], unit: 's', factor: S, preset: 30 },
    { path: 'parameters.downloadBytes', number: [1, 10_000], unit: 'MB', factor: MB, preset: 100 },
    { path: 'parameters.pingPackets', number: [0, 100], preset: 10 },
    { path: 'parameters.player', preset: 'fixed' },
    { path: 'parameters.quality', preset: 'best<=1080p' },
    { path: 'parameters.initialPlaybackMicros', number: [0, 60], unit: 's', factor: S, preset: 2 },
    { path: 'parameters.minPlayoutBufferMicros', number: [0, 60], unit: 's', factor: S, preset: 0.1 },
    { path: 'parameters.restartBufferMicros', number: [0, 60], unit: 's', factor: S, preset: 1 },
    { path: 'parameters.resolvers', list: true, preset: ['system', '8.8.8.8', '1.1.1.1', '208.67.220.220'] },
    { path: 'parameters.addressFamily', preset: 'auto' },
    { path: 'parameters.http', preset: 'auto' },
    { path: 'parameters.anonymous', flag: true, preset: false },
  ],
};

export const GROUPS = Object.entries(FIELDS).map(([key, fields]) => [OPTION_GROUPS[key], fields]);

const ALL = [RELATED, ...Object.values(FIELDS).flat()];

const presetOf = (field) => (field.list ? field.preset.join(', ') : field.preset ?? '');

/** What a fresh form shows. */
export const presets = () => Object.fromEntries(ALL.map((field) => [field.path, presetOf(field)]));

/** An option's name, hint and choices. */
export function called({ path }) {
  const [label, hint, choices] = OPTIONS[path];
  return { label, hint, choices };
}

/** What is wrong with a value, at once; empty when nothing is. */
export function trouble(field, value) {
  if (!field.number) return '';
  const [least, most] = field.number;
  if (value === '') return field.optional ? '' : NEW_CAMPAIGN.missing;
  const number = Number(value);
  if (Number.isNaN(number)) return NEW_CAMPAIGN.notNumber;
  return number < least || number > most ? fill(NEW_CAMPAIGN.between, least, most) : '';
}

/** Whether something is wrong with any of the form's values. */
export const troubled = (values) => ALL.some((field) => trouble(field, values[field.path]) !== '');

/** The form's values as the coordinator wants them; what was left as it was has its default there. */
export function options(values) {
  const found = { parameters: {} };
  for (const field of ALL) {
    const value = values[field.path];
    if (String(value) === String(presetOf(field))) continue;
    const [first, second] = field.path.split('.');
    if (second) found[first][second] = sentValue(field, value);
    else found[first] = sentValue(field, value);
  }
  return found;
}

function sentValue(field, value) {
  if (field.list) return value.split(',').map((each) => each.trim()).filter(Boolean);
  return field.number ? Math.round(Number(value) * (field.factor ?? 1)) : value;
}

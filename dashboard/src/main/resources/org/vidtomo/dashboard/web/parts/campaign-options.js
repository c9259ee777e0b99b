// What a campaign may ask for: each option with its default, its unit and its limits.

const S = 1_000_000;
const MB = 1_000_000;
const HOUR = 3600 * S;

/** Options by the question that they answer. Numbers are shown in the unit and sent times its factor. */
export const GROUPS = [
  ['Who measures', [
    { path: 'coverage', label: 'Each video is measured', choices: { provider: 'once from every ISP', agent: 'once from every agent', any: 'once, from whichever agent is free' }, preset: 'provider' },
    { path: 'samples', label: 'Measurements of each', number: [1, 100, 1], preset: 1 },
    { path: 'providerFilter', label: 'Only these ISPs', list: true, preset: [], hint: 'separated by commas; empty: all' },
    { path: 'startsPerMinute', label: 'Starts a minute', number: [1, 600, 1], preset: 6, hint: 'per video service and agent' },
    { path: 'expiresMicros', label: 'Give up after', number: [1, 8760, 1], unit: 'h', factor: HOUR, preset: 24 },
  ]],
  ['Related videos', [
    { path: 'related', label: 'Follow related videos', flag: true, preset: false, hint: 'the seeds alone, unless you tick this' },
    { path: 'maxCrawledUrls', label: 'Videos in all', number: [1, 10_000_000, 1], preset: 10_000 },
    { path: 'maxRounds', label: 'Rounds', number: [1, 10_000, 1], preset: 10_000 },
    { path: 'maxPerUrl', label: 'Related videos of each', number: [0, 1000, 1], preset: 20, hint: 'taken at random' },
    { path: 'parameters.relatedPerPage', label: 'Links read of each page', number: [0, 1000, 1], preset: 20 },
    { path: 'seed', label: 'Seed of the sampling', number: [0, Number.MAX_SAFE_INTEGER, 1], optional: true, hint: 'empty: a random one' },
  ]],
  ['Repeat', [
    { path: 'loop', label: 'Begin again when all is done', flag: true, preset: false },
    { path: 'everyMicros', label: 'Begin every', number: [0.02, 8760, 0.01], unit: 'h', factor: HOUR, optional: true, hint: 'empty: as soon as the last has ended' },
  ]],
  ['Each measurement', [
    { path: 'parameters.steps', label: 'Steps', choices: { all: 'all', trace: 'up to the redirects', locate: 'only find the video' }, preset: 'all' },
    { path: 'parameters.downloadTimeMicros', label: 'Download at most', number: [1, 120, 1], unit: 's', factor: S, preset: 30 },
    { path: 'parameters.downloadBytes', label: 'and at most', number: [1, 10_000, 1], unit: 'MB', factor: MB, preset: 100 },
    { path: 'parameters.pingPackets', label: 'Pings to each server', number: [0, 100, 1], preset: 10 },
    { path: 'parameters.player', label: 'Player', choices: { fixed: 'fixed quality', throughput: 'adapts to the speed', bola: 'adapts to the buffer (BOLA)' }, preset: 'fixed' },
    { path: 'parameters.quality', label: 'Quality', preset: 'best<=1080p', hint: 'such as best<=720p' },
    { path: 'parameters.initialPlaybackMicros', label: 'Starts with', number: [0, 60, 0.1], unit: 's', factor: S, preset: 2, hint: 'of video buffered' },
    { path: 'parameters.minPlayoutBufferMicros', label: 'Stops at', number: [0, 60, 0.1], unit: 's', factor: S, preset: 0.1 },
    { path: 'parameters.restartBufferMicros', label: 'Goes on above', number: [0, 60, 0.1], unit: 's', factor: S, preset: 1 },
    { path: 'parameters.resolvers', label: 'Resolvers', list: true, preset: ['system', '8.8.8.8', '1.1.1.1', '208.67.220.220'], hint: 'system and public addresses, 8 at most' },
    { path: 'parameters.addressFamily', label: 'Address family', choices: { auto: 'as the system does', ipv4: 'IPv4', ipv6: 'IPv6' }, preset: 'auto' },
    { path: 'parameters.http', label: 'Protocol', choices: { auto: 'as agreed', '1.1': 'HTTP/1.1', 2: 'HTTP/2', 3: 'HTTP/3' }, preset: 'auto' },
    { path: 'parameters.anonymous', label: 'Keep no public address', flag: true, preset: false },
  ]],
];

/** What a fresh form shows. */
export const presets = () => Object.fromEntries(GROUPS.flatMap(([, fields]) => fields).map((field) => [field.path,
  field.list ? field.preset.join(', ') : field.preset ?? '']));

/** What is wrong with a value, at once; empty when nothing is. */
export function trouble(field, value) {
  if (field.number) {
    const [least, most] = field.number;
    if (value === '') return field.optional ? '' : 'a number is missing';
    const number = Number(value);
    if (Number.isNaN(number)) return 'not a number';
    if (number < least || number > most) return `${least} to ${most}`;
  }
  return '';
}

/** The form's values as the coordinator wants them. */
export function options(values) {
  const found = { parameters: {} };
  for (const field of GROUPS.flatMap(([, fields]) => fields)) {
    const sent = sentValue(field, values[field.path]);
    if (sent === undefined) continue;
    const [first, second] = field.path.split('.');
    if (second) found[first][second] = sent;
    else found[first] = sent;
  }
  return found;
}

function sentValue(field, value) {
  if (field.list) return String(value).split(',').map((each) => each.trim()).filter(Boolean);
  if (field.number) return value === '' ? undefined : Math.round(Number(value) * (field.factor ?? 1));
  return value;
}

// One measurement, from the page's link to the last picture.

import { foreign, h, link, show, table } from '../dom.js';
import { get } from '../api.js';
import { throttle } from '../live.js';
import { bytes, micros, percent, plural, rate, time } from '../format.js';
import { timeChart } from '../chart.js';
import { OUTCOMES } from '../texts.js';

const PHASES = [
  ['resolve', 'name resolved'], ['connect', 'connected'], ['tls', 'TLS agreed'],
  ['processing', 'server answered'], ['transfer', 'body received'],
];

export async function render(main, [id]) {
  const report = await get(`measurements/${id}`);
  const plot = await get(`measurements/${id}/plot`);
  const { agent, video } = report;
  const picture = h('div', {});
  const draw = () => show(picture, playing(report, plot));
  draw();
  show(main,
    h('p', {}, link('/measurements', '← Measurements')),
    h('h1', {}, foreign(video.title ?? video.url, 200)),
    h('p', { class: 'lead' },
      h('span', { class: `badge ${report.outcome}` }, OUTCOMES[report.outcome] ?? report.outcome), ' ',
      time(report.startedAt), ' · ', foreign(agent.provider ?? agent.asName ?? 'ISP not known', 60),
      ' · agent ', foreign(agent.id, 60), ' · ', foreign(video.url, 200)),
    notCounted(report),
    failure(report.failure),
    facts(report),
    picture,
    hops(report),
    resolvers(report),
    pings(report),
    h('details', { class: 'card' }, h('summary', {}, 'The whole report as data'),
      h('p', {}, h('a', { href: `/api/v1/measurements/${id}` }, 'JSON')),
      h('pre', { tabindex: '0' }, JSON.stringify({ ...report, download: report.download && { ...report.download, arrivals: '…' }, media: report.media && { ...report.media, timeline: '…' } }, null, 2))));
  const redraw = throttle(200, draw);
  addEventListener('resize', redraw);
  return () => {
    removeEventListener('resize', redraw);
    redraw.cancel();
  };
}

// A task may be measured twice, by an agent that was taken for gone and by the next.
function notCounted({ counted, reportsOfTask = [] }) {
  const other = reportsOfTask.find((each) => each.counted);
  return counted === false && other
    ? h('p', { class: 'notice' }, 'This report is kept but does not count: ',
      link(`/measurements/${other.reportId}`, 'another of the same task does'), '.')
    : null;
}

function failure(found) {
  return found ? h('p', { class: 'notice' }, h('strong', {}, found.kind.replaceAll('_', ' ')), ` at ${found.operation}: `, foreign(found.detail, 500)) : null;
}

function facts({ playback, download, media, pings = [] }) {
  const delays = pings.map((p) => p.minMicros).filter((v) => v !== undefined);
  const all = [
    ['starts in', playback?.startupDelayMicros === undefined ? null : micros(playback.startupDelayMicros)],
    ['stops', playback ? stops(playback) : null],
    ['speed', download ? rate(download.goodputBps) : null],
    ['the video needs', media?.encodedBitrateBps ? rate(media.encodedBitrateBps) : null],
    ['first byte after', download?.timeToFirstByteMicros === undefined ? null : micros(download.timeToFirstByteMicros)],
    ['nearest server', delays.length > 0 ? micros(Math.min(...delays)) : null],
    ['received', download ? bytes(download.bytes) : null],
  ].filter(([, value]) => value !== null);
  return all.length === 0 ? null
    : h('dl', { class: 'facts' }, all.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
}

const stops = ({ stallCount, stalledMicros }) => (stallCount === 0 ? 'none' : `${stallCount} (${micros(stalledMicros)})`);

function playing({ playback }, plot) {
  if (plot.throughput.length === 0) return null;
  const end = Math.max(plot.throughput.at(-1)[0], plot.buffer.at(-1)?.[0] ?? 0);
  const spans = plot.stalls.map((stall) => ({
    class: 'stall', from: stall.atMicros, to: stall.atMicros + stall.durationMicros, label: `stops for ${micros(stall.durationMicros)}`,
  }));
  const marks = plot.startupDelayMicros === undefined ? [] : [{ x: plot.startupDelayMicros, label: 'playing starts' }];
  const levels = plot.encodedBitrateBps === undefined ? [] : [{ y: plot.encodedBitrateBps, label: 'what the video needs' }];
  const common = { xMax: end, xLabel: micros, spans };
  return h('section', { class: 'card' },
    h('h2', {}, 'Receiving and playing'),
    h('h3', {}, 'Speed'),
    timeChart({
      ...common, title: 'Speed over time', levels, marks, yLabel: rate,
      yMax: Math.max(...plot.throughput.map(([, v]) => v), (plot.encodedBitrateBps ?? 0) * 1.2),
      lines: [{ class: 'line speed', points: plot.throughput, step: true }],
    }),
    plot.buffer.length === 0 ? null : [
      h('h3', {}, 'Video ahead of the picture'),
      timeChart({
        ...common, title: 'Buffered video over time', yLabel: micros, marks: marks.map(({ x }) => ({ x, label: '' })),
        yMax: Math.max(...plot.buffer.map(([, v]) => v)),
        lines: [{ class: 'line buffer', points: plot.buffer }],
      })],
    h('p', { class: 'quiet' },
      playback && playback.stalls.length > 0
        ? `The picture stands still ${plural(playback.stalls.length, 'time')}, ${micros(playback.stalledMicros)} in all (shaded).`
        : 'The picture never stands still once it plays.',
      playback?.censored ? ' A limit ended the session before the video did.' : ''));
}

function hops({ hops = [] }) {
  if (hops.length === 0) return null;
  const lengths = hops.map((hop) => PHASES.map(([key]) => hop.phases?.[`${key}Micros`] ?? 0));
  const total = lengths.flat().reduce((a, b) => a + b, 0) || 1;
  let before = 0;
  return h('section', { class: 'card' },
    h('h2', {}, 'The way to the video'),
    h('ol', { class: 'hops' }, hops.map((hop, i) => {
      const start = before;
      before += lengths[i].reduce((a, b) => a + b, 0);
      return h('li', { '--depth': String(Math.min(i, 6)) },
        h('div', { class: 'hop' },
          h('span', { class: hop.failure ? 'badge failed' : 'badge' }, hop.status === undefined ? 'no answer' : String(hop.status)),
          ' ', foreign(hop.url, 160),
          h('small', {}, [hop.address, hop.protocol, hop.tls, hop.proxied ? 'through a proxy' : null].filter(Boolean).map((text, k) => [k > 0 ? ' · ' : '', foreign(text, 80)])),
          hop.failure ? h('small', { class: 'why' }, foreign(`${hop.failure.kind.replaceAll('_', ' ')}: ${hop.failure.detail}`, 300)) : null),
        waterfall(lengths[i], start, total));
    })),
    h('p', { class: 'legend' }, PHASES.map(([key, name]) => h('span', {}, h('i', { class: `phase ${key}` }), name))));
}

function waterfall(lengths, start, total) {
  let at = start;
  const words = PHASES.map(([, name], i) => (lengths[i] > 0 ? `${name} ${micros(lengths[i])}` : null)).filter(Boolean).join(', ');
  return h('div', { class: 'fall' },
    h('div', { class: 'track', 'aria-hidden': 'true' }, PHASES.map(([key], i) => {
      const left = at;
      at += lengths[i];
      return lengths[i] === 0 ? null
        : h('div', { class: `phase ${key}`, '--from': `${(left / total) * 100}%`, '--to': `${(at / total) * 100}%` });
    })),
    h('small', {}, words));
}

function resolvers({ dns = [] }) {
  if (dns.length === 0) return null;
  const names = [...new Set(dns.map((d) => d.resolver))];
  const hosts = [...new Set(dns.map((d) => d.host))];
  const rows = hosts.flatMap((host) => {
    const own = dns.filter((d) => d.host === host);
    const addresses = [...new Set(own.flatMap((d) => d.addresses.map((a) => a.address)))];
    const rowOf = (head, cell) => [head, ...names.map((name) => cell(own.find((d) => d.resolver === name)))];
    return [
      rowOf(foreign(host, 80), (d) => (d ? (d.failure ? d.failure.kind.replaceAll('_', ' ') : micros(d.elapsedMicros)) : '')),
      ...addresses.map((address) => rowOf(h('span', { class: 'indent' }, foreign(address)), (d) => {
        const found = d?.addresses.find((a) => a.address === address);
        return found ? h('span', { class: 'yes' }, `✓ for ${found.ttlSeconds} s`) : '';
      })),
    ];
  });
  return h('section', { class: 'card' }, h('h2', {}, 'What the resolvers answer'),
    table('Each server’s addresses at each resolver, and how long the answer took', ['Server', ...names.map((n) => (n === 'system' ? 'the ISP’s own' : n))], rows));
}

function pings({ pings = [] }) {
  if (pings.length === 0) return null;
  const rows = pings.map((ping) => [
    h('span', {}, foreign(ping.address), h('small', {}, foreign(ping.host, 80))),
    ping.packetType === 'icmp_echo' ? 'ICMP' : 'TCP',
    ...['minMicros', 'avgMicros', 'maxMicros'].map((key) => (ping[key] === undefined ? '–' : micros(ping[key]))),
    `${ping.received} of ${ping.sent}${ping.lossRatio > 0 ? ` (${percent(ping.lossRatio)} lost)` : ''}`,
  ]);
  return h('section', { class: 'card' }, h('h2', {}, 'Delay to the servers'),
    table('Round-trip delays', ['Server', 'Packets', 'least', 'mean', 'most', 'came back'], rows));
}

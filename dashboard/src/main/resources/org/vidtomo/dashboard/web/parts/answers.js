// What resolvers answered, and how far the addresses are.

import { fill, micros, percent } from '../format.js';
import { html, nothing } from '../lit.js';
import { foreign } from './foreign.js';
import { table } from './table.js';
import { ANSWERED, RESOLVERS } from '../texts.js';

/** Addresses by resolver. */
export function resolvers({ dns = [] }) {
  if (dns.length === 0) return nothing;
  const names = [...new Set(dns.map((d) => d.resolver))];
  const rows = [...new Set(dns.map((d) => d.host))].flatMap((host) => {
    const own = dns.filter((d) => d.host === host);
    const addresses = [...new Set(own.flatMap((d) => d.addresses.map((a) => a.address)))];
    const rowOf = (head, cell) => [head, ...names.map((name) => cell(own.find((d) => d.resolver === name)))];
    return [
      rowOf(foreign(host, 80), (d) => (d ? (d.failure ? html`<span class="why">${d.failure.kind.replaceAll('_', ' ')}</span>` : html`${fill(ANSWERED.in, micros(d.elapsedMicros))}`) : '')),
      ...addresses.map((address) => rowOf(html`<span class="indent">${foreign(address)}</span>`, (d) => {
        const found = d?.addresses.find((a) => a.address === address);
        return found ? html`<span class="yes">${fill(ANSWERED.kept, found.ttlSeconds)}</span>` : html`<span class="soft">–</span>`;
      })),
    ];
  });
  return html`<section class="card"><h2>${ANSWERED.resolvers}</h2>
    ${table(ANSWERED.caption, [ANSWERED.server, ...names.map((name) => (name === 'system' ? RESOLVERS.system : foreign(name, 40)))], rows)}</section>`;
}

/** Round-trip delays. */
export function pings({ pings: found = [] }) {
  if (found.length === 0) return nothing;
  const rows = found.map((ping) => [
    html`${foreign(ping.address)}<small>${foreign(ping.host, 80)}</small>`,
    ping.packetType === 'icmp_echo' ? 'ICMP' : 'TCP',
    ...['minMicros', 'avgMicros', 'maxMicros'].map((key) => (ping[key] === undefined ? '–' : micros(ping[key]))),
    fill(ping.lossRatio > 0 ? ANSWERED.lost : ANSWERED.back, ping.received, ping.sent, percent(ping.lossRatio)),
  ]);
  return html`<section class="card"><h2>${ANSWERED.delay}</h2>
    ${table(ANSWERED.delays, ANSWERED.columns, rows, { numbers: true })}</section>`;
}

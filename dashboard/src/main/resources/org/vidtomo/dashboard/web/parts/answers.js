// What resolvers answered, and how far the addresses are.

import { micros, percent } from '../format.js';
import { html, nothing } from '../lit.js';
import { foreign } from './foreign.js';
import { table } from './table.js';

/** Addresses by resolver. */
export function resolvers({ dns = [] }) {
  if (dns.length === 0) return nothing;
  const names = [...new Set(dns.map((d) => d.resolver))];
  const rows = [...new Set(dns.map((d) => d.host))].flatMap((host) => {
    const own = dns.filter((d) => d.host === host);
    const addresses = [...new Set(own.flatMap((d) => d.addresses.map((a) => a.address)))];
    const rowOf = (head, cell) => [head, ...names.map((name) => cell(own.find((d) => d.resolver === name)))];
    return [
      rowOf(foreign(host, 80), (d) => (d ? (d.failure ? html`<span class="why">${d.failure.kind.replaceAll('_', ' ')}</span>` : html`answered in ${micros(d.elapsedMicros)}`) : '')),
      ...addresses.map((address) => rowOf(html`<span class="indent">${foreign(address)}</span>`, (d) => {
        const found = d?.addresses.find((a) => a.address === address);
        return found ? html`<span class="yes">✓ for ${found.ttlSeconds} s</span>` : html`<span class="soft">–</span>`;
      })),
    ];
  });
  return html`<section class="card"><h2>What the resolvers answer</h2>
    ${table('Each server’s addresses at each resolver, and for how long they may be kept', ['Server', ...names.map((name) => (name === 'system' ? 'the ISP’s own' : foreign(name, 40)))], rows)}</section>`;
}

/** Round-trip delays. */
export function pings({ pings: found = [] }) {
  if (found.length === 0) return nothing;
  const rows = found.map((ping) => [
    html`${foreign(ping.address)}<small>${foreign(ping.host, 80)}</small>`,
    ping.packetType === 'icmp_echo' ? 'ICMP' : 'TCP',
    ...['minMicros', 'avgMicros', 'maxMicros'].map((key) => (ping[key] === undefined ? '–' : micros(ping[key]))),
    `${ping.received} of ${ping.sent}${ping.lossRatio > 0 ? ` (${percent(ping.lossRatio)} lost)` : ''}`,
  ]);
  return html`<section class="card"><h2>Delay to the servers</h2>
    ${table('Round-trip delays', ['Server', 'Packets', 'least', 'mean', 'most', 'came back'], rows, { numbers: true })}</section>`;
}

package org.vidtomo.agent.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.vidtomo.agent.download.Downloaded;
import org.vidtomo.agent.locate.Located;
import org.vidtomo.agent.redirect.Trace;
import org.vidtomo.core.report.Cache;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.Ping;

/**
 * What the steps found, as far as they went.
 *
 * @param startedAt the machine's clock
 */
record Findings(
    MeasurementRequest request,
    Instant startedAt,
    Optional<Located> located,
    Optional<Trace> trace,
    List<DnsLookup> dns,
    List<Cache> caches,
    List<Ping> pings,
    Optional<Downloaded> download) {

  static Findings none(MeasurementRequest request, Instant startedAt) {
    return new Findings(
        request,
        startedAt,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  Findings with(Located step) {
    return new Findings(request, startedAt, Optional.of(step), trace, dns, caches, pings, download);
  }

  Findings with(Trace step) {
    return new Findings(
        request, startedAt, located, Optional.of(step), dns, caches, pings, download);
  }

  Findings withDns(List<DnsLookup> lookups, List<Cache> servers) {
    return new Findings(request, startedAt, located, trace, lookups, servers, pings, download);
  }

  Findings withPings(List<Ping> samples) {
    return new Findings(request, startedAt, located, trace, dns, caches, samples, download);
  }

  Findings with(Downloaded step) {
    return new Findings(request, startedAt, located, trace, dns, caches, pings, Optional.of(step));
  }

  /** Of the step that ended the line. */
  Optional<Failure> failure() {
    return located
        .flatMap(step -> step.lookup().failure())
        .or(() -> trace.flatMap(Trace::failure))
        .or(() -> download.flatMap(Downloaded::failure));
  }
}

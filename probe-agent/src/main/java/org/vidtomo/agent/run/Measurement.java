package org.vidtomo.agent.run;

import java.net.Inet6Address;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.vidtomo.agent.dns.Resolvers;
import org.vidtomo.agent.dns.SystemNames;
import org.vidtomo.agent.download.Downloaded;
import org.vidtomo.agent.download.Downloader;
import org.vidtomo.agent.download.segmented.FirstSegment;
import org.vidtomo.agent.download.segmented.SegmentedDownloader;
import org.vidtomo.agent.extractor.ExternalExtractor;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.HttpEngine;
import org.vidtomo.agent.http.Requester;
import org.vidtomo.agent.http.WireBytes;
import org.vidtomo.agent.locate.Located;
import org.vidtomo.agent.locate.MediaLocator;
import org.vidtomo.agent.network.AddressNetworks;
import org.vidtomo.agent.ping.Pinger;
import org.vidtomo.agent.redirect.RedirectTracer;
import org.vidtomo.agent.redirect.Trace;
import org.vidtomo.agent.run.ProgressListener.Step;
import org.vidtomo.core.report.Cache;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Ping;
import org.vidtomo.core.task.AddressFamily;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.task.Steps;

/**
 * One measurement: locate, trace, resolve, ping, download, play. Each step takes the records of
 * those before and leaves its own; a failed step is recorded, and ends the line only where the next
 * has no input. Used once, by one thread.
 */
final class Measurement {
  private final Tools tools;
  private final MeasurementParameters parameters;
  private final Deadline deadline;
  private Findings findings;

  /** What measurements are made with. */
  record Tools(
      LocalSettings settings,
      TaskRunner.Policy policy,
      HttpEngine engine,
      Resolvers resolvers,
      Pinger pinger,
      AddressNetworks networks,
      ProgressListener progress,
      Clock clock,
      LongSupplier ticker) {}

  Measurement(Tools tools, Findings none, Deadline deadline) {
    this.tools = tools;
    this.parameters = none.request().parameters();
    this.findings = none;
    this.deadline = deadline;
  }

  /** What the steps have found, also when one of them threw. */
  Findings findings() {
    return findings;
  }

  /** The first step alone. */
  Located locate() {
    SystemNames names = tools.resolvers().names(family());
    return locate(requester(names), names);
  }

  void run() {
    SystemNames names = tools.resolvers().names(family());
    Requester requester = requester(names);

    // 1 locate
    tools.progress().started(Step.LOCATE);
    Located located = locate(requester, names);
    findings = findings.with(located);
    if (located.chosen().isEmpty() || parameters.steps() == Steps.LOCATE) {
      return;
    }

    // 2 trace
    tools.progress().started(Step.TRACE);
    boolean file = located.chosen().get().progressive();
    Trace toMedia = new RedirectTracer(requester).trace(located.chosen().get().url(), deadline);
    findings = findings.with(toMedia);
    Trace trace = file ? toMedia : toSegments(requester, toMedia);
    findings = findings.with(trace);
    if (parameters.steps() == Steps.TRACE) {
      findings = findings.withDns(List.of(), StepResults.caches(trace, List.of()));
      return;
    }

    // 3 resolve
    tools.progress().started(Step.RESOLVE);
    List<DnsLookup> dns =
        StepResults.tellable(
            tools
                .resolvers()
                .compare(
                    StepResults.hosts(trace),
                    parameters.resolvers(),
                    parameters.addressFamily(),
                    names.silent() ? Set.of(Resolvers.SYSTEM) : Set.of(),
                    deadline),
            tools.policy());
    spend(dns.size() * WireBytes.lookup());
    List<Cache> caches = StepResults.caches(trace, dns);
    findings = findings.withDns(dns, caches);

    // 4 ping
    tools.progress().started(Step.PING);
    findings =
        findings.withPings(
            tools
                .pinger()
                .ping(StepResults.pingTargets(trace, caches), parameters.pingPackets(), deadline));
    findings.pings().forEach(ping -> spend(cost(ping)));
    if (trace.last().isEmpty()) {
      return;
    }

    // 5 download; 6 play is part of writing the report, from exactly what it carries
    tools.progress().started(Step.DOWNLOAD);
    findings =
        findings.with(
            file
                ? download(requester, located, trace.last().get())
                : segments(requester, toMedia.last().orElseThrow()));
    tools.progress().started(Step.PLAY);
  }

  /** Last, so that it disturbs nothing that is measured. */
  void nameNetworks() {
    if (parameters.steps() == Steps.ALL) {
      findings =
          findings.withDns(
              findings.dns(), CacheNetworks.of(findings.caches(), tools.networks(), deadline));
      spend(findings.caches().size() * WireBytes.lookup());
    }
  }

  private void spend(long bytes) {
    tools.policy().budget().spend(bytes);
  }

  private static long cost(Ping ping) {
    boolean echo = ping.packetType() == PacketType.ICMP_ECHO;
    return ping.sent() * (echo ? WireBytes.echo() : WireBytes.handshake());
  }

  private Located locate(Requester requester, SystemNames names) {
    LocalSettings settings = tools.settings();
    ExternalExtractor.Surroundings surroundings =
        new ExternalExtractor.Surroundings(
            settings.bindAddress(),
            settings.httpProxy(),
            settings.caCertificates(),
            settings.connectTo());
    return new MediaLocator(
            requester,
            tools.policy().urls(),
            ExternalExtractor.installed(
                settings.extractor(),
                surroundings,
                tools.policy().addresses(),
                tools.policy().urls(),
                tools.policy().budget(),
                names),
            tools.ticker())
        .locate(
            findings.request().url(), parameters.quality(), parameters.relatedPerPage(), deadline);
  }

  /** From a bound address only its own family can be reached. */
  private AddressFamily family() {
    return tools
        .settings()
        .bindAddress()
        .map(a -> a instanceof Inet6Address ? AddressFamily.IPV6 : AddressFamily.IPV4)
        .orElse(parameters.addressFamily());
  }

  private Requester requester(SystemNames names) {
    return new Requester(
        tools.engine(),
        names,
        tools.policy().urls(),
        tools.policy().budget(),
        tools.settings().connectTo(),
        tools.settings().httpProxy(),
        parameters.http());
  }

  private Downloaded download(Requester requester, Located located, Trace.Last last) {
    return new Downloader(requester)
        .download(
            last.url(),
            last.endpoint(),
            parameters.downloadTime(),
            parameters.downloadBytes(),
            located.durationMicros(),
            tools.progress()::downloaded,
            deadline);
  }

  /** The servers of media are to be known, not only those of its manifest. */
  private Trace toSegments(Requester requester, Trace toManifest) {
    return toManifest
        .last()
        .flatMap(
            last ->
                new FirstSegment(requester, tools.clock(), tools.ticker())
                    .find(last.url(), parameters, deadline))
        .map(segment -> toManifest.then(new RedirectTracer(requester).trace(segment, deadline)))
        .orElse(toManifest);
  }

  private Downloaded segments(Requester requester, Trace.Last manifest) {
    return new SegmentedDownloader(requester, tools.clock(), tools.ticker())
        .download(
            manifest.url(),
            manifest.endpoint(),
            parameters,
            tools.progress()::downloaded,
            deadline);
  }
}

package org.vidtomo.agent.run;

import java.net.Inet6Address;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.dns.Resolvers;
import org.vidtomo.agent.dns.SystemNames;
import org.vidtomo.agent.download.Downloaded;
import org.vidtomo.agent.download.Downloader;
import org.vidtomo.agent.download.segmented.FirstSegment;
import org.vidtomo.agent.download.segmented.SegmentedDownloader;
import org.vidtomo.agent.extractor.ExternalExtractor;
import org.vidtomo.agent.failure.Failures;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.ByteBudget;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.HttpEngine;
import org.vidtomo.agent.http.Requester;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.agent.locate.Located;
import org.vidtomo.agent.locate.MediaLocator;
import org.vidtomo.agent.ping.Pinger;
import org.vidtomo.agent.redirect.RedirectTracer;
import org.vidtomo.agent.redirect.Trace;
import org.vidtomo.agent.run.ProgressListener.Step;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Cache;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Ping;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.AddressFamily;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.task.Steps;

/**
 * The instrument: locate, trace, resolve, ping, download, play. Each step takes the records of
 * those before and returns its own; a failed step is recorded, and ends the line only where the
 * next has no input.
 */
public final class TaskRunner implements Instrument, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

  private final LocalSettings settings;
  private final Policy policy;
  private final Supplier<AgentInfo> agent;
  private final ProgressListener progress;
  private final Clock clock;
  private final LongSupplier ticker;
  private final HttpEngine engine;
  private final Resolvers resolvers;
  private final Pinger pinger;

  /**
   * What the machine's owner allows.
   *
   * @param addresses asked before each packet to a new address
   * @param urls asked before each request
   * @param budget what may still be received
   */
  public record Policy(AddressGuard addresses, UrlGuard urls, ByteBudget budget) {
    /** All is allowed: what a machine's own user measures from it. */
    public static final Policy NONE =
        new Policy(AddressGuard.ALL, UrlGuard.ALL, ByteBudget.UNLIMITED);
  }

  /**
   * An instrument; it opens nothing before it measures.
   *
   * @param agent who measures, asked at the end of each measurement
   * @param clock for the report's times
   * @param ticker nanoseconds for all durations, as {@link System#nanoTime()}
   */
  public TaskRunner(
      LocalSettings settings,
      Policy policy,
      Supplier<AgentInfo> agent,
      ProgressListener progress,
      Clock clock,
      LongSupplier ticker) {
    this.settings = settings;
    this.policy = policy;
    this.agent = agent;
    this.progress = progress;
    this.clock = clock;
    this.ticker = ticker;
    this.engine =
        new HttpEngine(
            policy.addresses(), settings.bindAddress(), settings.caCertificates(), ticker);
    this.resolvers =
        new Resolvers(
            policy.addresses(),
            settings.bindAddress(),
            settings.systemResolver(),
            settings.allowPrivate(),
            ticker);
    this.pinger = new Pinger(policy.addresses(), settings.bindAddress(), ticker);
  }

  @Override
  public synchronized Report measure(MeasurementRequest request) {
    Deadline deadline = Deadline.after(ticker, LONGEST);
    long start = ticker.getAsLong();
    Findings findings = Findings.none(request, clock.instant());
    Verdict verdict;
    if (expired(request)) {
      verdict = new Verdict(Outcome.EXPIRED, Optional.empty());
    } else {
      try {
        findings = run(findings, deadline);
        verdict = Verdict.of(findings.failure());
      } catch (RuntimeException e) {
        LOG.error("A measurement failed for a reason of our own url={}", request.url(), e);
        verdict = Verdict.of(Optional.of(Failures.of(e, "measure")));
      }
    }
    Report report =
        ReportWriter.write(
            findings, verdict, agent.get(), UUID.randomUUID(), (ticker.getAsLong() - start) / 1000);
    log(report);
    return report;
  }

  /**
   * Only the step from page to media: nothing is measured. Whatever goes wrong is in the lookup.
   */
  public synchronized Located locate(String url, MeasurementParameters parameters) {
    SystemNames names = resolvers.names(family(parameters));
    return locator(requester(parameters, names), names)
        .locate(
            url,
            parameters.quality(),
            parameters.relatedPerPage(),
            Deadline.after(ticker, LONGEST));
  }

  private MediaLocator locator(Requester requester, SystemNames names) {
    ExternalExtractor.Surroundings surroundings =
        new ExternalExtractor.Surroundings(
            settings.bindAddress(),
            settings.httpProxy(),
            settings.caCertificates(),
            settings.connectTo());
    return new MediaLocator(
        requester,
        policy.urls(),
        ExternalExtractor.installed(settings.extractor(), surroundings, policy.addresses(), names),
        ticker);
  }

  private boolean expired(MeasurementRequest request) {
    return request
        .assignment()
        .filter(assignment -> clock.instant().isAfter(assignment.leaseUntil()))
        .isPresent();
  }

  private Findings run(Findings none, Deadline deadline) {
    MeasurementRequest request = none.request();
    MeasurementParameters parameters = request.parameters();
    SystemNames names = resolvers.names(family(parameters));
    Requester requester = requester(parameters, names);

    // 1 locate
    progress.started(Step.LOCATE);
    Located located =
        locator(requester, names)
            .locate(request.url(), parameters.quality(), parameters.relatedPerPage(), deadline);
    Findings findings = none.with(located);
    if (located.chosen().isEmpty() || parameters.steps() == Steps.LOCATE) {
      return findings;
    }

    // 2 trace
    progress.started(Step.TRACE);
    boolean file = located.chosen().get().progressive();
    Trace toMedia = new RedirectTracer(requester).trace(located.chosen().get().url(), deadline);
    Trace trace = file ? toMedia : toSegments(requester, toMedia, parameters, deadline);
    findings = findings.with(trace);
    if (parameters.steps() == Steps.TRACE) {
      return findings.withDns(List.of(), StepResults.caches(trace, List.of()));
    }

    // 3 resolve
    progress.started(Step.RESOLVE);
    List<DnsLookup> dns =
        resolvers.compare(
            StepResults.hosts(trace),
            parameters.resolvers(),
            parameters.addressFamily(),
            names.silent() ? Set.of(Resolvers.SYSTEM) : Set.of(),
            deadline);
    List<Cache> caches = StepResults.caches(trace, dns);
    findings = findings.withDns(dns, caches);

    // 4 ping
    progress.started(Step.PING);
    List<Ping> pings =
        pinger.ping(StepResults.pingTargets(trace, caches), parameters.pingPackets(), deadline);
    findings = findings.withPings(pings);
    if (trace.last().isEmpty()) {
      return findings;
    }

    // 5 download; 6 play is part of writing the report, from exactly what it carries
    progress.started(Step.DOWNLOAD);
    Downloaded download =
        file
            ? download(requester, located, trace.last().get(), parameters, deadline)
            : segments(requester, toMedia.last().orElseThrow(), parameters, deadline);
    progress.started(Step.PLAY);
    return findings.with(download);
  }

  /** From a bound address only its own family can be reached. */
  private AddressFamily family(MeasurementParameters parameters) {
    return settings
        .bindAddress()
        .map(a -> a instanceof Inet6Address ? AddressFamily.IPV6 : AddressFamily.IPV4)
        .orElse(parameters.addressFamily());
  }

  private Requester requester(MeasurementParameters parameters, SystemNames names) {
    return new Requester(
        engine,
        names,
        policy.urls(),
        policy.budget(),
        settings.connectTo(),
        settings.httpProxy(),
        parameters.http());
  }

  private Downloaded download(
      Requester requester,
      Located located,
      Trace.Last last,
      MeasurementParameters parameters,
      Deadline deadline) {
    return new Downloader(requester)
        .download(
            last.url(),
            last.endpoint(),
            parameters.downloadTime(),
            parameters.downloadBytes(),
            located.durationMicros(),
            progress::downloaded,
            deadline);
  }

  /** The servers of media are to be known, not only those of its manifest. */
  private Trace toSegments(
      Requester requester, Trace toManifest, MeasurementParameters parameters, Deadline deadline) {
    return toManifest
        .last()
        .flatMap(
            last ->
                new FirstSegment(requester, clock, ticker).find(last.url(), parameters, deadline))
        .map(segment -> toManifest.then(new RedirectTracer(requester).trace(segment, deadline)))
        .orElse(toManifest);
  }

  private Downloaded segments(
      Requester requester,
      Trace.Last manifest,
      MeasurementParameters parameters,
      Deadline deadline) {
    return new SegmentedDownloader(requester, clock, ticker)
        .download(manifest.url(), manifest.endpoint(), parameters, progress::downloaded, deadline);
  }

  private static void log(Report report) {
    LOG.info(
        "Measured url={} outcome={} failure={} elapsedMs={} goodputBps={} stalls={}",
        Secrets.redact(report.video().url()),
        report.outcome().wireName(),
        report.failure().map(Failure::kind).map(FailureKind::wireName).orElse("none"),
        report.elapsedMicros() / 1000,
        report.download().map(d -> d.goodputBps()).orElse(0L),
        report.playback().map(p -> p.stallCount()).orElse(0));
  }

  /** Ends what the instrument has open; a measurement that runs ends first. */
  @Override
  public synchronized void close() {
    engine.close();
  }
}

package org.vidtomo.agent.run;

import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.dns.Resolvers;
import org.vidtomo.agent.failure.Failures;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.ByteBudget;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.HttpEngine;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.agent.locate.Located;
import org.vidtomo.agent.network.AddressNetworks;
import org.vidtomo.agent.ping.Pinger;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.MeasurementParameters;

/** The instrument: one {@link Measurement} after another, each with its report. */
public final class TaskRunner implements Instrument, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

  private final Supplier<AgentInfo> agent;
  private final Clock clock;
  private final LongSupplier ticker;
  private final Measurement.Tools tools;

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

    boolean allows(InetAddress address) {
      try {
        addresses.check(address);
        return true;
      } catch (RefusedException e) {
        return false;
      }
    }

    boolean allows(String host) {
      try {
        urls.checkHost(host);
        return true;
      } catch (RefusedException e) {
        return false;
      }
    }
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
    this.agent = agent;
    this.clock = clock;
    this.ticker = ticker;
    Resolvers resolvers =
        new Resolvers(
            policy.addresses(),
            settings.bindAddress(),
            settings.systemResolver(),
            settings.allowPrivate(),
            ticker);
    this.tools =
        new Measurement.Tools(
            settings,
            policy,
            new HttpEngine(
                policy.addresses(),
                settings.bindAddress(),
                settings.caCertificates(),
                policy.budget()::spend,
                ticker),
            resolvers,
            new Pinger(policy.addresses(), settings.bindAddress(), ticker),
            new AddressNetworks(settings.networks(), resolvers::texts, ticker),
            progress,
            clock,
            ticker);
  }

  @Override
  public synchronized Report measure(MeasurementRequest request) {
    tools.policy().budget().begin();
    Deadline deadline = Deadline.after(ticker, LONGEST);
    long start = ticker.getAsLong();
    Measurement measurement =
        new Measurement(tools, Findings.none(request, clock.instant()), deadline);
    Verdict verdict =
        expired(request)
            ? new Verdict(Outcome.EXPIRED, Optional.empty())
            : Verdict.of(run(measurement, request));
    Report report =
        ReportWriter.write(
            measurement.findings(),
            verdict,
            agent.get(),
            UUID.randomUUID(),
            (ticker.getAsLong() - start) / 1000);
    log(report);
    return report;
  }

  /** What ended it; a fault of our own takes nothing from what the steps before it found. */
  private static Optional<Failure> run(Measurement measurement, MeasurementRequest request) {
    try {
      measurement.run();
      measurement.nameNetworks();
      return measurement.findings().failure();
    } catch (RuntimeException e) {
      LOG.error(
          "A measurement failed for a reason of our own url={}", Secrets.redact(request.url()), e);
      String why = Failures.of(e, "measure").detail();
      return Optional.of(new Failure(FailureKind.UNKNOWN, "measure", why));
    }
  }

  /**
   * Only the step from page to media: nothing is measured. Whatever goes wrong is in the lookup.
   */
  public synchronized Located locate(String url, MeasurementParameters parameters) {
    tools.policy().budget().begin();
    MeasurementRequest request = new MeasurementRequest(url, parameters, Optional.empty());
    return new Measurement(
            tools, Findings.none(request, clock.instant()), Deadline.after(ticker, LONGEST))
        .locate();
  }

  private boolean expired(MeasurementRequest request) {
    return request
        .assignment()
        .filter(assignment -> clock.instant().isAfter(assignment.leaseUntil()))
        .isPresent();
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
    tools.engine().close();
  }
}

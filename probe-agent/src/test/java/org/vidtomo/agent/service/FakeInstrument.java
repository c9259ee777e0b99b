package org.vidtomo.agent.service;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.vidtomo.agent.run.Instrument;
import org.vidtomo.agent.run.MeasurementRequest;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.Video;

/** Measures nothing, after waiting for the gate. */
final class FakeInstrument implements Instrument {
  final List<MeasurementRequest> measured = new CopyOnWriteArrayList<>();
  volatile CountDownLatch gate = new CountDownLatch(0);
  volatile Supplier<AgentInfo> agent;

  FakeInstrument with(InstrumentFactory.Bounds bounds) {
    agent = bounds.agent();
    return this;
  }

  @Override
  public Report measure(MeasurementRequest request) {
    measured.add(request);
    if (request.url().endsWith("/broken")) {
      throw new IllegalStateException("a bug");
    }
    try {
      gate.await();
      return report(request, Outcome.OK, Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Failure failure = new Failure(FailureKind.INTERRUPTED, "download", "interrupted");
      return report(request, Outcome.FAILED, Optional.of(failure));
    }
  }

  private Report report(MeasurementRequest request, Outcome outcome, Optional<Failure> failure) {
    return new Report(
        Report.SCHEMA_VERSION,
        UUID.randomUUID(),
        Instant.now(),
        1000,
        request.assignment(),
        agent.get(),
        new Video(request.url(), "page", Optional.empty(), Optional.empty()),
        outcome,
        failure,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}

package org.vidtomo.agent.ping;

import java.util.List;
import java.util.Optional;
import org.vidtomo.agent.http.Endpoint;
import org.vidtomo.core.metric.RoundTripDelayStatistics;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Ping;

/** Singletons as a report's sample. */
final class Samples {
  private Samples() {}

  static Ping of(
      PingTarget target,
      PacketType type,
      int sent,
      List<Long> delaysMicros,
      Optional<Failure> failure) {
    RoundTripDelayStatistics statistics = RoundTripDelayStatistics.of(delaysMicros, sent);
    Optional<Failure> why =
        delaysMicros.isEmpty()
            ? failure.or(
                () -> Optional.of(new Failure(FailureKind.NO_REPLY, "ping", "no packet came back")))
            : failure;
    return new Ping(
        Endpoint.text(target.address()),
        target.host(),
        type,
        sent,
        delaysMicros.size(),
        delaysMicros,
        statistics.minMicros(),
        statistics.avgMicros(),
        statistics.maxMicros(),
        statistics.lossRatio(),
        why);
  }
}

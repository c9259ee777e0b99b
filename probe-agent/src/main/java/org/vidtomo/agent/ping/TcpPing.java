package org.vidtomo.agent.ping;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.vidtomo.agent.failure.Failures;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Ping;

/**
 * Times TCP handshakes: SYN sent to SYN-ACK received. A refusal is a reply of the same host to the
 * same packet, so its time is a singleton too; the sample then says that it was refused.
 */
final class TcpPing {
  private final Optional<InetAddress> bindAddress;
  private final LongSupplier ticker;

  TcpPing(Optional<InetAddress> bindAddress, LongSupplier ticker) {
    this.bindAddress = bindAddress;
    this.ticker = ticker;
  }

  /** Sends the packets at their times, whatever became of those before. */
  Ping run(PingTarget target, int packets, Deadline deadline) {
    List<Long> delays = new ArrayList<>();
    Optional<Failure> failure = Optional.empty();
    int sent = 0;
    try (WarmUp warmUp = WarmUp.open(ticker)) {
      // Between the packets of the ping program, which runs side by side.
      long start = ticker.getAsLong() + Pinger.INTERVAL.toNanos() / 2;
      for (int i = 0; i < packets && !deadline.over(); i++) {
        waitUntil(start + i * Pinger.INTERVAL.toNanos());
        warmUp.once();
        sent++;
        Optional<Failure> problem = once(target, deadline, delays);
        failure = problem.isPresent() ? problem : failure;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = Optional.of(Failures.interrupted("ping"));
    }
    return Samples.of(target, PacketType.TCP_SYN, sent, delays, failure);
  }

  private void waitUntil(long nanos) throws InterruptedException {
    long left = nanos - ticker.getAsLong();
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  private Optional<Failure> once(PingTarget target, Deadline deadline, List<Long> delays) {
    Duration left = deadline.remaining();
    Duration limit = left.compareTo(Pinger.REPLY_LIMIT) < 0 ? left : Pinger.REPLY_LIMIT;
    try {
      Optional<Handshake> handshake =
          Handshake.time(
              new InetSocketAddress(target.address(), target.port()), bindAddress, limit, ticker);
      Optional<Failure> failure =
          handshake.flatMap(Handshake::refusal).map(e -> Failures.of(e, "ping"));
      // Other reasons not to connect, such as no route, are no reply of that host.
      handshake
          .filter(h -> failure.isEmpty() || refused(failure.get()))
          .ifPresent(h -> delays.add(TimeUnit.NANOSECONDS.toMicros(h.nanos())));
      return failure;
    } catch (IOException e) {
      return Optional.of(Failures.of(e, "ping"));
    }
  }

  private static boolean refused(Failure failure) {
    return failure.kind() == FailureKind.CONNECTION_REFUSED;
  }
}

package org.vidtomo.agent.ping;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final Logger LOG = LoggerFactory.getLogger(TcpPing.class);
  private static final int WARM_UP_CONNECTIONS = 1000;
  private static final int WARM_UP_MILLIS = 500;
  private static final AtomicBoolean warm = new AtomicBoolean();

  private final Optional<InetAddress> bindAddress;
  private final LongSupplier ticker;

  TcpPing(Optional<InetAddress> bindAddress, LongSupplier ticker) {
    this.bindAddress = bindAddress;
    this.ticker = ticker;
  }

  /** Sends the packets at their times, whatever became of those before. */
  Ping run(PingTarget target, int packets, Deadline deadline) {
    warmUp();
    List<Long> delays = new ArrayList<>();
    Optional<Failure> failure = Optional.empty();
    int sent = 0;
    // Between the packets of the ping program, which runs side by side.
    long start = ticker.getAsLong() + Pinger.INTERVAL.toNanos() / 2;
    for (int i = 0; i < packets && !deadline.over(); i++) {
      try {
        waitUntil(start + i * Pinger.INTERVAL.toNanos());
        sent++;
        Optional<Failure> problem = once(target, deadline, delays);
        failure = problem.isPresent() ? problem : failure;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure = Optional.of(Failures.interrupted("ping"));
        break;
      }
    }
    return Samples.of(target, PacketType.TCP_SYN, sent, delays, failure);
  }

  /**
   * The first connections of a process would time the loading and interpreting of its code: these
   * are to itself, as many as compile it.
   */
  private static void warmUp() {
    if (warm.getAndSet(true)) {
      return;
    }
    try (ServerSocket own = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      own.setSoTimeout(WARM_UP_MILLIS);
      for (int i = 0; i < WARM_UP_CONNECTIONS; i++) {
        try (Socket socket = new Socket()) {
          socket.connect(own.getLocalSocketAddress(), WARM_UP_MILLIS);
          Socket accepted = own.accept();
          // A reset leaves no socket in TIME_WAIT.
          accepted.setSoLinger(true, 0);
          accepted.close();
        }
      }
    } catch (IOException e) {
      LOG.debug("Not warmed up reason=\"{}\"", e.toString());
    }
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
    long start = ticker.getAsLong();
    try (Socket socket = new Socket()) {
      if (bindAddress.isPresent()) {
        socket.bind(new InetSocketAddress(bindAddress.get(), 0));
      }
      InetSocketAddress address = new InetSocketAddress(target.address(), target.port());
      start = ticker.getAsLong();
      socket.connect(address, (int) Math.max(1, limit.toMillis()));
      delays.add((ticker.getAsLong() - start) / 1000);
      return Optional.empty();
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    } catch (ConnectException e) {
      long end = ticker.getAsLong();
      Failure failure = Failures.of(e, "ping");
      if (failure.kind() == FailureKind.CONNECTION_REFUSED) {
        delays.add((end - start) / 1000);
      }
      return Optional.of(failure);
    } catch (IOException e) {
      return Optional.of(Failures.of(e, "ping"));
    }
  }
}

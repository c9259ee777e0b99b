package org.vidtomo.agent.ping;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handshakes of this process with itself. The first of a process would time the loading and
 * interpreting of its code, and one after a pause the filling of the processor's caches: some 100
 * µs on a path of 50. Not thread-safe.
 */
final class WarmUp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final int UNTIL_COMPILED = 1000;
  private static final Duration LIMIT = Duration.ofMillis(500);
  private static final AtomicBoolean compiled = new AtomicBoolean();

  private final LongSupplier ticker;
  private ServerSocket own;

  private WarmUp(LongSupplier ticker) {
    this.ticker = ticker;
  }

  /** Listens on loopback; where that fails there is no warming up. */
  static WarmUp open(LongSupplier ticker) {
    WarmUp warmUp = new WarmUp(ticker);
    try {
      warmUp.own = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      warmUp.own.setSoTimeout((int) LIMIT.toMillis());
    } catch (IOException e) {
      warmUp.fail(e);
    }
    int handshakes = compiled.getAndSet(true) ? 0 : UNTIL_COMPILED;
    for (int i = 0; i < handshakes; i++) {
      warmUp.once();
    }
    return warmUp;
  }

  /** One handshake. */
  void once() {
    if (own == null) {
      return;
    }
    try {
      Handshake.time(
          (InetSocketAddress) own.getLocalSocketAddress(), Optional.empty(), LIMIT, ticker);
      try (Socket accepted = own.accept()) {
        // A reset leaves no socket in TIME_WAIT.
        accepted.setSoLinger(true, 0);
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException reason) {
    LOG.debug("Not warmed up reason=\"{}\"", reason.toString());
    close();
  }

  @Override
  public void close() {
    if (own != null) {
      try {
        own.close();
      } catch (IOException e) {
        LOG.debug("Not closed reason=\"{}\"", e.toString());
      }
      own = null;
    }
  }
}

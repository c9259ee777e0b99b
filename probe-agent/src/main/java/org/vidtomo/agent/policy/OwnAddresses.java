package org.vidtomo.agent.policy;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This machine's own addresses, looked up again when older than ten seconds. Thread-safe. */
final class OwnAddresses implements Supplier<Set<InetAddress>> {
  private static final Logger LOG = LoggerFactory.getLogger(OwnAddresses.class);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

  private Set<InetAddress> known = Set.of();
  private long readAt;
  private boolean read;

  @Override
  public synchronized Set<InetAddress> get() {
    if (!read || System.nanoTime() - readAt > FRESH_NANOS) {
      known = lookUp();
      readAt = System.nanoTime();
      read = true;
    }
    return known;
  }

  private Set<InetAddress> lookUp() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .collect(Collectors.toUnmodifiableSet());
    } catch (SocketException e) {
      LOG.warn("cannot list this machine's addresses, going by those known={}", known.size(), e);
      return known;
    }
  }
}

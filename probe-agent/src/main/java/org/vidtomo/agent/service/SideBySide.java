package org.vidtomo.agent.service;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes two parts at once, where one after the other would take too long. */
final class SideBySide {
  private static final Logger LOG = LoggerFactory.getLogger(SideBySide.class);
  private static final long LIMIT_MILLIS = TimeUnit.SECONDS.toMillis(3);

  private SideBySide() {}

  /** Closes one on a thread of its own; both are closed when it returns, or have hung for long. */
  static void close(AutoCloseable one, AutoCloseable other) {
    Thread beside = new Thread(() -> closeQuietly(one), "agent-close");
    beside.setDaemon(true);
    beside.start();
    closeQuietly(other);
    try {
      beside.join(LIMIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("closing a part of the agent failed part={}", part.getClass().getSimpleName(), e);
    }
  }
}

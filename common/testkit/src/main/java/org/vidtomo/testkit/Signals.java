package org.vidtomo.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals to processes that a test started. */
final class Signals {
  private Signals() {}

  /** Sends a signal by its name, as {@code kill} knows it, and waits until it is sent. */
  static void send(long pid, String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("Cannot send " + name + " to process " + pid);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

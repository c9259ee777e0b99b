package org.vidtomo.agent.extractor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads what a program prints on a thread of its own, keeps the first bytes, and counts on. */
final class BoundedOutput implements Runnable {
  private final InputStream in;
  private final int max;
  private final Runnable tooMuch;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean overflow;

  /**
   * @param tooMuch called once when there is more than what is kept
   */
  BoundedOutput(InputStream in, int max, Runnable tooMuch) {
    this.in = in;
    this.max = max;
    this.tooMuch = tooMuch;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[1 << 16];
    try (in) {
      for (int n; (n = in.read(buffer)) >= 0; ) {
        if (!keep(buffer, n)) {
          tooMuch.run();
          return;
        }
      }
    } catch (IOException e) {
      // The program was ended: what came before it is kept.
      return;
    }
  }

  private synchronized boolean keep(byte[] buffer, int n) {
    kept.write(buffer, 0, Math.min(n, max - kept.size()));
    overflow = kept.size() >= max;
    return !overflow;
  }

  synchronized byte[] bytes() {
    return kept.toByteArray();
  }

  synchronized boolean overflow() {
    return overflow;
  }
}

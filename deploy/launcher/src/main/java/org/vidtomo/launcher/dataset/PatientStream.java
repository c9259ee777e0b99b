package org.vidtomo.launcher.dataset;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A stream on which no read waits longer than allowed: the JDK's client bounds no body. */
public final class PatientStream extends FilterInputStream {
  private static final long NOT_READING = Long.MIN_VALUE;

  private final Duration patience;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "export-watch");
            thread.setDaemon(true);
            return thread;
          });
  private volatile long readingSince = NOT_READING;
  private volatile boolean gaveUp;

  /** Watches over a stream from now on. */
  public PatientStream(InputStream in, Duration patience) {
    super(in);
    this.patience = patience;
    long every = Math.max(1, patience.toMillis() / 10);
    watch.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
  }

  private void look() {
    long since = readingSince;
    if (since != NOT_READING && System.nanoTime() - since > patience.toNanos()) {
      gaveUp = true;
      try {
        in.close();
      } catch (IOException e) {
        // It is given up in any case.
        watch.shutdown();
      }
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int read = read(one, 0, 1);
    return read < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    readingSince = System.nanoTime();
    try {
      int read = in.read(bytes, offset, length);
      if (!gaveUp) {
        return read;
      }
    } catch (IOException e) {
      if (!gaveUp) {
        throw e;
      }
    } finally {
      readingSince = NOT_READING;
    }
    throw new IOException("nothing came for %d s".formatted(patience.toSeconds()));
  }

  @Override
  public void close() throws IOException {
    watch.shutdownNow();
    super.close();
  }
}

package org.vidtomo.launcher.print;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.vidtomo.agent.run.ProgressListener;
import org.vidtomo.core.task.MeasurementParameters;

/**
 * One line on a terminal that says what a measurement is doing and for how long; nothing where
 * standard error is none.
 */
public final class MeasureProgress implements ProgressListener, AutoCloseable {
  private static final String CLEAR = "\r\033[K";
  private static final int BAR = 20;
  private static final long REDRAW_MILLIS = 200;

  private final PrintStream err;
  private final Terminal terminal;
  private final MeasurementParameters parameters;
  private final ScheduledExecutorService clock;
  private String url = "";
  private String step = "";
  private long stepBegan;
  private long bytes;
  private long downloadMicros;
  private boolean running;

  /** Shows nothing before {@link #begin}. */
  public MeasureProgress(PrintStream err, Terminal terminal, MeasurementParameters parameters) {
    this.err = err;
    this.terminal = terminal;
    this.parameters = parameters;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "measure-progress");
              thread.setDaemon(true);
              return thread;
            });
    if (terminal.err()) {
      clock.scheduleWithFixedDelay(this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** A measurement begins. */
  public synchronized void begin(String of, int index, int count) {
    url = (count > 1 ? (index + 1) + "/" + count + " " : "") + Units.safe(of, 200);
    running = true;
    next("starting");
  }

  @Override
  public synchronized void started(Step next) {
    next("%d/%d %s".formatted(next.ordinal() + 1, Step.values().length, next.wireName()));
  }

  private void next(String text) {
    step = text;
    stepBegan = System.nanoTime();
    bytes = 0;
    downloadMicros = 0;
    draw();
  }

  /** Called for every few bytes of a fast download: noted here, drawn by the clock. */
  @Override
  public synchronized void downloaded(long soFar, long elapsedMicros) {
    bytes = soFar;
    downloadMicros = elapsedMicros;
  }

  /** The measurement is over: the line goes. */
  public synchronized void end() {
    running = false;
    if (terminal.err()) {
      err.print(CLEAR);
      err.flush();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    end();
  }

  private synchronized void draw() {
    if (!terminal.err() || !running) {
      return;
    }
    double seconds = (System.nanoTime() - stepBegan) / 1e9;
    String what =
        bytes > 0 ? download() : String.format(Locale.ROOT, "%s %.0f s", step, Math.floor(seconds));
    err.print(CLEAR + what + "  " + terminal.fit(url, what.length() + 3));
    err.flush();
  }

  private String download() {
    double done =
        Math.min(
            1,
            Math.max(
                (double) downloadMicros / parameters.downloadTimeMicros(),
                (double) bytes / parameters.downloadBytes()));
    int filled = (int) (BAR * done);
    long bps = downloadMicros == 0 ? 0 : Math.round(bytes * 8e6 / downloadMicros);
    return step
        + " "
        + terminal.pick("█", "#").repeat(filled)
        + terminal.pick("░", ".").repeat(BAR - filled)
        + " "
        + Units.bytes(bytes)
        + " at "
        + Units.rate(bps);
  }
}

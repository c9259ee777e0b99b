package org.vidtomo.launcher.print;

import java.io.PrintStream;
import java.util.Locale;
import org.vidtomo.agent.run.ProgressListener;

/** One line on a terminal that says what a measurement is doing; nothing where there is none. */
public final class MeasureProgress implements ProgressListener, AutoCloseable {
  private static final String CLEAR = "\r\033[K";

  private final PrintStream err;
  private final boolean terminal;
  private String url = "";

  public MeasureProgress(PrintStream err) {
    this.err = err;
    this.terminal = System.console() != null;
  }

  /** A measurement begins. */
  public synchronized void begin(String of) {
    url = Units.safe(of, 60);
    show("starting");
  }

  @Override
  public void started(Step step) {
    show(step.wireName());
  }

  @Override
  public void downloaded(long bytes, long elapsedMicros) {
    long bps = elapsedMicros == 0 ? 0 : Math.round(bytes * 8e6 / elapsedMicros);
    show(String.format(Locale.ROOT, "download %s at %s", Units.bytes(bytes), Units.rate(bps)));
  }

  /** The measurement is over: the line goes. */
  public synchronized void end() {
    if (terminal) {
      err.print(CLEAR);
      err.flush();
    }
  }

  @Override
  public void close() {
    end();
  }

  private synchronized void show(String what) {
    if (terminal) {
      err.print(CLEAR + url + "  " + what);
      err.flush();
    }
  }
}

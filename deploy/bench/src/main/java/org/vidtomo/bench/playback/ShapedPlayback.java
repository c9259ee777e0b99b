package org.vidtomo.bench.playback;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.TimelinePoint;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.testkit.Nginx;
import org.vidtomo.testkit.ShapedLink;
import org.vidtomo.testkit.TempDirectories;
import org.vidtomo.testkit.exact.ExactPlaying;
import org.vidtomo.testkit.exact.ExactPlaying.Delivery;
import org.vidtomo.testkit.exact.ExactPlaying.Thresholds;
import org.vidtomo.testkit.exact.Fraction;
import org.vidtomo.testkit.exact.LinkTrace;
import org.vidtomo.testkit.exact.LinkTrace.Stretch;
import org.vidtomo.testsite.media.Clip;

/** A clip measured over a link whose rate is known, beside arithmetic. */
final class ShapedPlayback implements AutoCloseable {
  /**
   * What of a rate is the media: 1,448 bytes in each frame of 1,514, which the kernel counts (MTU
   * 1,500, TCP with time stamps).
   */
  private static final double PAYLOAD = 1448.0 / 1514;

  static final double FRAME_BYTES = 1514;

  /** Before the media: what a handshake and the head of a response take. */
  private static final long OVERHEAD_BYTES = 450;

  /** A rate stays for longer than any download lasts. */
  private static final long FOREVER_MILLIS = 600_000;

  private static final long LIMIT_SECONDS = 90;
  private static final long[] STEPS_MICROS = {10_000, 20_000};
  private static final long PHASE_MICROS = 2_000;

  private final ShapedLink link;
  private final Nginx nginx;
  private final Path log;
  private final Process client;
  private final BufferedReader said;
  private final PrintStream ask;

  /**
   * What both say.
   *
   * @param report with the playback that was measured
   * @param exact what arithmetic says of the link, and of it seen in steps of 10 and 20 ms:
   *     recording puts together the bytes of 10 ms, and a process waits for its turn as long. Where
   *     the buffer all but runs dry, so little makes a stall or spares one.
   */
  record Outcome(Report report, List<ExactPlaying> exact) {
    Playback measured() {
      return report.playback().orElseThrow();
    }

    LongSummaryStatistics stalls() {
      return exact.stream().mapToLong(e -> e.stalls().size()).summaryStatistics();
    }

    LongSummaryStatistics stalledMillis() {
      return exact.stream()
          .mapToLong(e -> Math.round(e.stalled().toDouble() / 1e3))
          .summaryStatistics();
    }

    LongSummaryStatistics startupMillis() {
      return exact.stream()
          .mapToLong(e -> Math.round(e.startup().orElseThrow().toDouble() / 1e3))
          .summaryStatistics();
    }

    /** As many stalls, and times that differ by no more than allowed. */
    boolean agrees(double toleranceMillis) {
      return within(measured().stallCount(), stalls(), 0)
          && within(measured().stalledMicros() / 1e3, stalledMillis(), toleranceMillis)
          && within(
              measured().startupDelayMicros().orElseThrow() / 1e3,
              startupMillis(),
              toleranceMillis);
    }

    private static boolean within(double value, LongSummaryStatistics range, double tolerance) {
      return value >= range.getMin() - tolerance && value <= range.getMax() + tolerance;
    }
  }

  private ShapedPlayback(ShapedLink link, Nginx nginx, Path log, Process client) {
    this.link = link;
    this.nginx = nginx;
    this.log = log;
    this.client = client;
    this.said =
        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    this.ask = new PrintStream(client.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /**
   * Makes the link, a server at one end and the instrument at the other.
   *
   * @throws IOException that says what is missing here
   */
  static ShapedPlayback open() throws IOException, InterruptedException {
    Path folder = TempDirectories.create("shaped-playback");
    for (Clip clip : List.of(Clip.LOW, Clip.MID, Clip.HIGH)) {
      try (InputStream in = Clip.class.getResourceAsStream(clip.file())) {
        Files.copy(in, Files.createDirectories(folder.resolve("www")).resolve(clip.file()));
      }
    }
    ShapedLink link = ShapedLink.open();
    try {
      link.frameByFrame();
      Nginx nginx =
          Nginx.start(
              folder,
              link.inServer(),
              port ->
                  "log_format times '$msec $request_time'; server { listen %s:%d; root www; access_log times.log times; }"
                      .formatted(ShapedLink.SERVER_ADDRESS, port));
      return new ShapedPlayback(link, nginx, folder.resolve("times.log"), client(link));
    } catch (IOException | RuntimeException e) {
      link.close();
      throw e;
    }
  }

  private static Process client(ShapedLink link) throws IOException {
    List<String> command = new ArrayList<>(link.inClient());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.add(MeasureOnce.class.getName());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Bits of media in a second that a rate of the link carries. */
  static long goodput(long bps) {
    return Math.round(bps * PAYLOAD);
  }

  /** The rate of the link that carries so many bits of media in a second. */
  static long rateFor(double goodputBps) {
    return Math.round(goodputBps / PAYLOAD);
  }

  /** Measures a clip over a link of one rate. */
  Outcome run(Clip clip, PlayerBuffer buffer, long bps)
      throws IOException, InterruptedException, WireException {
    link.rateWithoutLoss(bps);
    return outcome(measure(clip, buffer), buffer, trace(bps));
  }

  /** Measures a clip over a link whose rate changes. */
  Outcome run(Clip clip, PlayerBuffer buffer, List<Stretch> rates)
      throws IOException, InterruptedException, WireException {
    try (ChangingRate changing = ChangingRate.start(link, rates)) {
      Report report = measure(clip, buffer);
      return outcome(report, buffer, changing.since(downloadBegan(), FOREVER_MILLIS));
    }
  }

  private Report measure(Clip clip, PlayerBuffer buffer) throws IOException, WireException {
    ask.printf(
        "%d %d %d http://%s:%d/%s%n",
        buffer.initialMicros(),
        buffer.minMicros(),
        buffer.restartMicros(),
        ShapedLink.SERVER_ADDRESS,
        nginx.port(),
        clip.file());
    String json = said.readLine();
    while (json != null && !json.startsWith("{")) {
      json = said.readLine();
    }
    if (json == null) {
      throw new IOException("the client's end broke off");
    }
    return Wire.read(json, Report.class);
  }

  /** When the server read the newest request, by the clock. */
  private long downloadBegan() throws IOException {
    List<String> lines = Files.readAllLines(log);
    String[] words = lines.get(lines.size() - 1).split(" ");
    return Math.round((Double.parseDouble(words[0]) - Double.parseDouble(words[1])) * 1e3);
  }

  private static Outcome outcome(Report report, PlayerBuffer buffer, LinkTrace trace)
      throws IOException {
    List<ExactPlaying> exact = new ArrayList<>();
    exact.add(exact(report, buffer, trace, at -> at));
    for (long step : STEPS_MICROS) {
      for (long phase = 0; phase < step; phase += PHASE_MICROS) {
        long first = phase;
        exact.add(exact(report, buffer, trace, at -> seen(at, step, first)));
      }
    }
    return new Outcome(report, exact);
  }

  /**
   * What comes at once of the media, in bits.
   *
   * @param first before it come the handshake and the head
   */
  static long bucket(long bps, boolean first) {
    return goodput((ShapedLink.burstBytes(bps) - (first ? OVERHEAD_BYTES : 0)) * 8);
  }

  /** What the link carries of the media: a full bucket at once, then its rate. */
  private static LinkTrace trace(long bps) {
    return new LinkTrace(
        List.of(
            new Stretch(1, bucket(bps, true)),
            new Stretch(FOREVER_MILLIS, Math.round(goodput(bps) / 1e3))));
  }

  private static ExactPlaying exact(
      Report report, PlayerBuffer buffer, LinkTrace trace, UnaryOperator<Fraction> seen)
      throws IOException {
    if (report.download().isEmpty()
        || report.download().get().end() != DownloadEnd.END_OF_BODY
        || report.media().flatMap(m -> m.timeline()).isEmpty()) {
      throw new IOException("the clip was not measured to its end: " + report.failure());
    }
    List<Delivery> deliveries = new ArrayList<>();
    List<TimelinePoint> timeline = report.media().orElseThrow().timeline().orElseThrow();
    for (TimelinePoint point : timeline) {
      deliveries.add(
          new Delivery(
              seen.apply(trace.whenMicros(point.bytes())), Fraction.of(point.mediaMicros())));
    }
    long all = report.download().get().bytes();
    deliveries.add(
        new Delivery(
            seen.apply(trace.whenMicros(all)),
            Fraction.of(timeline.get(timeline.size() - 1).mediaMicros())));
    return ExactPlaying.toTheEnd(
        deliveries,
        Thresholds.ofMicros(buffer.initialMicros(), buffer.minMicros(), buffer.restartMicros()));
  }

  /** The next of the moments at which one looks. */
  private static Fraction seen(Fraction at, long stepMicros, long phaseMicros) {
    long late = (long) Math.ceil((at.toDouble() - phaseMicros) / stepMicros);
    return Fraction.of(phaseMicros + Math.max(0, late) * stepMicros);
  }

  @Override
  public void close() {
    ask.close();
    try {
      if (!client.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        client.destroyForcibly();
      }
    } catch (InterruptedException e) {
      client.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    nginx.close();
    link.close();
  }
}

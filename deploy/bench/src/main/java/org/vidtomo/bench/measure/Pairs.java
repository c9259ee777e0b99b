package org.vidtomo.bench.measure;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Downloads of the same body by both, in turn; who begins alternates. */
record Pairs(List<Pair> pairs) {
  private static final int WARM_UP = 2;

  record Pair(Sample ours, Sample curl) {
    double ratio() {
      return ours.bps() / curl.bps();
    }
  }

  static Pairs run(OurSide ours, CurlSide curl, URI url, int count)
      throws IOException, InterruptedException {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i % 2 == 0) {
        Sample first = ours.download(url);
        pairs.add(new Pair(first, curl.download(url)));
      } else {
        Sample first = curl.download(url);
        pairs.add(new Pair(ours.download(url), first));
      }
    }
    return new Pairs(pairs);
  }

  /** Lets the compiler see the code first: what is measured is a process that has run a while. */
  static void warmUp(OurSide ours, URI url) throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      ours.download(url);
    }
  }

  Spread ratio() {
    return Spread.of(pairs, Pair::ratio);
  }

  /** One line of a table. */
  String row(String name, double goal) {
    Spread ratio = ratio();
    return String.format(
        Locale.ROOT,
        "%-24s %10.3f %10.3f   %s   goal %.2f %s",
        name,
        Spread.of(pairs, p -> p.ours().bps()).median() / 1e6,
        Spread.of(pairs, p -> p.curl().bps()).median() / 1e6,
        ratio,
        goal,
        ratio.median() >= goal ? "reached" : "MISSED");
  }

  /** The same row for a ratio that must be near one from both sides. */
  String rowWithin(String name, double tolerance) {
    Spread ratio = ratio();
    boolean near = Math.abs(ratio.median() - 1) <= tolerance;
    return String.format(
        Locale.ROOT,
        "%-24s %10.4f %10.4f   %s   within %.0f %% %s",
        name,
        Spread.of(pairs, p -> p.ours().bps()).median() / 1e6,
        Spread.of(pairs, p -> p.curl().bps()).median() / 1e6,
        ratio,
        tolerance * 100,
        near ? "reached" : "MISSED");
  }

  /** What it cost. */
  String cpu() {
    return String.format(
        Locale.ROOT,
        "%-24s processor s/GB: ours %s, curl %s",
        "",
        Spread.of(pairs, p -> p.ours().cpuSecondsPerGb()),
        Spread.of(pairs, p -> p.curl().cpuSecondsPerGb()));
  }
}

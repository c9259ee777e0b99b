package org.vidtomo.bench.measure;

import java.util.List;
import java.util.Locale;

/** The instrument beside curl and ping: {@code script/bench measure [--quick] [PART …]}. */
public final class MeasureBench {
  private static final List<String> PARTS = List.of("phases", "loopback", "shaped");
  private static final int PAIRS = 15;
  private static final int SHAPED_PAIRS = 7;
  private static final int QUICK_PAIRS = 3;

  private MeasureBench() {}

  public static void main(String[] args) throws Exception {
    List<String> words = List.of(args);
    List<String> named = words.stream().filter(word -> !word.equals("--quick")).toList();
    if (!PARTS.containsAll(named)) {
      System.err.println("usage: script/bench measure [--quick] [phases] [loopback] [shaped]");
      System.exit(2);
    }
    boolean quick = words.contains("--quick");
    List<String> parts = named.isEmpty() ? PARTS : named;
    System.out.printf(
        Locale.ROOT,
        "measure, %s %s, %d processors%n",
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        Runtime.getRuntime().availableProcessors());
    if (parts.contains("phases")) {
      PhasesBench.run(quick ? QUICK_PAIRS : PAIRS);
    }
    if (parts.contains("loopback")) {
      LoopbackBench.run(quick ? QUICK_PAIRS : PAIRS);
    }
    if (parts.contains("shaped")) {
      ShapedBench.run(quick ? QUICK_PAIRS : SHAPED_PAIRS);
    }
    System.exit(0);
  }
}

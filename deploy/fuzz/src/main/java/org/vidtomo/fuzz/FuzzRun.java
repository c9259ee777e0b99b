package org.vidtomo.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Fuzzes targets in a JVM of its own, all in turn if they are several. Too much memory, an input
 * that takes ten seconds and whatever is thrown are findings.
 */
final class FuzzRun {
  private static final String HEAP = "-Xmx256m";
  private static final int INPUT_SECONDS = 10;
  private static final int INPUT_BYTES = 16_384;
  private static final Duration STARTING = Duration.ofMinutes(3);
  private static final Pattern EXECUTED = Pattern.compile("stat::number_of_executed_units: (\\d+)");
  private static final Pattern COVERED = Pattern.compile(" cov: (\\d+)");

  /**
   * What came of it.
   *
   * @param inputs that were tried
   * @param covered places in the code that they reached
   * @param found inputs that made findings, and what the fuzzer said when there are any
   */
  record Result(long inputs, long covered, List<Path> found, String output) {
    Result {
      found = List.copyOf(found);
    }
  }

  private final List<FuzzTarget> targets;
  private final String classPath;
  private final Path directory;

  /**
   * A run.
   *
   * @param directory keeps what was learned for the next run, and inputs that made findings
   */
  FuzzRun(List<FuzzTarget> targets, String classPath, Path directory) {
    this.targets = List.copyOf(targets);
    this.classPath = classPath;
    this.directory = directory.toAbsolutePath();
  }

  Result run(Duration time) throws IOException, InterruptedException {
    Path corpus = Files.createDirectories(directory.resolve("corpus").resolve(name()));
    Path found = Files.createDirectories(directory.resolve("findings").resolve(name()));
    for (int target = 0; target < targets.size(); target++) {
      int number = 0;
      for (byte[] seed : targets.get(target).seeds()) {
        Files.write(corpus.resolve("seed-" + target + "-" + number++), input(target, seed));
      }
    }
    Path output = directory.resolve(name() + ".log");
    Process process =
        new ProcessBuilder(command(time, corpus, found))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(time.plus(STARTING).toSeconds(), TimeUnit.SECONDS);
      String said = Files.readString(output, StandardCharsets.UTF_8);
      if (!ended || process.exitValue() != 0 && findings(found).isEmpty()) {
        throw new IOException("fuzzing " + name() + " did not end as it should; see " + output);
      }
      return new Result(last(EXECUTED, said), last(COVERED, said), findings(found), said);
    } finally {
      process.destroyForcibly();
    }
  }

  private String name() {
    return targets.size() == 1 ? targets.get(0).parser() : "all";
  }

  private byte[] input(int target, byte[] seed) {
    if (targets.size() == 1) {
      return seed;
    }
    return ByteBuffer.allocate(1 + seed.length).put((byte) target).put(seed).array();
  }

  private List<String> command(Duration time, Path corpus, Path found) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(HEAP, "-cp", classPath, Jazzer.class.getName()));
    command.addAll(
        List.of(
            "--target_class=" + OneInput.class.getName(),
            "--target_args=" + String.join(" ", targets.stream().map(FuzzTarget::name).toList()),
            "--instrumentation_includes=org.vidtomo.**",
            "--reproducer_path=" + found,
            "-artifact_prefix=" + found + "/",
            "-max_total_time=" + time.toSeconds(),
            "-timeout=" + INPUT_SECONDS,
            "-max_len=" + INPUT_BYTES,
            "-print_final_stats=1",
            corpus.toString()));
    return command;
  }

  private static List<Path> findings(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static long last(Pattern number, String text) {
    long last = 0;
    for (Matcher matcher = number.matcher(text); matcher.find(); ) {
      last = Long.parseLong(matcher.group(1));
    }
    return last;
  }
}

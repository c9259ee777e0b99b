package org.vidtomo.bench.budget;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vidtomo.agent.http.ThrowawayCertificate;
import org.vidtomo.bench.Say;
import org.vidtomo.testkit.Nginx;
import org.vidtomo.testkit.ShapedLink;
import org.vidtomo.testkit.TempDirectories;

/**
 * An agent with a budget at a link of 1 Gbit/s: what the counters of its network interface say,
 * both ways, when it takes nothing more; also when it is killed on the way, and when its clock is
 * set. Needs root, as all shaped links.
 */
public final class BudgetBench {
  private static final long RATE_BPS = 1_000_000_000L;
  private static final long BUDGET_BYTES = 300_000_000L;
  private static final long MEDIA_BYTES = 4L << 30;
  private static final long BOUND_BYTES = 4L << 20;
  private static final int HEAP_MIB = 128;
  private static final int KILLS = 3;

  private final ShapedLink link;
  private final Path folder;
  private boolean kept = true;

  private BudgetBench(ShapedLink link, Path folder) {
    this.link = link;
    this.folder = folder;
  }

  /** What a client printed last, and whether it ended by itself. */
  private record Run(long left, long spent, long heapBytes) {}

  /** A server, and how to ask it. */
  private record Site(String url, String authority, String connectTo) {}

  /** Runs all parts; the exit status tells whether each stayed within the bound. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = TempDirectories.create("budget");
    Files.createDirectories(folder.resolve("www"));
    try (RandomAccessFile out = new RandomAccessFile(folder.resolve("www/v.mp4").toFile(), "rw")) {
      out.setLength(MEDIA_BYTES);
    }
    Instant now = Instant.now();
    ThrowawayCertificate own =
        ThrowawayCertificate.of(
            "localhost", now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
    Files.writeString(folder.resolve("cert.pem"), own.certificatePem());
    Files.writeString(folder.resolve("key.pem"), own.keyPem());
    if (!allWithin(folder)) {
      System.exit(1);
    }
  }

  private static boolean allWithin(Path folder) throws IOException, InterruptedException {
    try (ShapedLink link = ShapedLink.open();
        Nginx plain = Nginx.start(folder, link.inServer(), port -> server(port, ""));
        Nginx tls = Nginx.start(sub(folder), link.inServer(), port -> server(port, " ssl http2"))) {
      link.rate(RATE_BPS);
      Site http = new Site(url("http://" + ShapedLink.SERVER_ADDRESS, plain), "none", "-");
      Site https =
          new Site(
              url("https://localhost", tls),
              folder.resolve("cert.pem").toString(),
              "localhost:%d:%s:%d".formatted(tls.port(), ShapedLink.SERVER_ADDRESS, tls.port()));
      BudgetBench bench = new BudgetBench(link, folder);
      Say.say(
          "Budget of %d MB a day, 1 Gbit/s, heap of %d MiB; bytes on the interface, both ways",
          BUDGET_BYTES / 1_000_000, HEAP_MIB);
      bench.wholeDay("HTTP/1.1", http);
      bench.wholeDay("HTTP/2 over TLS", https);
      bench.killed(http);
      bench.clockSet(http);
      return bench.kept;
    }
  }

  private static Path sub(Path folder) throws IOException {
    Path tls = Files.createDirectories(folder.resolve("tls"));
    Files.createSymbolicLink(tls.resolve("www"), folder.resolve("www"));
    Files.copy(folder.resolve("cert.pem"), tls.resolve("cert.pem"));
    Files.copy(folder.resolve("key.pem"), tls.resolve("key.pem"));
    return tls;
  }

  private static String server(int port, String flags) {
    String secrets =
        flags.isEmpty() ? "" : "ssl_certificate cert.pem; ssl_certificate_key key.pem;";
    return "server { listen %s:%d%s; root www; %s }"
        .formatted(ShapedLink.SERVER_ADDRESS, port, flags, secrets);
  }

  private static String url(String host, Nginx nginx) {
    return host + ":" + nginx.port() + "/v.mp4";
  }

  private void wholeDay(String name, Site site) throws IOException, InterruptedException {
    Path account = folder.resolve("spent-" + name.hashCode());
    long before = onInterface();
    Run run = run(site, account, 0, true, Optional.empty());
    long taken = onInterface() - before;
    say(name, taken, run);
  }

  private void killed(Site site) throws IOException, InterruptedException {
    Path account = folder.resolve("spent-killed");
    long before = onInterface();
    for (int i = 1; i <= KILLS; i++) {
      // In the middle of a download, each a little later.
      run(site, account, 0, true, Optional.of(onInterface() + i * 15_000_000L));
    }
    Run last = run(site, account, 0, true, Optional.empty());
    say("kill -9, " + KILLS + " times", onInterface() - before, last);
  }

  /** On the account of a day that is used up. */
  private void clockSet(Site site) throws IOException, InterruptedException {
    Path account = folder.resolve("spent-clock");
    long before = onInterface();
    Run first = run(site, account, 0, true, Optional.empty());
    say("before the clock is set", onInterface() - before, first);
    for (int days : List.of(1, 40, 400, -1, -40)) {
      for (boolean coordinator : List.of(true, false)) {
        run(site, account, days, coordinator, Optional.empty());
      }
    }
    say("clock set by 1 to 400 days, 10 starts", onInterface() - before, first);
  }

  private void say(String name, long taken, Run run) {
    long over = taken - BUDGET_BYTES;
    boolean within = over <= BOUND_BYTES;
    kept &= within;
    Say.say(
        "%-40s %6.1f MB, %+6.1f MiB to the budget (bound +4.0) %s; account %.1f MB (%+.1f %%),"
            + " peak heap %d MiB",
        name,
        taken / 1e6,
        over / 1048576.0,
        within ? "ok" : "OVER",
        run.spent() / 1e6,
        100.0 * (run.spent() - taken) / taken,
        run.heapBytes() >> 20);
  }

  /** Runs a client to its end, or kills it once so much is on the interface. */
  private Run run(Site site, Path account, int days, boolean coordinator, Optional<Long> killAt)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(link.inClient());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + HEAP_MIB + "m",
            "-cp",
            System.getProperty("java.class.path"),
            BudgetClient.class.getName(),
            account.toString(),
            Long.toString(BUDGET_BYTES),
            site.url(),
            site.authority(),
            site.connectTo(),
            Integer.toString(days),
            Boolean.toString(coordinator)));
    Process client =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    if (killAt.isPresent()) {
      while (client.isAlive() && onInterface() < killAt.get()) {
        Thread.onSpinWait();
      }
      client.destroyForcibly().waitFor();
      return new Run(0, 0, 0);
    }
    Run run = read(client);
    if (client.waitFor() != 0) {
      throw new IOException("the client failed: " + command);
    }
    return run;
  }

  private static Run read(Process client) throws IOException {
    long left = -1;
    long spent = 0;
    long heap = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        switch (words[0]) {
          case "left" -> left = left < 0 ? Long.parseLong(words[1]) : left;
          case "measured" -> spent = Long.parseLong(words[3]);
          case "heap" -> heap = Long.parseLong(words[1]);
          default -> {
            // The log.
          }
        }
      }
    }
    return new Run(left, spent, heap);
  }

  private long onInterface() throws IOException, InterruptedException {
    return link.clientBytes();
  }
}

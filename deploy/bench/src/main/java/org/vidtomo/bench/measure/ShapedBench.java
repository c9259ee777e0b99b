package org.vidtomo.bench.measure;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vidtomo.testkit.Nginx;
import org.vidtomo.testkit.ShapedLink;
import org.vidtomo.testkit.TempDirectories;

/** Goodput over links of known rates, and round-trip times over the same wire. */
final class ShapedBench {
  private static final List<Integer> RATES_MBPS = List.of(1, 5, 20, 100, 500);
  private static final int SECONDS = 6;

  private ShapedBench() {}

  static void run(int pairs) throws IOException, InterruptedException {
    Path folder = TempDirectories.create("shaped");
    Files.createDirectories(folder.resolve("www"));
    for (int rate : RATES_MBPS) {
      body(folder.resolve("www/" + rate), rate * 125_000L * SECONDS);
    }
    System.out.printf(
        "%nLinks shaped by the kernel, bodies of %d s, %d pairs: Mbit/s ours, curl, ratio"
            + " (min–max)%n",
        SECONDS, pairs);
    try (ShapedLink link = ShapedLink.open();
        Nginx nginx = Nginx.start(folder, link.inServer(), ShapedBench::server)) {
      child(link, "rtt", ShapedLink.SERVER_ADDRESS, Integer.toString(nginx.port()), "3");
      for (int rate : RATES_MBPS) {
        link.rate(rate * 1_000_000L);
        child(
            link,
            "goodput",
            rate + " Mbit/s",
            "http://%s:%d/%d".formatted(ShapedLink.SERVER_ADDRESS, nginx.port(), rate),
            Integer.toString(pairs),
            rate == 500 ? "0.03" : "0.02");
      }
    }
  }

  private static String server(int port) {
    return "server { listen %s:%d; root www; }".formatted(ShapedLink.SERVER_ADDRESS, port);
  }

  /** A body of zeros that takes no room on the disk. */
  static void body(Path file, long bytes) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(bytes);
    }
  }

  private static void child(ShapedLink link, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(link.inClient());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            ShapedClient.class.getName()));
    command.addAll(List.of(args));
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException("The client's end failed: " + String.join(" ", args));
    }
  }
}

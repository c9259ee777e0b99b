package org.vidtomo.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One request by curl; times in microseconds. Its {@code time_pretransfer} comes after the request
 * was written, so processing is counted from the last handshake on.
 *
 * @param redirect where the answer leads; empty when nowhere
 * @param cpuMicros of the process, in steps of a hundredth of a second
 */
public record Curl(
    String url,
    int status,
    String address,
    String protocol,
    long connectMicros,
    long tlsMicros,
    long processingMicros,
    long transferMicros,
    long bytes,
    String redirect,
    long cpuMicros) {
  private static final String FORM =
      "%{http_code}\\t%{remote_ip}\\t%{http_version}\\t%{time_namelookup}\\t%{time_connect}\\t"
          + "%{time_appconnect}\\t%{time_starttransfer}\\t%{time_total}\\t%{size_download}\\t"
          + "%{redirect_url}\\n";
  private static final String LIMIT_SECONDS = "120";
  private static final int FIELDS = 10;

  /** Follows redirects one request at a time, so that each has its own times. */
  public static List<Curl> chain(String start, Path folder, String... options)
      throws IOException, InterruptedException {
    List<Curl> chain = new ArrayList<>();
    String url = start;
    do {
      chain.add(get(url, folder, options));
      url = chain.get(chain.size() - 1).redirect();
    } while (!url.isEmpty() && chain.size() < 10);
    return chain;
  }

  public static Curl get(String url, Path folder, String... options)
      throws IOException, InterruptedException {
    // The shell's `times` tells what curl cost: its second line is of ended children.
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "curl \"$@\" && times", "sh", "-s", "-o", "/dev/null"));
    command.addAll(List.of("-w", FORM, "--max-time", LIMIT_SECONDS));
    command.addAll(List.of(options));
    command.add(url);
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("curl " + url + " failed: " + out);
    }
    List<String> lines = out.lines().toList();
    return read(url, lines.get(0).split("\t", FIELDS), cpuMicros(lines.get(2)));
  }

  private static Curl read(String url, String[] field, long cpuMicros) {
    long connect = micros(field[4]);
    long tls = micros(field[5]);
    long first = micros(field[6]);
    return new Curl(
        url,
        Integer.parseInt(field[0]),
        field[1],
        "HTTP/" + field[2],
        connect - micros(field[3]),
        tls == 0 ? 0 : tls - connect,
        first - Math.max(connect, tls),
        micros(field[7]) - first,
        Long.parseLong(field[8]),
        field[9],
        cpuMicros);
  }

  /** {@code 0m0.51s 0m0.20s}: of the user and of the system. */
  private static long cpuMicros(String times) {
    long sum = 0;
    for (String time : times.strip().split("\\s+")) {
      String[] parts = time.replace("s", "").split("m");
      sum += Long.parseLong(parts[0]) * 60_000_000 + micros(parts[1]);
    }
    return sum;
  }

  private static long micros(String seconds) {
    return Math.round(Double.parseDouble(seconds) * 1e6);
  }
}

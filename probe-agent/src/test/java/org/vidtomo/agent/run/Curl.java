package org.vidtomo.agent.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.vidtomo.core.wire.Wire;

/**
 * One request by curl; times in microseconds. Its {@code time_pretransfer} comes after the request
 * was written, so processing is counted from the last handshake on.
 */
record Curl(
    String url,
    int status,
    String address,
    long connectMicros,
    long tlsMicros,
    long processingMicros,
    long transferMicros,
    long bytes,
    String redirect) {
  private static final String FORM =
      "{\"status\":%{http_code},\"address\":\"%{remote_ip}\",\"connect\":%{time_connect},"
          + "\"resolve\":%{time_namelookup},\"tls\":%{time_appconnect},"
          + "\"first\":%{time_starttransfer},"
          + "\"total\":%{time_total},\"bytes\":%{size_download},\"next\":\"%{redirect_url}\"}";

  /** Follows redirects one request at a time, so that each has its own times. */
  static List<Curl> chain(String start, Path folder, String... options)
      throws IOException, InterruptedException {
    List<Curl> chain = new ArrayList<>();
    String url = start;
    do {
      chain.add(get(url, folder, options));
      url = chain.get(chain.size() - 1).redirect();
    } while (!url.isEmpty() && chain.size() < 10);
    return chain;
  }

  static Curl get(String url, Path folder, String... options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("curl", "-s", "-o", "/dev/null", "-w", FORM, "--max-time", "20"));
    command.addAll(List.of(options));
    command.add(url);
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("curl " + url + " failed: " + out);
    }
    var json = Wire.mapper().readTree(out);
    long tls = micros(json.path("tls").asDouble());
    long connect = micros(json.path("connect").asDouble());
    return new Curl(
        url,
        json.path("status").asInt(),
        json.path("address").asText(),
        connect - micros(json.path("resolve").asDouble()),
        tls == 0 ? 0 : tls - connect,
        micros(json.path("first").asDouble()) - Math.max(connect, tls),
        micros(json.path("total").asDouble() - json.path("first").asDouble()),
        json.path("bytes").asLong(),
        json.path("next").asText());
  }

  private static long micros(double seconds) {
    return Math.round(seconds * 1e6);
  }
}

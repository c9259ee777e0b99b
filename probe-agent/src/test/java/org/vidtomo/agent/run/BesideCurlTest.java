package org.vidtomo.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.core.report.Hop;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Ping;
import org.vidtomo.core.report.Report;
import org.vidtomo.testkit.Curl;
import org.vidtomo.testkit.Nginx;
import org.vidtomo.testsite.media.Clip;
import org.vidtomo.testsite.media.Clips;

/** The same chain of two redirects over three addresses, by this instrument and by curl. */
class BesideCurlTest {
  private static final List<String> ADDRESSES = List.of("127.0.61.1", "127.0.61.2", "127.0.61.3");
  private static final int MEDIAN_OF = 7;

  @TempDir static Path folder;
  private static Nginx nginx;
  private static byte[] clip;

  @BeforeAll
  static void start() throws IOException {
    clip = Clips.load().bytes(Clip.MID).getBytes();
    Files.createDirectories(folder.resolve("www"));
    Files.write(folder.resolve("www/v.mp4"), clip);
    nginx = Nginx.start(folder, BesideCurlTest::servers);
    nginx.awaitListening(ADDRESSES.get(2));
  }

  @AfterAll
  static void stop() {
    nginx.close();
  }

  private static String servers(int port) {
    return """
        server { listen %1$s:%4$d; location / { return 302 http://%2$s:%4$d/second; } }
        server { listen %2$s:%4$d; absolute_redirect off;
          location / { return 307 //%3$s:%4$d/v.mp4; } }
        server { listen %3$s:%4$d; root www; }
        """
        .formatted(ADDRESSES.get(0), ADDRESSES.get(1), ADDRESSES.get(2), port);
  }

  @Test
  void chain_hopsAddressesAndBytesAreCurls() throws IOException, InterruptedException {
    String url = "http://%s:%d/first.mp4".formatted(ADDRESSES.get(0), nginx.port());
    List<Curl> curls = Curl.chain(url, folder);
    try (TaskRunner runner = Agents.runner(LocalSettings.DEFAULTS.withAllowPrivate())) {
      Report report = Agents.measure(runner, url);
      assertThat(report.failure()).isEmpty();
      assertThat(report.hops())
          .extracting(hop -> hop.status().orElse(0))
          .containsExactly(302, 307, 206);
      assertThat(report.hops())
          .extracting(Hop::url)
          .containsExactlyElementsOf(curls.stream().map(Curl::url).toList());
      assertThat(report.hops())
          .extracting(hop -> hop.address().orElseThrow())
          .containsExactlyElementsOf(curls.stream().map(Curl::address).toList())
          .containsExactlyElementsOf(ADDRESSES);
      assertThat(report.download().orElseThrow().bytes())
          .isEqualTo(curls.get(2).bytes())
          .isEqualTo(clip.length);
      assertThat(report.pings())
          .filteredOn(p -> p.packetType() == PacketType.TCP_SYN)
          .extracting(Ping::address)
          .containsExactlyInAnyOrderElementsOf(ADDRESSES);
    }
  }

  @Test
  void phases_areNearCurls() throws IOException, InterruptedException {
    String url = "http://%s:%d/first.mp4".formatted(ADDRESSES.get(0), nginx.port());
    List<List<Curl>> curls = new ArrayList<>();
    List<Report> ours = new ArrayList<>();
    try (TaskRunner runner = Agents.runner(LocalSettings.DEFAULTS.withAllowPrivate())) {
      for (int i = 0; i < MEDIAN_OF; i++) {
        curls.add(Curl.chain(url, folder));
        ours.add(runner.measure(Agents.traceOnly(url)));
      }
    }
    for (int hop = 0; hop < 3; hop++) {
      int h = hop;
      long connect = median(ours, r -> r.hops().get(h).phases().connectMicros());
      long processing = median(ours, r -> r.hops().get(h).phases().processingMicros());
      long curlConnect = median(curls, c -> OptionalLong.of(c.get(h).connectMicros()));
      long curlProcessing = median(curls, c -> OptionalLong.of(c.get(h).processingMicros()));
      System.out.printf(
          Locale.ROOT,
          "hop %d   connect %5d µs, curl %5d   processing %5d µs, curl %5d%n",
          hop,
          connect,
          curlConnect,
          processing,
          curlProcessing);
      // Both are on a machine that does other things as well: only gross errors fail here.
      assertThat(connect).isBetween(0L, curlConnect + 20_000);
      assertThat(processing).isBetween(1L, curlProcessing + 20_000);
    }
  }

  private static <T> long median(List<T> runs, java.util.function.Function<T, OptionalLong> value) {
    List<Long> sorted = runs.stream().map(r -> value.apply(r).orElseThrow()).sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}

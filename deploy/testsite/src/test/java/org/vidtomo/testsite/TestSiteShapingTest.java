package org.vidtomo.testsite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.testsite.media.Clip;

class TestSiteShapingTest {

  private static final Duration LONG = Duration.ofSeconds(5);
  private static final Percentage TOLERANCE = Percentage.withPercentage(2);

  private static TestSite site;
  private static ExecutorService threads;

  @BeforeAll
  static void start() {
    site = TestSite.start(TestSiteSettings.defaults());
    threads = Executors.newCachedThreadPool();
  }

  @AfterAll
  static void stop() {
    threads.shutdownNow();
    site.close();
  }

  private static List<Double> ratesBps(int isp, int customers, URI url) throws Exception {
    List<Future<Long>> bytes = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      Client client = Client.of(site.isps().get(isp), i);
      bytes.add(threads.submit(() -> client.bytesWithin(url, LONG)));
    }
    List<Double> rates = new ArrayList<>();
    for (Future<Long> one : bytes) {
      rates.add(one.get(30, TimeUnit.SECONDS) * 8.0 / LONG.toSeconds());
    }
    return rates;
  }

  @Test
  void fastLine_givesItsRate() throws Exception {
    double rate = ratesBps(0, 1, site.fault("huge-page")).get(0);
    assertThat(rate).isCloseTo(20e6, TOLERANCE);
  }

  @Test
  void middlingLines_giveEachCustomerTheWholeRate() throws Exception {
    assertThat(ratesBps(1, 3, site.fault("huge-page")))
        .allSatisfy(rate -> assertThat(rate).isCloseTo(8e6, TOLERANCE));
  }

  @Test
  void congestedLines_shareLessThanTheCommonBitrate() throws Exception {
    List<Double> rates = ratesBps(2, 3, site.file(Clip.MID));
    double sum = rates.stream().mapToDouble(Double::doubleValue).sum();
    assertThat(sum).isCloseTo(2.7e6, TOLERANCE);
    assertThat(rates).allSatisfy(rate -> assertThat(rate).isLessThan(1.0e6));
  }

  @Test
  void bytes_comeSmoothly() throws IOException {
    Client client = Client.of(site.isps().get(1), 0);
    List<Double> rates = new ArrayList<>();
    try (var socket = client.open(site.file(Clip.MID), "GET")) {
      byte[] buffer = new byte[65_536];
      socket.getInputStream().read(buffer);
      for (int i = 0; i < 10; i++) {
        rates.add(bytesIn(socket.getInputStream(), buffer, Duration.ofMillis(100)) * 80.0);
      }
    }
    assertThat(rates.stream().filter(rate -> Math.abs(rate - 8e6) < 2e6))
        .as("windows of 100 ms near the rate, of %s", rates)
        .hasSizeGreaterThanOrEqualTo(8);
  }

  private static long bytesIn(java.io.InputStream in, byte[] buffer, Duration time)
      throws IOException {
    long start = System.nanoTime();
    long bytes = 0;
    while (System.nanoTime() - start < time.toNanos()) {
      bytes += in.read(buffer);
    }
    return bytes;
  }

  @Test
  void firstByte_waitsForTheRoundTrip() throws IOException {
    Client client = Client.of(site.isps().get(2), 0);
    client.send("HEAD", site.index());
    try (var socket = client.open(site.index(), "HEAD")) {
      long start = System.nanoTime();
      socket.getInputStream().read();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(65), Duration.ofSeconds(1));
    }
  }
}

package org.vidtomo.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.vidtomo.agent.http.ConnectTo;
import org.vidtomo.core.playback.PlaybackModel;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.Cache;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Hop;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Ping;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.task.PlayerRule;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.testsite.IspView;
import org.vidtomo.testsite.TestSite;
import org.vidtomo.testsite.TestSiteSettings;

class TestSiteMeasurementTest {
  private static TestSite site;
  private static TaskRunner fast;

  @BeforeAll
  static void start() {
    site = TestSite.start(TestSiteSettings.defaults());
    fast = agent(0);
  }

  @AfterAll
  static void stop() {
    fast.close();
    site.close();
  }

  private static TaskRunner agent(int isp) {
    IspView view = site.isps().get(isp);
    return Agents.runner(
        LocalSettings.DEFAULTS
            .withAllowPrivate()
            .withBindAddress(view.clientAddresses().get(0))
            .withSystemResolver(view.systemResolver())
            .withConnectTo(view.connectTo().stream().map(ConnectTo::parse).toList()));
  }

  @Test
  void page_measuredEndToEnd() {
    Report report = Agents.measure(fast, site.seeds().get(0));
    assertThat(report.failure()).isEmpty();
    assertThat(report.outcome()).isEqualTo(Outcome.OK);
    assertThat(report.video().service()).isEqualTo("page");
    assertThat(report.video().title()).contains("Bars at noon");
    assertThat(report.hops()).extracting(Hop::status).extracting(s -> s.orElse(0)).endsWith(206);
    assertThat(report.hops()).hasSize(3);
    assertThat(report.related()).isNotEmpty().allMatch(url -> url.contains("/watch/"));

    Hop last = report.hops().get(2);
    Download download = report.download().orElseThrow();
    assertThat(download.address()).isEqualTo(last.address().orElseThrow());
    assertThat(download.end()).isEqualTo(DownloadEnd.END_OF_BODY);
    assertThat(download.bytes()).isEqualTo(report.media().orElseThrow().bytes().orElseThrow());
    assertThat(download.arrivals().stream().mapToLong(a -> a.deltaBytes()).sum())
        .isEqualTo(download.bytes());
    assertThat(download.goodputBps()).isBetween(15_000_000L, 22_000_000L);
    assertThat(report.caches()).extracting(Cache::last).endsWith(true).containsOnlyOnce(true);
    assertThat(report.playback().orElseThrow().stallCount()).isZero();
  }

  @Test
  void signedUrls_loseTheirTokens() {
    Report report = Agents.measure(fast, site.seeds().get(1));
    assertThat(Wire.toJson(report)).contains("sig=redacted").contains("ip=redacted");
    assertThat(Wire.toJson(report)).doesNotContainPattern("sig=(?!redacted)");
  }

  @Test
  void playback_computedAgainFromTheReportIsTheSame() throws WireException {
    Report report =
        Wire.read(Wire.toBytes(Agents.measure(fast, site.seeds().get(0))), Report.class);
    Optional<Playback> again =
        PlaybackModel.replay(
            PlayerBuffer.of(Agents.parameters()), report.download().orElseThrow(), report.media());
    assertThat(report.playback()).isPresent().isEqualTo(again);
  }

  @Test
  void congestedIsp_stalls() {
    try (TaskRunner slow = agent(2)) {
      // 2.5 Mbit/s over a line of 1.1 Mbit/s, begun with little ahead.
      Report report =
          slow.measure(
              new MeasurementRequest(
                  site.seeds().get(6).toString(), Agents.eager(), Optional.empty()));
      assertThat(report.failure()).isEmpty();
      assertThat(report.download().orElseThrow().end()).isEqualTo(DownloadEnd.TIME_LIMIT);
      assertThat(report.playback().orElseThrow().censored()).isTrue();
      assertThat(report.playback().orElseThrow().stallCount()).isPositive();
    }
  }

  @Test
  void pings_areOfBothTypesApart() {
    List<Ping> pings = Agents.measure(fast, site.seeds().get(0)).pings();
    assertThat(pings).extracting(Ping::packetType).contains(PacketType.TCP_SYN);
    assertThat(pings)
        .allSatisfy(
            ping -> {
              assertThat(ping.sent()).isEqualTo(2);
              assertThat(ping.delaysMicros()).hasSize(ping.received());
            });
  }

  @ParameterizedTest
  @CsvSource({
    "page/loop, redirect_loop",
    "page/many-redirects, too_many_redirects",
    "page/no-location, redirect_invalid",
    "page/bad-location, redirect_invalid",
    "page/other-scheme, redirect_invalid",
    "page/refused, connection_refused",
    "page/reset, connection_reset",
    "page/dns-nxdomain, dns_nxdomain",
    "page/dns-servfail, dns_servfail",
    "page/403, http_status",
    "page/451, geo_blocked",
    "page/hang-up, connection_reset",
    "page/huge-headers, headers_too_large",
    "page/truncated, body_truncated",
    "page/empty, body_truncated",
    "page/html-as-media, media_not_found",
    "no-media, media_not_found",
    "huge-page, body_too_large",
    "404, http_status",
  })
  void fault_isAFailureOfItsKind(String fault, String kind) {
    Object url =
        fault.startsWith("page/")
            ? site.faultPage(fault.substring("page/".length()))
            : site.fault(fault);
    Report report = Agents.measure(fast, url);
    assertThat(report.failure().map(f -> f.kind().wireName())).contains(kind);
    assertThat(report.outcome())
        .isEqualTo(kind.equals("geo_blocked") ? Outcome.BLOCKED_BY_SERVICE : Outcome.FAILED);
    assertThat(report.failure().map(f -> f.kind() == FailureKind.UNKNOWN)).contains(false);
  }

  @Test
  void brokenChain_keepsTheHopsBefore() {
    Report report = Agents.measure(fast, site.faultPage("dns-nxdomain"));
    assertThat(report.hops()).hasSize(2);
    assertThat(report.hops().get(0).failure()).isEmpty();
    assertThat(report.hops().get(1).failure()).isPresent();
    assertThat(report.dns()).hasSize(2);
    assertThat(report.download()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = org.vidtomo.testsite.media.Clip.class,
      names = {"LOW", "FRAGMENTED", "WEBM", "FLV", "TS"})
  void everyContainer_isPlayedByItsOwnTimeStamps(org.vidtomo.testsite.media.Clip clip) {
    Report report = Agents.measure(fast, site.file(clip));
    assertThat(report.media().orElseThrow().timeline().orElseThrow()).hasSizeGreaterThan(10);
    assertThat(report.media().orElseThrow().durationMicros().orElseThrow())
        .isBetween(9_900_000L, 10_100_000L);
    assertThat(report.playback().orElseThrow().startupDelayMicros()).isPresent();
  }

  @Test
  void indexAtTheEnd_isFetchedAndPlayed() {
    Report report = Agents.measure(fast, site.file(org.vidtomo.testsite.media.Clip.MOOV_LAST));
    assertThat(report.media().orElseThrow().timeline().orElseThrow()).hasSizeGreaterThan(10);
  }

  @Test
  void directFile_needsNoPage() {
    Report report = Agents.measure(fast, site.file(org.vidtomo.testsite.media.Clip.FRAGMENTED));
    assertThat(report.failure()).isEmpty();
    assertThat(report.video().service()).isEqualTo("file");
    assertThat(report.hops()).hasSize(1);
    assertThat(report.playback()).isPresent();
    assertThat(report.lookup().map(l -> l.failure())).contains(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"17, hls", "18, dash"})
  void ladder_isPlayedFromItsCaches(int number, String protocol) {
    Report report = Agents.measure(fast, site.seeds().get(number - 1));
    assertThat(report.failure()).isEmpty();
    assertThat(report.lookup().orElseThrow().chosen().get(0).protocol()).isEqualTo(protocol);
    Download download = report.download().orElseThrow();
    assertThat(download.end()).isEqualTo(DownloadEnd.END_OF_BODY);
    // Each third segment comes from a sibling.
    assertThat(download.segments().orElseThrow())
        .extracting(s -> java.net.URI.create(s.url()).getHost())
        .hasSize(13)
        .satisfies(hosts -> assertThat(hosts.stream().distinct()).hasSize(2));
    assertThat(report.playback().orElseThrow().playedMicros()).isBetween(9_999_990L, 10_000_000L);
    assertThat(report.media().orElseThrow().height()).hasValue(720);
  }

  @Test
  void congestedIsp_isPlayedByThroughputWithoutTheBestPicture() {
    try (TaskRunner slow = agent(2)) {
      MeasurementParameters p = Agents.eager();
      Report report =
          slow.measure(
              new MeasurementRequest(
                  site.seeds().get(16).toString(),
                  Agents.with(p, PlayerRule.THROUGHPUT),
                  Optional.empty()));
      assertThat(report.failure()).isEmpty();
      // 1.27 Mbit/s do not pass over a line of 1.1 Mbit/s.
      assertThat(report.download().orElseThrow().segments().orElseThrow())
          .extracting(s -> s.representation())
          .contains("1-318614")
          .doesNotContain("3-1268614");
    }
  }
}

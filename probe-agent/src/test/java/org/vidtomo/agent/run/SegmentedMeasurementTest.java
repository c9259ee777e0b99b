package org.vidtomo.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vidtomo.agent.http.ForwardProxy;
import org.vidtomo.agent.http.RawServer;
import org.vidtomo.core.playback.PlaybackModel;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Hop;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.Segment;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.task.PlayerRule;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/** HLS and DASH from the page's link to the report, over HTTP. */
class SegmentedMeasurementTest {
  private static final byte[] SMALL = new byte[20_000];
  private static TaskRunner runner;

  @BeforeAll
  static void start() {
    runner = Agents.runner(LocalSettings.DEFAULTS.withAllowPrivate());
  }

  @AfterAll
  static void stop() {
    runner.close();
  }

  private static MeasurementParameters parameters(PlayerRule player, Duration time, long bytes) {
    MeasurementParameters p = Agents.parameters();
    return new MeasurementParameters(
        time.toNanos() / 1000,
        bytes,
        0,
        p.initialPlaybackMicros(),
        p.minPlayoutBufferMicros(),
        p.restartBufferMicros(),
        player,
        p.quality(),
        p.resolvers(),
        p.addressFamily(),
        p.http(),
        p.steps(),
        p.relatedPerPage(),
        p.anonymous());
  }

  private static Report measure(ManifestServer server, String path, MeasurementParameters p)
      throws WireException {
    Report report =
        runner.measure(new MeasurementRequest(server.url(path).toString(), p, Optional.empty()));
    Report read = Wire.read(Wire.toBytes(report), Report.class);
    assertPlayedAgainIsTheSame(read, p);
    return read;
  }

  private static Report measure(ManifestServer server, String path) throws WireException {
    return measure(server, path, parameters(PlayerRule.FIXED, Duration.ofSeconds(5), 100_000_000));
  }

  private static void assertPlayedAgainIsTheSame(Report report, MeasurementParameters p) {
    if (report.download().isEmpty()) {
      return;
    }
    Playback again =
        PlaybackModel.replay(
                PlayerBuffer.of(p), p.player(), report.download().get(), report.media())
            .orElseThrow();
    assertThat(report.playback()).contains(again);
  }

  private static List<Segment> media(Report report) {
    return report.download().orElseThrow().segments().orElseThrow().stream()
        .filter(s -> s.mediaDurationMicros() > 0)
        .toList();
  }

  /** A ladder of two, sound apart, and ten seconds. */
  private static ManifestServer hls() throws IOException {
    String list =
        "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MAP:URI=\"init.mp4\"\n"
            + "#EXTINF:2,\n1.m4s\n#EXTINF:2,\n2.m4s\n#EXTINF:2,\n3.m4s\n#EXTINF:2,\n4.m4s\n"
            + "#EXTINF:2,\n5.m4s\n#EXT-X-ENDLIST\n";
    return new ManifestServer()
        .text(
            "/hls/master.m3u8",
            """
            #EXTM3U
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",DEFAULT=YES,URI="a/list.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH=80000,RESOLUTION=640x360,CODECS="avc1.4d401e,mp4a.40.2",AUDIO="a"
            low/list.m3u8
            #EXT-X-STREAM-INF:BANDWIDTH=160000,RESOLUTION=1280x720,CODECS="avc1.4d401f,mp4a.40.2",AUDIO="a"
            high/list.m3u8
            #EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=3840x2160,CODECS="avc1.640033,mp4a.40.2",AUDIO="a"
            huge/list.m3u8
            """)
        .text("/hls/a/list.m3u8", list)
        .text("/hls/low/list.m3u8", list)
        .text("/hls/high/list.m3u8", list)
        .file("/hls/a/", new byte[4_000])
        .file("/hls/low/", SMALL)
        .file("/hls/high/", new byte[40_000]);
  }

  @Test
  void hls_isPlayedToItsEnd() throws IOException, WireException {
    try (ManifestServer server = hls()) {
      Report report = measure(server, "/hls/master.m3u8");
      assertThat(report.failure()).isEmpty();
      assertThat(report.outcome()).isEqualTo(Outcome.OK);
      assertThat(report.video().service()).isEqualTo("hls");
      Download download = report.download().orElseThrow();
      assertThat(download.end()).isEqualTo(DownloadEnd.END_OF_BODY);
      // Two tracks of an initialization and five segments.
      assertThat(download.segments().orElseThrow()).hasSize(12);
      assertThat(media(report))
          .extracting(Segment::track)
          .containsOnly(Optional.of("video"), Optional.of("audio"));
      assertThat(media(report).stream().filter(s -> !s.audio()))
          .extracting(Segment::representation)
          .containsOnly("2-160000");
      assertThat(download.arrivals().stream().mapToLong(a -> a.deltaBytes()).sum())
          .isEqualTo(download.bytes());
      Media media = report.media().orElseThrow();
      assertThat(media.durationMicros()).hasValue(10_000_000);
      assertThat(media.height()).hasValue(720);
      assertThat(media.container()).isEqualTo("mp4");
      assertThat(media.live()).isFalse();
      Playback playback = report.playback().orElseThrow();
      assertThat(playback.playedMicros()).isEqualTo(10_000_000);
      assertThat(playback.censored()).isFalse();
      assertThat(playback.stallCount()).isZero();
      assertThat(playback.startupDelayMicros()).isPresent();
      // The manifest's hop, then that of the media.
      assertThat(report.hops()).hasSize(2);
      assertThat(report.hops().get(1).url()).endsWith("/high/1.m4s");
    }
  }

  @ParameterizedTest
  @EnumSource(PlayerRule.class)
  void everyPlayer_playsHls(PlayerRule player) throws IOException, WireException {
    try (ManifestServer server = hls()) {
      Report report =
          measure(
              server, "/hls/master.m3u8", parameters(player, Duration.ofSeconds(5), 100_000_000));
      assertThat(report.failure()).isEmpty();
      assertThat(report.playback().orElseThrow().player()).isEqualTo(player.wireName());
      List<Segment> video = media(report).stream().filter(s -> !s.audio()).toList();
      String first = player == PlayerRule.FIXED ? "2-160000" : "1-80000";
      assertThat(video.get(0).representation()).isEqualTo(first);
    }
  }

  @Test
  void session_keepsItsConnection() throws IOException, WireException {
    try (ManifestServer server = hls()) {
      assertThat(measure(server, "/hls/master.m3u8").failure()).isEmpty();
      // Two for the trace, two to find its second part, one for the fifteen requests of the
      // session.
      assertThat(server.asked()).hasSize(19);
      assertThat(server.clients()).hasSize(5);
    }
  }

  @Test
  void everyRequestOfASession_goesThroughTheProxy() throws Exception {
    try (ManifestServer server = hls();
        ForwardProxy proxy = new ForwardProxy();
        TaskRunner proxied =
            Agents.runner(LocalSettings.DEFAULTS.withAllowPrivate().withHttpProxy(proxy.url()))) {
      Report report = Agents.measure(proxied, server.url("/hls/master.m3u8"));
      assertThat(report.download().orElseThrow().end()).isEqualTo(DownloadEnd.END_OF_BODY);
      assertThat(report.hops()).extracting(Hop::proxied).containsOnly(Optional.of(true));
      assertThat(proxy.requests()).hasSameSizeAs(server.asked());
    }
  }

  @Test
  void connectionClosedByTheServer_isOpenedAgain() throws IOException, WireException {
    String list = "#EXTM3U\n#EXTINF:2,\na.ts\n#EXTINF:2,\na.ts\n#EXT-X-ENDLIST\n";
    try (RawServer closing =
        new RawServer(
            (socket, out) -> {
              // Says nothing of closing, and does.
              String head = "HTTP/1.1 200 OK\r\nContent-Length: " + list.length() + "\r\n\r\n";
              out.write((head + list).getBytes(StandardCharsets.UTF_8));
            })) {
      Report report =
          runner.measure(
              new MeasurementRequest(
                  closing.url("/x.m3u8").toString(),
                  parameters(PlayerRule.FIXED, Duration.ofSeconds(5), 1_000_000),
                  Optional.empty()));
      assertThat(report.failure()).isEmpty();
      assertThat(media(report)).hasSize(2);
    }
  }

  @Test
  void byteLimit_endsTheSession() throws IOException, WireException {
    try (ManifestServer server = hls()) {
      Report report =
          measure(
              server,
              "/hls/master.m3u8",
              parameters(PlayerRule.FIXED, Duration.ofSeconds(5), 100_000));
      assertThat(report.download().orElseThrow().end()).isEqualTo(DownloadEnd.BYTE_LIMIT);
      assertThat(report.download().orElseThrow().bytes()).isEqualTo(100_000);
      assertThat(report.playback().orElseThrow().censored()).isTrue();
    }
  }

  @Test
  void redirectedSegments_areFollowed() throws IOException, WireException {
    try (ManifestServer server = hls()) {
      server.redirect("/hls/high/3.m4s", "/hls/low/3.m4s");
      Report report = measure(server, "/hls/master.m3u8");
      assertThat(report.failure()).isEmpty();
      assertThat(media(report)).anyMatch(s -> s.url().endsWith("/low/3.m4s"));
    }
  }

  private static String mpd(String attributes, String period) {
    return "<?xml version='1.0'?><MPD " + attributes + ">" + period + "</MPD>";
  }

  private static String set(String type, String id, String addressing) {
    String size = type.equals("video") ? " width='640' height='360' codecs='avc1.4d401e'" : "";
    return "<AdaptationSet contentType='%s' mimeType='%s/mp4'><Representation id='%s' bandwidth='80000'%s>%s</Representation></AdaptationSet>"
        .formatted(type, type, id, size, addressing);
  }

  @Test
  void dash_withTemplateOverTwoPeriods() throws IOException, WireException {
    String template =
        "<SegmentTemplate duration='2' initialization='$RepresentationID$-init.mp4'"
            + " media='$RepresentationID$-$Number$.m4s'/>";
    String sets = set("video", "v", template) + set("audio", "a", template);
    try (ManifestServer server =
        new ManifestServer()
            .text(
                "/dash/x.mpd",
                mpd(
                    "mediaPresentationDuration='PT10S'",
                    "<Period duration='PT4S'><BaseURL>one/</BaseURL>"
                        + sets
                        + "</Period><Period><BaseURL>two/</BaseURL>"
                        + sets
                        + "</Period>"))
            .file("/dash/", SMALL)) {
      Report report = measure(server, "/dash/x.mpd");
      assertThat(report.failure()).isEmpty();
      assertThat(report.video().service()).isEqualTo("dash");
      assertThat(report.download().orElseThrow().end()).isEqualTo(DownloadEnd.END_OF_BODY);
      assertThat(media(report)).hasSize(10);
      assertThat(server.asked())
          .contains("/dash/one/v-2.m4s", "/dash/two/v-3.m4s", "/dash/two/a-init.mp4");
      assertThat(report.playback().orElseThrow().playedMicros()).isEqualTo(10_000_000);
    }
  }

  @Test
  void dash_withIndexRange() throws IOException, WireException {
    ByteBuffer file = ByteBuffer.allocate(100_000);
    file.position(500);
    file.putInt(56).put("sidx".getBytes(StandardCharsets.US_ASCII)).putInt(0);
    file.putInt(1).putInt(1000).putInt(0).putInt(0).putShort((short) 0).putShort((short) 2);
    file.putInt(30_000).putInt(3000).putInt(0).putInt(40_000).putInt(2500).putInt(0);
    try (ManifestServer server =
        new ManifestServer()
            .text(
                "/x.mpd",
                mpd(
                    "mediaPresentationDuration='PT5.5S'",
                    "<Period>"
                        + set(
                            "video",
                            "v",
                            "<BaseURL>v.mp4</BaseURL><SegmentBase indexRange='500-555'>"
                                + "<Initialization range='0-499'/></SegmentBase>")
                        + "</Period>"))
            .file("/v.mp4", file.array())) {
      Report report = measure(server, "/x.mpd");
      assertThat(report.failure()).isEmpty();
      assertThat(server.asked())
          .containsSubsequence(
              "/v.mp4 bytes=500-555",
              "/v.mp4 bytes=0-499",
              "/v.mp4 bytes=556-30555",
              "/v.mp4 bytes=30556-70555");
      assertThat(report.playback().orElseThrow().playedMicros()).isEqualTo(5_500_000);
    }
  }

  @Test
  void liveHls_beginsThreeSegmentsBehindTheEdgeAndTakesItsTime() throws IOException, WireException {
    Instant start = Instant.now();
    Function<String, byte[]> playlist =
        path -> {
          long newest = Duration.between(start, Instant.now()).toSeconds() + 20;
          StringBuilder text =
              new StringBuilder("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:");
          text.append(newest - 9).append('\n');
          for (long i = newest - 9; i <= newest; i++) {
            text.append("#EXTINF:1,\n").append(i).append(".ts\n");
          }
          return text.toString().getBytes(StandardCharsets.UTF_8);
        };
    try (ManifestServer server =
        new ManifestServer().made("/live/list.m3u8", playlist).file("/live/", SMALL)) {
      Report report =
          measure(
              server,
              "/live/list.m3u8",
              parameters(PlayerRule.FIXED, Duration.ofSeconds(4), 100_000_000));
      assertThat(report.failure()).isEmpty();
      Download download = report.download().orElseThrow();
      assertThat(download.end()).isEqualTo(DownloadEnd.TIME_LIMIT);
      assertThat(download.durationMicros()).isBetween(3_900_000L, 4_300_000L);
      // Three at once, then one a second.
      assertThat(media(report).size()).isBetween(5, 8);
      assertThat(media(report).get(0).mediaStartMicros()).isEqualTo(7_000_000);
      assertThat(media(report).get(2).requestedAtMicros()).isLessThan(1_500_000);
      for (int i = 1; i < media(report).size(); i++) {
        assertThat(media(report).get(i).mediaStartMicros()).isEqualTo(7_000_000 + i * 1_000_000L);
      }
      assertThat(report.media().orElseThrow().live()).isTrue();
      assertThat(report.media().orElseThrow().durationMicros()).isEmpty();
      assertThat(report.playback().orElseThrow().censored()).isTrue();
      assertThat(report.playback().orElseThrow().startupDelayMicros()).isPresent();
    }
  }

  @Test
  void liveDash_waitsForSegmentsToBeMade() throws IOException, WireException {
    Instant zero = Instant.now().minusSeconds(100);
    String manifest =
        mpd(
            "type='dynamic' minimumUpdatePeriod='PT1S' availabilityStartTime='" + zero + "'",
            "<UTCTiming schemeIdUri='urn:mpeg:dash:utc:direct:2014' value='%s'/><Period start='PT0S'>"
                + set("video", "v", "<SegmentTemplate duration='1' media='$Number$.m4s'/>")
                + "</Period>");
    Function<String, byte[]> segment =
        path -> {
          long number = Long.parseLong(path.replaceAll("\\D*([0-9]+)\\..*", "$1"));
          boolean made = !Instant.now().isBefore(zero.plusSeconds(number));
          return made ? SMALL : null;
        };
    try (ManifestServer server =
        new ManifestServer()
            .made(
                "/live.mpd",
                path -> manifest.formatted(Instant.now()).getBytes(StandardCharsets.UTF_8))
            .made("/", segment)) {
      Report report =
          measure(
              server,
              "/live.mpd",
              parameters(PlayerRule.THROUGHPUT, Duration.ofSeconds(4), 100_000_000));
      assertThat(report.failure()).isEmpty();
      assertThat(report.download().orElseThrow().end()).isEqualTo(DownloadEnd.TIME_LIMIT);
      // Four segments behind the edge, then one a second; none before it was made.
      assertThat(media(report).size()).isBetween(6, 9);
      assertThat(report.download().orElseThrow().segments().orElseThrow())
          .extracting(Segment::status)
          // The last may be broken off, unanswered, by the time limit.
          .containsAnyOf(200)
          .isSubsetOf(200, 0);
      assertThat(server.asked().stream().filter("/live.mpd"::equals).count()).isBetween(3L, 8L);
    }
  }

  @Test
  void missingSegment_isAskedForAgainAndThenFails() throws IOException, WireException {
    try (ManifestServer server = hls()) {
      server.made("/hls/high/4.m4s", path -> null);
      Report report =
          measure(
              server,
              "/hls/master.m3u8",
              parameters(PlayerRule.FIXED, Duration.ofSeconds(20), 100_000_000));
      assertThat(report.failure().map(f -> f.kind())).contains(FailureKind.HTTP_STATUS);
      assertThat(report.download().orElseThrow().end()).isEqualTo(DownloadEnd.FAILED);
      assertThat(
              report.download().orElseThrow().segments().orElseThrow().stream()
                  .filter(s -> s.status() == 404))
          .hasSize(4)
          .allMatch(s -> s.mediaDurationMicros() == 0);
      assertThat(report.playback().orElseThrow().startupDelayMicros()).isPresent();
    }
  }
}

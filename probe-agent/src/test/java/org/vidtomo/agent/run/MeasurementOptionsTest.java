package org.vidtomo.agent.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.http.ConnectTo;
import org.vidtomo.agent.http.ForwardProxy;
import org.vidtomo.agent.http.RawServer;
import org.vidtomo.core.playback.PlaybackModel;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Hop;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.testsite.IspView;
import org.vidtomo.testsite.TestSite;
import org.vidtomo.testsite.TestSiteSettings;
import org.vidtomo.testsite.media.Clip;
import org.vidtomo.testsite.media.Clips;

/** What each option of a measurement does to it, over the test site's slow line and a fast one. */
class MeasurementOptionsTest {
  private static final byte[] CLIP = Clips.load().bytes(Clip.MID).getBytes();
  private static TestSite site;
  private static TaskRunner fast;
  private static TaskRunner slow;

  @BeforeAll
  static void start() {
    site = TestSite.start(TestSiteSettings.defaults());
    fast = agent(0);
    slow = agent(2);
  }

  @AfterAll
  static void stop() {
    fast.close();
    slow.close();
    site.close();
  }

  private static TaskRunner agent(int isp) {
    IspView view = site.isps().get(isp);
    AgentInfo known = Agents.info();
    AgentInfo info =
        new AgentInfo(
            known.id(),
            known.software(),
            known.provider(),
            Optional.of("192.0.2.7"),
            known.prefix(),
            OptionalLong.empty(),
            known.asName(),
            known.country(),
            known.utcOffset(),
            known.access(),
            known.clockOffsetMicros(),
            known.addressFamily());
    return new TaskRunner(
        LocalSettings.DEFAULTS
            .withAllowPrivate()
            .withBindAddress(view.clientAddresses().get(0))
            .withSystemResolver(view.systemResolver())
            .withConnectTo(view.connectTo().stream().map(ConnectTo::parse).toList()),
        TaskRunner.Policy.NONE,
        () -> info,
        ProgressListener.NONE,
        Clock.systemUTC(),
        System::nanoTime);
  }

  private static MeasurementParameters with(String json) throws WireException {
    ObjectNode all = Wire.mapper().valueToTree(Agents.parameters());
    all.setAll((ObjectNode) Wire.read(json, JsonNode.class));
    return Wire.read(Wire.toBytes(all), MeasurementParameters.class);
  }

  private static Report measure(TaskRunner agent, int video, String options) throws WireException {
    return measure(agent, site.seeds().get(video).toString(), options);
  }

  @Test
  void downloadTime_endsTheDownload() throws WireException {
    Download download =
        measure(slow, 6, "{\"downloadTimeMicros\": 1500000}").download().orElseThrow();
    assertThat(download.end()).isEqualTo(DownloadEnd.TIME_LIMIT);
    assertThat(download.durationMicros()).isBetween(1_400_000L, 2_500_000L);
  }

  @Test
  void downloadBytes_endTheDownload() throws WireException {
    Download download = measure(fast, 0, "{\"downloadBytes\": 200000}").download().orElseThrow();
    assertThat(download.end()).isEqualTo(DownloadEnd.BYTE_LIMIT);
    assertThat(download.bytes()).isEqualTo(200_000);
  }

  @Test
  void pingPackets_areSentToEachAddress() throws WireException {
    Report report = measure(fast, 0, "{\"pingPackets\": 3, \"downloadBytes\": 100000}");
    assertThat(report.pings()).isNotEmpty().allMatch(ping -> ping.sent() == 3);
  }

  @Test
  void buffers_decideWhenPlayingStartsStallsAndGoesOn() throws WireException {
    Report report = measure(slow, 6, "{\"downloadTimeMicros\": 6000000}");
    Playback usual = play(report, "{\"initialPlaybackMicros\": 500000}");
    Playback later = play(report, "{\"initialPlaybackMicros\": 1500000}");
    assertThat(later.startupDelayMicros().orElseThrow())
        .isGreaterThan(usual.startupDelayMicros().orElseThrow());
    Playback sooner =
        play(report, "{\"initialPlaybackMicros\": 500000, \"minPlayoutBufferMicros\": 400000}");
    assertThat(sooner.stalls().get(0).mediaTimeMicros())
        .isLessThan(usual.stalls().get(0).mediaTimeMicros());
    Playback briefly =
        play(report, "{\"initialPlaybackMicros\": 500000, \"restartBufferMicros\": 200000}");
    assertThat(briefly.stalls().get(0).durationMicros())
        .isLessThan(usual.stalls().get(0).durationMicros());
  }

  private static Playback play(Report report, String buffers) throws WireException {
    return PlaybackModel.replay(
            PlayerBuffer.of(with(buffers)), report.download().orElseThrow(), report.media())
        .orElseThrow();
  }

  @Test
  void steps_endTheMeasurementThere() throws WireException {
    Report located = measure(fast, 0, "{\"steps\": \"locate\"}");
    assertThat(located.lookup().orElseThrow().chosen()).isNotEmpty();
    assertThat(located.hops()).isEmpty();
    Report traced = measure(fast, 0, "{\"steps\": \"trace\"}");
    assertThat(traced.hops()).isNotEmpty();
    assertThat(traced.pings()).isEmpty();
    assertThat(traced.download()).isEmpty();
  }

  @Test
  void maxPerPage_isHowManyRelatedLinksAreKept() throws WireException {
    assertThat(measure(fast, 0, "{\"steps\": \"locate\", \"relatedPerPage\": 2}").related())
        .hasSize(2);
    assertThat(measure(fast, 0, "{\"steps\": \"locate\", \"relatedPerPage\": 0}").related())
        .isEmpty();
  }

  @Test
  void anonymous_keepsThePublicAddressOut() throws WireException {
    assertThat(measure(fast, 0, "{\"steps\": \"locate\"}").agent().publicIp())
        .contains("192.0.2.7");
    Report report = measure(fast, 0, "{\"steps\": \"locate\", \"anonymous\": true}");
    assertThat(Wire.toJson(report)).doesNotContain("192.0.2.7");
  }

  @Test
  void addressFamily_isTheOnlyOneThatIsUsed() throws WireException {
    Report four = measure(fast, 0, "{\"steps\": \"trace\", \"addressFamily\": \"ipv4\"}");
    assertThat(four.failure()).isEmpty();
    assertThat(four.hops()).allMatch(hop -> !hop.address().orElse("").contains(":"));
  }

  @Test
  void ipv6_isMeasuredWithAlone() throws IOException, WireException {
    try (RawServer server =
            new RawServer(
                InetAddress.getByName("::1"),
                (socket, out) -> {
                  String head = "HTTP/1.1 200 OK\r\nContent-Length: " + CLIP.length + "\r\n\r\n";
                  out.write(head.getBytes(US_ASCII));
                  out.write(CLIP);
                });
        TaskRunner runner = Agents.runner(LocalSettings.DEFAULTS.withAllowPrivate())) {
      String url = "http://localhost:" + server.port() + "/v.mp4";

      Report six = measure(runner, url, "{\"addressFamily\": \"ipv6\"}");

      assertThat(six.failure()).isEmpty();
      assertThat(six.hops()).extracting(Hop::address).containsOnly(Optional.of("::1"));
      assertThat(six.download().orElseThrow().address()).isEqualTo("::1");
      assertThat(six.download().orElseThrow().bytes()).isEqualTo(CLIP.length);
      assertThat(six.pings()).isNotEmpty().allMatch(ping -> ping.address().equals("::1"));
      Report four = measure(runner, url, "{\"addressFamily\": \"ipv4\"}");
      assertThat(four.failure().orElseThrow().kind()).isEqualTo(FailureKind.CONNECTION_REFUSED);
    }
  }

  @Test
  void httpProxy_isAskedForThePageToo() throws IOException, WireException {
    AtomicReference<RawServer> self = new AtomicReference<>();
    try (RawServer server =
            new RawServer(
                (socket, out) -> {
                  List<String> heads = self.get().heads();
                  boolean page = heads.get(heads.size() - 1).startsWith("GET /page.html");
                  byte[] body = page ? "<video src=\"/v.mp4\">".getBytes(US_ASCII) : CLIP;
                  String type = page ? "text/html" : "video/mp4";
                  out.write(
                      "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                          .formatted(type, body.length)
                          .getBytes(US_ASCII));
                  out.write(body);
                });
        ForwardProxy proxy = new ForwardProxy();
        TaskRunner runner =
            Agents.runner(LocalSettings.DEFAULTS.withAllowPrivate().withHttpProxy(proxy.url()))) {
      self.set(server);

      Report report = measure(runner, server.url("/page.html").toString(), "{}");

      assertThat(report.failure()).isEmpty();
      // A TCP ping asks for nothing.
      assertThat(proxy.requests())
          .startsWith("GET " + server.url("/page.html") + " HTTP/1.1")
          .hasSameSizeAs(server.heads().stream().filter(head -> !head.isEmpty()).toList());
    }
  }

  private static Report measure(TaskRunner agent, String url, String options) throws WireException {
    return agent.measure(new MeasurementRequest(url, with(options), Optional.empty()));
  }
}

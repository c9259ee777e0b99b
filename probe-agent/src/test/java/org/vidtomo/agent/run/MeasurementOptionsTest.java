package org.vidtomo.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.http.ConnectTo;
import org.vidtomo.core.playback.PlaybackModel;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.testsite.IspView;
import org.vidtomo.testsite.TestSite;
import org.vidtomo.testsite.TestSiteSettings;

/** What each option of a measurement does to it, over the test site's slow line and a fast one. */
class MeasurementOptionsTest {
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
    String url = site.seeds().get(video).toString();
    return agent.measure(new MeasurementRequest(url, with(options), Optional.empty()));
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
}

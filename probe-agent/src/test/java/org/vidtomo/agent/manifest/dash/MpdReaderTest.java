package org.vidtomo.agent.manifest.dash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.agent.manifest.ManifestException;
import org.vidtomo.agent.manifest.MediaSegment;
import org.vidtomo.agent.manifest.Presentation;
import org.vidtomo.agent.manifest.Representation;
import org.vidtomo.agent.manifest.Resource;
import org.vidtomo.agent.manifest.SegmentIndex;
import org.vidtomo.agent.manifest.Selection;
import org.vidtomo.agent.manifest.Source;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Quality;

class MpdReaderTest {
  private static final URI BASE = URI.create("https://h.example/v/manifest.mpd");
  private static final long S = 1_000_000;

  private static Presentation read(String attributes, String periods) throws ManifestException {
    return MpdReader.read(BASE, "<MPD " + attributes + ">" + periods + "</MPD>");
  }

  private static String video(String addressing) {
    return "<AdaptationSet mimeType='video/mp4' contentType='video'>"
        + "<Representation id='v1' bandwidth='500000' width='640' height='360' codecs='avc1.4d401e'>"
        + addressing
        + "</Representation></AdaptationSet>";
  }

  private static Representation first(Presentation presentation) {
    return presentation.periods().get(0).sets().get(0).representations().get(0);
  }

  private static SegmentIndex index(Representation representation) {
    return ((Source.Listed) representation.source()).index();
  }

  private static List<MediaSegment> all(SegmentIndex index) {
    List<MediaSegment> all = new ArrayList<>();
    Optional<MediaSegment> next = index.at(index.firstMicros());
    while (next.isPresent() && all.size() < 1000) {
      all.add(next.get());
      next = index.at(next.get().endMicros());
    }
    return all;
  }

  private static List<MediaSegment> segments(String attributes, String addressing)
      throws ManifestException {
    return all(index(first(read(attributes, "<Period>" + video(addressing) + "</Period>"))));
  }

  private static List<String> files(List<MediaSegment> segments) {
    return segments.stream()
        .map(s -> s.resource().url().toString().replace("https://h.example/v/", ""))
        .toList();
  }

  @Test
  void template_withNumberAndDuration() throws ManifestException {
    List<MediaSegment> segments =
        segments(
            "mediaPresentationDuration='PT9S'",
            "<SegmentTemplate timescale='1000' duration='4000' startNumber='5'"
                + " initialization='$RepresentationID$/init.mp4'"
                + " media='$RepresentationID$/$Bandwidth$-$Number%05d$.m4s?a=$$1'/>");
    assertThat(files(segments))
        .containsExactly(
            "v1/500000-00005.m4s?a=$1", "v1/500000-00006.m4s?a=$1", "v1/500000-00007.m4s?a=$1");
    assertThat(segments).extracting(MediaSegment::durationMicros).containsExactly(4 * S, 4 * S, S);
    assertThat(segments.get(0).init().orElseThrow().url()).hasPath("/v/v1/init.mp4");
  }

  @Test
  void template_withTimeAndTimeline() throws ManifestException {
    List<MediaSegment> segments =
        segments(
            "mediaPresentationDuration='PT8S'",
            "<SegmentTemplate timescale='90000' presentationTimeOffset='900000' media='t$Time$.m4s'>"
                + "<SegmentTimeline><S t='900000' d='180000' r='1'/><S d='90000'/>"
                + "<S d='90000' r='-1'/></SegmentTimeline></SegmentTemplate>");
    assertThat(files(segments))
        .containsExactly(
            "t900000.m4s",
            "t1080000.m4s",
            "t1260000.m4s",
            "t1350000.m4s",
            "t1440000.m4s",
            "t1530000.m4s");
    assertThat(segments.get(0).startMicros()).isZero();
    assertThat(segments.get(5).endMicros()).isEqualTo(8 * S);
  }

  @Test
  void negativeRepeat_reachesToTheNextRun() throws ManifestException {
    List<MediaSegment> segments =
        segments(
            "mediaPresentationDuration='PT10S'",
            "<SegmentTemplate media='$Number$.m4s'><SegmentTimeline>"
                + "<S t='0' d='2' r='-1'/><S t='6' d='4'/></SegmentTimeline></SegmentTemplate>");
    assertThat(files(segments)).containsExactly("1.m4s", "2.m4s", "3.m4s", "4.m4s");
    assertThat(segments.get(3).startMicros()).isEqualTo(6 * S);
  }

  @Test
  void list_withRangesAndInitialization() throws ManifestException {
    List<MediaSegment> segments =
        segments(
            "mediaPresentationDuration='PT4S'",
            "<BaseURL>all.mp4</BaseURL><SegmentList duration='2'><Initialization range='0-99'/>"
                + "<SegmentURL mediaRange='100-199'/><SegmentURL mediaRange='200-299'/></SegmentList>");
    assertThat(segments)
        .extracting(s -> s.resource().span().orElseThrow().header())
        .containsExactly("bytes=100-199", "bytes=200-299");
    assertThat(segments.get(0).init().orElseThrow().span().orElseThrow().header())
        .isEqualTo("bytes=0-99");
    assertThat(files(segments)).containsExactly("all.mp4", "all.mp4");
  }

  @Test
  void list_inheritsWhatIsAboveIt() throws ManifestException {
    Presentation presentation =
        read(
            "mediaPresentationDuration='PT5S'",
            "<Period><SegmentList timescale='10' startNumber='90'><SegmentTimeline><S d='20'/>"
                + "<S d='30'/></SegmentTimeline></SegmentList>"
                + video("<SegmentList><SegmentURL media='a'/><SegmentURL media='b'/></SegmentList>")
                + "</Period>");
    List<MediaSegment> segments = all(index(first(presentation)));
    assertThat(files(segments)).containsExactly("a", "b");
    assertThat(segments.get(1).startMicros()).isEqualTo(2 * S);
  }

  @Test
  void fileOfOnePiece_isOneSegment() throws ManifestException {
    List<MediaSegment> segments =
        segments("mediaPresentationDuration='PT1M0.5S'", "<BaseURL>whole.mp4</BaseURL>");
    assertThat(files(segments)).containsExactly("whole.mp4");
    assertThat(segments.get(0).durationMicros()).isEqualTo(60_500_000);
  }

  @Test
  void indexRange_isReadFromItsBox() throws ManifestException {
    Presentation presentation =
        read(
            "mediaPresentationDuration='PT5S'",
            "<Period>"
                + video(
                    "<BaseURL>all.mp4</BaseURL><SegmentBase indexRange='800-867'>"
                        + "<Initialization range='0-799'/></SegmentBase>")
                + "</Period>");
    Source.IndexBox source = (Source.IndexBox) first(presentation).source();
    assertThat(source.index().span().orElseThrow().header()).isEqualTo("bytes=800-867");
    ByteBuffer box = ByteBuffer.allocate(68);
    box.putInt(68).put("sidx".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(0);
    box.putInt(1).putInt(1000).putInt(0).putInt(0).putShort((short) 0).putShort((short) 3);
    for (int size : new int[] {5000, 6000, 70}) {
      box.putInt(size).putInt(size == 70 ? 1000 : 2000).putInt(0);
    }
    List<MediaSegment> segments = SegmentIndexBox.read(source, box.array()).segments();
    assertThat(segments)
        .extracting(s -> s.resource().span().orElseThrow().header())
        .containsExactly("bytes=868-5867", "bytes=5868-11867", "bytes=11868-11937");
    assertThat(segments).extracting(MediaSegment::startMicros).containsExactly(0L, 2 * S, 4 * S);
    assertThatThrownBy(() -> SegmentIndexBox.read(source, java.util.Arrays.copyOf(box.array(), 50)))
        .isInstanceOf(ManifestException.class);
  }

  @Test
  void baseUrls_resolveLevelByLevel() throws ManifestException {
    String template = "<SegmentTemplate duration='1' media='$Number$.m4s'/>";
    Presentation presentation =
        MpdReader.read(
            BASE,
            "<MPD mediaPresentationDuration='PT1S'><BaseURL> ../cdn/ </BaseURL>"
                + "<BaseURL>https://second.example/</BaseURL><Period><BaseURL>p/</BaseURL>"
                + "<AdaptationSet contentType='video'><BaseURL>/abs/</BaseURL>"
                + "<Representation id='1' bandwidth='1'><BaseURL>r/</BaseURL>"
                + template
                + "</Representation><Representation id='2' bandwidth='2'>"
                + "<BaseURL>https://third.example/x/</BaseURL>"
                + template
                + "</Representation></AdaptationSet></Period></MPD>");
    List<Representation> both = presentation.periods().get(0).sets().get(0).representations();
    assertThat(all(index(both.get(0))).get(0).resource().url())
        .hasToString("https://h.example/abs/r/1.m4s");
    assertThat(all(index(both.get(1))).get(0).resource().url())
        .hasToString("https://third.example/x/1.m4s");
  }

  @Test
  void periods_followOneAnother() throws ManifestException {
    String template = "<SegmentTemplate duration='4' media='$Number$.m4s'/>";
    Presentation presentation =
        read(
            "mediaPresentationDuration='PT20S'",
            "<Period duration='PT8S'>"
                + video(template)
                + "</Period><Period start='PT8S'>"
                + video(template)
                + "</Period>");
    assertThat(presentation.periods().get(0).endMicros()).hasValue(8 * S);
    List<MediaSegment> second =
        all(index(presentation.periods().get(1).sets().get(0).representations().get(0)));
    assertThat(second).hasSize(3);
    assertThat(second.get(0).startMicros()).isEqualTo(8 * S);
    assertThat(presentation.durationMicros()).hasValue(20 * S);
  }

  @Test
  void audio_isTakenApartAndTrickPlayLeft() throws ManifestException {
    String segments = "<SegmentTemplate duration='4' media='$Number$.m4s'/>";
    Presentation presentation =
        read(
            "mediaPresentationDuration='PT20S'",
            "<Period><AdaptationSet mimeType='video/mp4' codecs='avc1.1'><EssentialProperty"
                + " schemeIdUri='http://dashif.org/guidelines/trickmode' value='1'/>"
                + "<Representation id='trick' bandwidth='1' height='100'/></AdaptationSet>"
                + video(segments)
                + "<AdaptationSet mimeType='audio/mp4' codecs='mp4a.40.2'>"
                + segments
                + "<Representation id='a1' bandwidth='64000'/>"
                + "<Representation id='a2' bandwidth='128000'/></AdaptationSet>"
                + "<AdaptationSet mimeType='application/mp4' codecs='stpp'>"
                + "<Representation id='t'/></AdaptationSet></Period>");
    Selection selection =
        Selection.of(presentation.periods().get(0), Quality.parse("best")).orElseThrow();
    assertThat(selection.representations()).extracting(Representation::id).containsExactly("v1");
    assertThat(selection.audio().map(Representation::id)).contains("a2");
  }

  @Test
  void live_segmentsAreThereOnceTheyAreWhole() throws ManifestException {
    Presentation presentation =
        read(
            "type='dynamic' availabilityStartTime='2026-01-01T00:00:00Z'"
                + " minimumUpdatePeriod='PT2S' suggestedPresentationDelay='PT6S'",
            "<UTCTiming schemeIdUri='urn:mpeg:dash:utc:direct:2014' value='2026-01-01T01:00:01Z'/>"
                + "<Period start='PT0S'>"
                + video(
                    "<SegmentTemplate duration='2' availabilityTimeOffset='0.5'"
                        + " media='$Number$.m4s'/>")
                + "</Period>");
    long zero = 1_767_225_600L * S;
    Presentation.Live live = presentation.live().orElseThrow();
    assertThat(live.serverMicros()).hasValue(zero + 3601 * S);
    assertThat(live.delayMicros()).hasValue(6 * S);
    SegmentIndex index = index(first(presentation));
    assertThat(index.edgeMicros(zero + 3601 * S)).isEqualTo(3601 * S + S / 2);
    MediaSegment segment = index.at(3600 * S).orElseThrow();
    assertThat(segment.resource().url()).hasPath("/v/1801.m4s");
    assertThat(segment.availableAtMicros()).isEqualTo(OptionalLong.of(zero + 3602 * S - S / 2));
  }

  @Test
  void timelineOfAMillionTimesAMillion_costsNothing() throws ManifestException {
    Presentation presentation =
        read(
            "mediaPresentationDuration='P3000D'",
            "<Period>"
                + video(
                    "<SegmentTemplate timescale='1000000' media='$Number$.m4s'><SegmentTimeline>"
                        + "<S d='1' r='999999999999'/></SegmentTimeline></SegmentTemplate>")
                + "</Period>");
    MediaSegment segment = index(first(presentation)).at(123_456_789_012L).orElseThrow();
    assertThat(segment.resource().url()).hasPath("/v/123456789013.m4s");
  }

  @Test
  void runWithoutEnd_endsWhereTimesAreBeyondCounting() throws ManifestException {
    SegmentIndex index =
        index(
            first(
                read(
                    "type='dynamic'",
                    "<Period>"
                        + video("<SegmentTemplate duration='99999999999999999' media='a'/>")
                        + "</Period>")));
    assertThat(index.at(Long.MAX_VALUE / 2)).isEmpty();
    assertThat(index.firstMicros()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "<MPD>",
        "<MPD/>",
        "<SmoothStreamingMedia/>",
        "<!DOCTYPE MPD [<!ENTITY a 'b'>]><MPD><Period id='&a;'>&a;</Period></MPD>",
        "<!DOCTYPE MPD [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><MPD><Period>&x;</Period></MPD>",
        "<MPD><Period><AdaptationSet><Representation><SegmentTemplate duration='-4' media='a'/>"
            + "</Representation></AdaptationSet></Period></MPD>",
        "<MPD><Period><AdaptationSet><Representation><SegmentTemplate timescale='0' media='a'/>"
            + "</Representation></AdaptationSet></Period></MPD>",
        "<MPD><Period><AdaptationSet><Representation><SegmentTemplate media='a'><SegmentTimeline>"
            + "<S t='5' d='1'/><S t='1' d='1'/></SegmentTimeline></SegmentTemplate>"
            + "</Representation></AdaptationSet></Period></MPD>",
        "<MPD><Period><AdaptationSet><Representation><SegmentTemplate media='a'><SegmentTimeline>"
            + "<S d='999999999999999999' r='999999999999999999'/></SegmentTimeline>"
            + "</SegmentTemplate></Representation></AdaptationSet></Period></MPD>",
        "<MPD><Period start='PT9S'/><Period start='PT1S'/></MPD>",
      })
  void damagedMpd_isMalformed(String xml) {
    assertThatThrownBy(() -> MpdReader.read(BASE, xml))
        .isInstanceOfSatisfying(
            ManifestException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.MALFORMED_MANIFEST));
  }

  @Test
  void hugeAndDeepXml_isTooLarge() {
    for (String xml :
        List.of(
            "<MPD>" + "<Period/>".repeat(200_000) + "</MPD>",
            "<a>".repeat(100_000),
            "<MPD><Period>" + "<x>".repeat(50) + "</MPD>")) {
      assertThatThrownBy(() -> MpdReader.read(BASE, xml))
          .isInstanceOfSatisfying(
              ManifestException.class,
              e -> assertThat(e.kind()).isEqualTo(FailureKind.BODY_TOO_LARGE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H2M3.5S", "P0Y0M0DT1H2M3.500S", "PT3723.5S", "PT62M3.5S"})
  void durations_areXmlSchemas(String text) {
    assertThat(MpdTime.duration(Optional.of(text))).hasValue(3_723_500_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "PT-4S", "-PT4S", "4", "P99999Y", "PT1e9S"})
  void otherDurations_areNone(String text) {
    assertThat(MpdTime.duration(Optional.of(text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2014-06-19T23:07:42", "2014-06-19T23:07:42Z", "2014-06-20T01:07:42.000+02:00"})
  void dates_withoutZoneAreUtc(String text) {
    assertThat(MpdTime.date(Optional.of(text))).hasValue(1_403_219_262_000_000L);
  }

  @Test
  void dubbedDescribedOrSigned_isNotTakenWhereTheOriginalIs() throws ManifestException {
    String role = "<Role schemeIdUri='urn:mpeg:dash:role:2011' value='%s'/>";
    String sound =
        "<AdaptationSet contentType='audio'>%s<Representation id='%s' bandwidth='%d'"
            + " codecs='%s'><BaseURL>%s.mp4</BaseURL><SegmentBase indexRange='0-9'/>"
            + "</Representation></AdaptationSet>";
    String signed = video("<BaseURL>s.mp4</BaseURL><SegmentBase indexRange='0-9'/>");
    String picture = signed.replace("s.mp4", "v.mp4").replace("id='v1'", "id='v2'");
    String periods =
        "<Period>"
            + signed.replace("<Representation", role.formatted("sign") + "<Representation")
            + picture
            + sound.formatted(role.formatted("dub"), "dubbed", 256_000, "mp4a.40.2", "d")
            + sound.formatted(role.formatted("main"), "original", 64_000, "opus", "o")
            + "</Period>";
    Selection selection =
        Selection.of(
                read("type='static' mediaPresentationDuration='PT9S'", periods).periods().get(0),
                Quality.parse("best"))
            .orElseThrow();
    assertThat(selection.representations()).extracting(Representation::id).containsExactly("v2");
    assertThat(selection.audio().orElseThrow().id()).isEqualTo("original");
  }

  @Test
  void encryptedSets_areReadLikeOthers() throws ManifestException {
    List<MediaSegment> segments =
        all(
            index(
                first(
                    read(
                        "mediaPresentationDuration='PT8S' xmlns:cenc='urn:mpeg:cenc:2013'",
                        "<Period><AdaptationSet mimeType='video/mp4'>"
                            + "<ContentProtection schemeIdUri='urn:mpeg:dash:mp4protection:2011'"
                            + " value='cbcs' cenc:default_KID='0'/>"
                            + "<ContentProtection schemeIdUri='urn:uuid:edef8ba9'>"
                            + "<cenc:pssh>AAAA</cenc:pssh></ContentProtection>"
                            + "<Representation id='v1'><SegmentTemplate duration='4'"
                            + " media='$Number$.m4s'/></Representation></AdaptationSet></Period>"))));
    assertThat(files(segments)).containsExactly("1.m4s", "2.m4s");
  }

  /** What a set says counts for each of its representations. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<SegmentTemplate media='a'><SegmentTimeline>S</SegmentTimeline></SegmentTemplate>",
        "<SegmentList duration='1'>U</SegmentList>",
        "<SegmentTemplate media='a' duration='1'>X</SegmentTemplate>",
      })
  void listsOfManyRepresentations_areTooLarge(String addressing) {
    String inherited =
        addressing
            .replace("S<", "<S d='1'/>".repeat(40_000) + "<")
            .replace("U<", "<SegmentURL/>".repeat(40_000) + "<")
            .replace("X<", "<X/>".repeat(40_000) + "<");
    assertTooLarge(
        "<Period>"
            + inherited
            + "<AdaptationSet>"
            + "<Representation/>".repeat(9_000)
            + "</AdaptationSet></Period>");
  }

  @Test
  void tooManyRepresentations_areTooLarge() {
    assertTooLarge(
        "<Period><AdaptationSet>"
            + "<Representation/>".repeat(10_001)
            + "</AdaptationSet></Period>");
  }

  private static void assertTooLarge(String periods) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> read("mediaPresentationDuration='PT9S'", periods))
                .isInstanceOfSatisfying(
                    ManifestException.class,
                    e -> assertThat(e.kind()).isEqualTo(FailureKind.BODY_TOO_LARGE)));
  }

  @Test
  void manyAttributesInOne_costNothing() throws ManifestException {
    String much = "a,".repeat(8_000);
    Presentation presentation =
        read(
            "mediaPresentationDuration='PT9S'",
            "<Period><AdaptationSet codecs='"
                + much
                + "'><Representation id='"
                + "i".repeat(16_000)
                + "'><SegmentTemplate duration='1' media='"
                + "$RepresentationID$".repeat(800)
                + "'/></Representation></AdaptationSet></Period>");
    assertThat(first(presentation).codecs()).hasSizeLessThan(20);
    assertThat(UrlTemplate.fill("$RepresentationID$".repeat(800), "i".repeat(16_000), 0, 0, 0))
        .hasSizeLessThan(50_000);
    assertThat(index(first(presentation)).at(0)).as("no URL is as long").isEmpty();
  }

  @Test
  void timeAfterThePeriod_isNotWalkedTo() throws ManifestException {
    SegmentIndex index =
        index(
            first(
                read(
                    "mediaPresentationDuration='PT1S'",
                    "<Period>"
                        + video(
                            "<SegmentTemplate timescale='1000000' media='a'><SegmentTimeline>"
                                + "<S d='1' r='99999999999999999'/>"
                                + "</SegmentTimeline></SegmentTemplate>")
                        + "</Period>")));
    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(index.at(9_000_000 * S)).isEmpty());
  }

  @Test
  void segmentsShorterThanAMicrosecond_areMalformed() {
    assertThatThrownBy(
            () ->
                segments(
                    "mediaPresentationDuration='PT1S'",
                    "<SegmentTemplate timescale='1000000000000' duration='1' media='a'/>"))
        .isInstanceOf(ManifestException.class);
  }

  @Test
  void numbersBeyondCounting_areNoSegmentsOfAList() throws ManifestException {
    SegmentIndex index =
        index(
            first(
                read(
                    "type='dynamic'",
                    "<Period>"
                        + video(
                            "<SegmentList timescale='1000000'><SegmentTimeline>"
                                + "<S t='0' d='1' r='299999999999999999'/>".repeat(31)
                                + "<S t='0' d='2' r='199999999999999998'/>"
                                + "</SegmentTimeline><SegmentURL media='a'/></SegmentList>")
                        + "</Period>")));
    assertThat(index.at(350_000_000_000L * S)).isEmpty();
    assertThat(index.at(0)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"+290000-01-01T00:00:00Z", "-0500-01-01T00:00:00Z", "2014", "soon"})
  void otherDates_areNone(String text) {
    assertThat(MpdTime.date(Optional.of(text))).isEmpty();
  }

  @Test
  void indexWithTimesBeyondCounting_isMalformed() {
    ByteBuffer box = ByteBuffer.allocate(52);
    box.putInt(52).putInt(0x73696478).putInt(1 << 24).putInt(1).putInt(1);
    box.putLong(9_223_372_000_000L).putLong(0).putInt(1).putInt(500).putInt(2).putInt(0);
    Source.IndexBox source =
        new Source.IndexBox(
            Resource.whole(BASE), Optional.empty(), 9_000_000_000_000_000L, Long.MIN_VALUE / 2);
    assertThatThrownBy(() -> SegmentIndexBox.read(source, box.array()))
        .isInstanceOf(ManifestException.class);
  }
}

package org.vidtomo.sites.mediaccc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.SiteRequest;
import org.vidtomo.sites.Sites;
import org.vidtomo.sites.Walk;

class MediaCccSiteTest {
  private static final URI TALK = URI.create("https://media.ccc.de/v/conf-1-talk#t=5");

  private static final Map<String, String> WEB =
      Map.of(
          "https://api.media.ccc.de/public/events/conf-1-talk",
          """
          {"guid": "g1", "slug": "conf-1-talk", "title": "Talk", "original_language": "deu",
           "duration": 60, "conference_url": "https://api.media.ccc.de/public/conferences/conf",
           "related": [{"event_guid": "g2", "weight": 5}, {"event_guid": "g3", "weight": 9},
                       {"event_guid": "g9", "weight": 1}],
           "recordings": [
            {"mime_type": "video/webm", "language": "deu", "folder": "webm-sd", "height": 576,
             "width": 1024, "recording_url": "https://cdn.example/sd.webm"},
            {"mime_type": "video/mp4", "language": "deu-eng", "folder": "h264-hd", "height": 1080,
             "recording_url": "https://cdn.example/hd.mp4"},
            {"mime_type": "video/mp4", "language": "eng", "folder": "h264-hd", "height": 1080,
             "recording_url": "https://cdn.example/dubbed.mp4"},
            {"mime_type": "video/mp4", "language": "deu", "folder": "slides-h264", "height": 1080,
             "recording_url": "https://cdn.example/slides.mp4"},
            {"mime_type": "audio/mpeg", "language": "deu", "folder": "mp3", "height": 0,
             "recording_url": "https://cdn.example/a.mp3"},
            {"mime_type": "application/x-subrip", "language": "deu",
             "recording_url": "https://cdn.example/s.srt"}]}""",
          "https://api.media.ccc.de/public/conferences/conf",
          """
          {"events": [{"guid": "g2", "frontend_link": "https://media.ccc.de/v/conf-2-a"},
                      {"guid": "g3", "frontend_link": "https://media.ccc.de/v/conf-3-b"}]}""");

  private static Document answer(SiteRequest request) {
    String body = WEB.get(request.url().toString());
    return new Document(
        request.url(),
        body == null ? 404 : 200,
        Optional.of("application/json"),
        String.valueOf(body).getBytes(StandardCharsets.UTF_8),
        true);
  }

  @Test
  void talk_itsOwnRecordingsAlone() {
    Page page = Walk.of(new MediaCccSite(), TALK, MediaCccSiteTest::answer);
    assertThat(page.media())
        .extracting(MediaLink::url)
        .containsExactly(
            URI.create("https://cdn.example/sd.webm"), URI.create("https://cdn.example/hd.mp4"));
    assertThat(page.others()).hasSize(3);
    assertThat(page.durationMicros()).hasValue(60_000_000);
    assertThat(page.title()).contains("Talk");
  }

  @Test
  void related_byWeightAndUnderTheirNames() {
    Page page = Walk.of(new MediaCccSite(), TALK, MediaCccSiteTest::answer);
    assertThat(page.related())
        .extracting(URI::toString)
        .containsExactly(
            "https://media.ccc.de/v/conf-3-b",
            "https://media.ccc.de/v/conf-2-a",
            "https://api.media.ccc.de/public/events/g9");
    assertThat(Sites.known().identify(page.related().get(2).toString()).orElseThrow().service())
        .isEqualTo("mediaccc");
  }

  @Test
  void unknownTalk_isUnavailable() {
    Page page =
        Walk.of(
            new MediaCccSite(),
            URI.create("https://media.ccc.de/v/none"),
            MediaCccSiteTest::answer);
    assertThat(page.failure().orElseThrow().kind()).isEqualTo(FailureKind.VIDEO_UNAVAILABLE);
  }

  @Test
  void conference_isAListOfItsTalks() {
    Listing list = Sites.known().listing(URI.create("https://media.ccc.de/c/conf")).orElseThrow();
    assertThat(list.read().apply(answer(list.first())).videos()).hasSize(2);
    assertThat(
            Sites.known()
                .listing(URI.create("https://media.ccc.de/b/conferences/a/conf"))
                .orElseThrow()
                .first())
        .isEqualTo(list.first());
    Listing none = Sites.known().listing(URI.create("https://media.ccc.de/c/none")).orElseThrow();
    assertThat(none.read().apply(answer(none.first())).problem()).isPresent();
  }
}

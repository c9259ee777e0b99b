package org.vidtomo.sites.peertube;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.ListPage;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Sites;
import org.vidtomo.sites.Walk;

class PeerTubeSiteTest {
  private static final String ID = "d2a5ec78-5f85-4090-8ec5-dc1102e022ea";
  private static final String SHORT = "s1FsHY6YQ1x8o18yC6QbPd";
  private static final String API = "https://tube.example/api/v1/videos/" + ID;

  private static final String VIDEO =
      """
      {"uuid": "%s", "name": "Film", "duration": 100, "tags": ["a b", "c"],
       "files": [{"resolution": {"id": 720}, "size": 25000000, "width": 1280,
                  "fileUrl": "https://tube.example/f-720.mp4"},
                 {"resolution": {"id": 0}, "fileUrl": "https://tube.example/f-0.mp4"}],
       "streamingPlaylists": [{"playlistUrl": "https://tube.example/m.m3u8", "files": [
          {"resolution": {"id": 1080}, "size": 5, "playlistUrl": "https://tube.example/1.m3u8"},
          {"resolution": {"id": 0}, "size": 1, "playlistUrl": "https://tube.example/0.m3u8"}]}]}
      """
          .formatted(ID);

  private final PeerTubeSite site = new PeerTubeSite();

  private Page walk(String url, int otherwise, Map<String, String> web) {
    return Walk.of(
        site,
        URI.create(url),
        request -> {
          String body = web.get(request.url().toString());
          return document(request.url(), body == null ? otherwise : 200, body == null ? "" : body);
        });
  }

  private static Document document(URI url, int status, String body) {
    return new Document(
        url, status, Optional.of("application/json"), body.getBytes(StandardCharsets.UTF_8), true);
  }

  @Test
  void everyWayOfWritingAnId_isOneVideo() {
    for (String path :
        new String[] {
          "/w/" + SHORT,
          "/w/" + ID,
          "/videos/watch/" + ID,
          "/videos/embed/" + SHORT + "?autoplay=1",
          "/api/v1/videos/" + ID
        }) {
      assertThat(Sites.known().identify("https://tube.example" + path).orElseThrow())
          .hasToString("peertube:tube.example/" + ID);
    }
    for (String path : new String[] {"/w/short", "/videos/watch/12", "/w/0000000000000000000000"}) {
      assertThat(Sites.known().identify("https://tube.example" + path).orElseThrow().service())
          .isEqualTo("page");
    }
  }

  @Test
  void video_filesPlaylistAndWhatIsNotToBeTaken() {
    Page page = walk("https://tube.example/w/" + SHORT, 404, Map.of(API, VIDEO));
    assertThat(page.media()).extracting(MediaLink::protocol).containsExactly("https", "hls");
    MediaLink file = page.media().get(0);
    assertThat(file.height()).hasValue(720);
    assertThat(file.contentLength()).hasValue(25_000_000);
    assertThat(file.bitrateBps()).hasValue(2_000_000);
    assertThat(page.others())
        .extracting(c -> c.protocol() + " " + c.height().orElse(0))
        .containsExactly("https 0", "hls 1080", "hls 0");
    assertThat(page.durationMicros()).hasValue(100_000_000);
    assertThat(page.title()).contains("Film");
  }

  @Test
  void olderInstances_withoutPlaylistOrWithItsFilesAlone() {
    String old = VIDEO.replaceFirst("(?s),\\s*\"streamingPlaylists\".*", "}");
    assertThat(walk("https://tube.example/w/" + ID, 404, Map.of(API, old)).media()).hasSize(1);
    String pieces =
        VIDEO
            .replaceFirst("(?s)\"files\": .*?\"streaming", "\"files\": [], \"streaming")
            .replaceFirst("\"playlistUrl\": \"https://tube.example/m.m3u8\", ", "")
            .replace("\"playlistUrl\"", "\"fileUrl\"");
    assertThat(walk("https://tube.example/w/" + ID, 404, Map.of(API, pieces)).media())
        .extracting(link -> link.height().orElse(0))
        .containsExactly(1080);
  }

  @Test
  void related_shareATag() {
    String other = "ee408ec8-07cd-4e35-b884-fb681a4b9d37";
    Page page =
        walk(
            "https://tube.example/w/" + SHORT,
            404,
            Map.of(
                API,
                VIDEO,
                "https://tube.example/api/v1/search/videos?start=0&count=8&sort=-createdAt"
                    + "&tagsOneOf=a%20b&tagsOneOf=c",
                ("{\"total\": 2, \"data\": [{\"uuid\": \"%s\"}, {\"uuid\": \"%s\", \"isLocal\": true,"
                        + "\"url\": \"https://tube.example/videos/watch/%s\"}]}")
                    .formatted(ID, other, other)));
    assertThat(page.related())
        .containsExactly(URI.create("https://tube.example/videos/watch/" + other));
  }

  @Test
  void refusals_sayWhy() {
    String gone = "{\"status\": 404, \"title\": \"Not Found\", \"detail\": \"Video not found\"}";
    Page page =
        Walk.of(
            site, URI.create("https://tube.example/w/" + ID), r -> document(r.url(), 404, gone));
    assertThat(page.failure().orElseThrow().kind()).isEqualTo(FailureKind.VIDEO_UNAVAILABLE);
    Page locked =
        Walk.of(
            site,
            URI.create("https://tube.example/w/" + ID),
            r -> document(r.url(), 403, gone.replace("404", "403")));
    assertThat(locked.failure().orElseThrow().kind()).isEqualTo(FailureKind.LOGIN_REQUIRED);
  }

  @Test
  void instanceThatDoesNotFollowTheOrigin_leadsThere() {
    String elsewhere =
        "{\"status\": 403, \"code\": \"does_not_respect_follow_constraints\", \"originUrl\":"
            + " \"https://origin.example/videos/watch/"
            + ID
            + "\"}";
    Page page =
        walk(
            "https://tube.example/w/" + ID,
            404,
            Map.of(API, elsewhere, "https://origin.example/api/v1/videos/" + ID, VIDEO));
    assertThat(page.media()).hasSize(2);
  }

  @Test
  void otherSiteWithSuchUrls_isReadAsAPage() {
    Page page =
        walk(
            "https://other.example/w/" + ID,
            404,
            Map.of("https://other.example/w/" + ID, "<video src='/v.mp4'></video>"));
    assertThat(page.media().get(0).url()).hasToString("https://other.example/v.mp4");
  }

  @Test
  void channel_isAListOverPages() {
    Listing list =
        Sites.known().listing(URI.create("https://tube.example/c/films@a.example/videos")).get();
    URI first = list.first().url();
    assertThat(first)
        .hasToString(
            "https://tube.example/api/v1/video-channels/films@a.example/videos"
                + "?sort=-publishedAt&start=0&count=100");
    String answer = "{\"total\": 150, \"data\": [{\"uuid\": \"" + ID + "\"}]}";
    ListPage page = list.read().apply(document(first, 200, answer));
    assertThat(page.videos()).hasSize(1);
    assertThat(page.next().orElseThrow().first().url().getQuery()).contains("start=100");
    assertThat(list.read().apply(document(first, 500, "")).problem()).isPresent();
    assertThat(
            Sites.known()
                .listing(URI.create("https://tube.example/w/p/" + SHORT))
                .orElseThrow()
                .first()
                .url()
                .toString())
        .contains("/video-playlists/" + SHORT + "/videos?start=0");
  }
}

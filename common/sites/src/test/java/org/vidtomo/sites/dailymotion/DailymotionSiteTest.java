package org.vidtomo.sites.dailymotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.ListPage;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Sites;
import org.vidtomo.sites.VideoId;
import org.vidtomo.sites.Walk;

class DailymotionSiteTest {
  private static final String METADATA = "/player/metadata/video/x1abc";
  private static final String QUALITIES =
      "'id':'x1abc','title':'T','duration':12,'qualities':{'auto':[{'type':"
          + "'application/x-mpegURL','url':'https://cdn.example/x1abc.m3u8'}],'380':[{'type':"
          + "'video/mp4','url':'https://cdn.example/H264-512x384/x1abc.mp4'}],'720':[{'type':"
          + "'video/mp4','url':'https://cdn.example/x1abc.mp4'}]}";

  private final Map<String, Document> answers = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();

  private void answer(String path, int status, String body) {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    URI url = URI.create("https://www.dailymotion.com" + path);
    answers.put(path, new Document(url, status, Optional.empty(), bytes, true));
  }

  private Page page() {
    return Walk.of(
        new DailymotionSite(),
        URI.create("https://www.dailymotion.com/video/x1abc"),
        request -> {
          asked.add(request.url().getPath());
          Document none = new Document(request.url(), 404, Optional.empty(), new byte[0], true);
          return answers.getOrDefault(request.url().getPath(), none);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "https://www.dailymotion.com/video/x1abc,x1abc",
    "http://www.dailymotion.com/video/x1abc_some-title_fun,x1abc",
    "https://dai.ly/x1abc,x1abc",
    "https://www.dailymotion.com/embed/video/k1ngc9lfzaL98Mem6V1?api=1,k1ngc9lfzaL98Mem6V1",
    "https://geo.dailymotion.com/player/x2de.html?video=x1abc,x1abc",
    "https://geo.dailymotion.com/player.html?video=x1abc,x1abc",
    "https://www.dailymotion.com/swf/video/x1abc,x1abc",
    "https://www.dailymotion.com/swf/x1abc,x1abc"
  })
  void formsOfOneVideo_haveOneId(String url, String id) {
    assertThat(Sites.known().identify(url)).contains(new VideoId("dailymotion", id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://www.dailymotion.com/",
        "https://www.dailymotion.com/karimdebbache",
        "https://www.dailymotion.com/playlist/x1abc",
        "https://dailymotion.com.example.org/video/x1abc"
      })
  void otherUrls_areNoVideos(String url) {
    assertThat(Sites.known().identify(url).orElseThrow().service()).isEqualTo("page");
  }

  @Test
  void metadata_formsVariantsAndRelated() {
    answer(METADATA, 200, "{" + QUALITIES + "}");
    answer("/x1abc.m3u8", 200, "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=9,RESOLUTION=16x9\na.m3u8\n");
    answer("/video/x1abc/related", 200, "{'list':[{'id':'x2b'},{'id':'x2c'}],'has_more':true}");
    Page page = page();
    assertThat(page.title()).contains("T");
    assertThat(page.durationMicros()).hasValue(12_000_000);
    assertThat(page.media())
        .extracting(MediaLink::protocol)
        .containsExactly("hls", "https", "https");
    assertThat(page.media())
        .extracting(link -> link.height().orElse(0))
        .containsExactly(0, 384, 720);
    assertThat(page.others()).hasSize(1);
    assertThat(page.related())
        .extracting(URI::toString)
        .containsExactly(
            "https://www.dailymotion.com/video/x2b", "https://www.dailymotion.com/video/x2c");
  }

  @Test
  void olderPage_holdsTheMetadata() {
    answer("/video/x1abc", 200, "<script>build({'other':1,'metadata':{" + QUALITIES + "}});");
    Page page = page();
    assertThat(asked).startsWith(METADATA, "/video/x1abc");
    assertThat(page.media()).hasSize(3);
    assertThat(page.id()).contains(new VideoId("dailymotion", "x1abc"));
  }

  @Test
  void pageWithQualitiesAlone_isReadToo() {
    answer(
        "/video/x1abc",
        200,
        "x = {" + QUALITIES.replaceFirst(".*'qualities'", "'qualities'") + "}");
    assertThat(page().media()).hasSize(3);
  }

  @Test
  void qualitiesWithoutUrls_needAnExtractor() {
    answer(METADATA, 200, "{'qualities':{'auto':[{'type':'application/x-mpegURL'}],'720':[]}}");
    assertThat(page().failure().orElseThrow().kind()).isEqualTo(FailureKind.NEEDS_EXTRACTOR);
  }

  @ParameterizedTest
  @CsvSource({
    "DM007,Video geo-restricted by the owner.,GEO_BLOCKED",
    "DM010,This video is private,LOGIN_REQUIRED",
    "DM014,Password protected,LOGIN_REQUIRED",
    "DM001,No video has been specified,VIDEO_UNAVAILABLE",
    "DM002,Content has been deleted,VIDEO_UNAVAILABLE"
  })
  void refusal_hasItsKindAndWords(String code, String title, FailureKind kind) {
    answer(METADATA, 200, "{'error':{'code':'" + code + "','title':'" + title + "'},'title':'T'}");
    Page page = page();
    assertThat(page.failure().orElseThrow().kind()).isEqualTo(kind);
    assertThat(page.failure().get().detail()).contains(title).contains(code);
    assertThat(page.title()).contains("T");
    assertThat(asked).hasSize(1);
  }

  @Test
  void unknownVideo_isUnavailable() {
    assertThat(page().failure().orElseThrow().kind()).isEqualTo(FailureKind.VIDEO_UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "https://www.dailymotion.com/karimdebbache,/user/karimdebbache/videos",
    "https://www.dailymotion.com/user/karimdebbache/1,/user/karimdebbache/videos",
    "https://www.dailymotion.com/playlist/x1abc_title,/playlist/x1abc/videos",
    "https://www.dailymotion.com/search/a%20b/videos,/videos"
  })
  void listsUrl_theRestInterfaceIsAsked(String url, String path) {
    Listing listing = Sites.known().listing(URI.create(url)).orElseThrow();
    assertThat(listing.first().url()).hasHost("api.dailymotion.com").hasPath(path);
  }

  @Test
  void list_goesOnPageByPageWithinTheInterfacesBound() {
    Optional<Listing> listing =
        Sites.known().listing(URI.create("https://www.dailymotion.com/abc"));
    int pages = 0;
    while (listing.isPresent() && pages < 99) {
      ListPage page =
          read(listing.get(), 200, "{'list':[{'id':'x" + pages + "ab'}],'has_more':true}");
      assertThat(page.videos()).hasSize(1);
      listing = page.next();
      pages++;
    }
    assertThat(pages).isEqualTo(10);
  }

  @Test
  void errorOfTheInterface_isPassedOn() {
    Listing listing =
        Sites.known().listing(URI.create("https://www.dailymotion.com/abc")).orElseThrow();
    ListPage page = read(listing, 404, "{'error':{'code':404,'message':'no such user'}}");
    assertThat(page.problem().orElseThrow()).contains("no such user");
  }

  private static ListPage read(Listing listing, int status, String body) {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return listing
        .read()
        .apply(new Document(listing.first().url(), status, Optional.empty(), bytes, true));
  }
}

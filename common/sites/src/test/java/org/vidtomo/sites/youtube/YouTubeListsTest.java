package org.vidtomo.sites.youtube;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.ListPage;
import org.vidtomo.sites.Listing;

class YouTubeListsTest {
  private static final String ENTRIES =
      "{'contents':{'x':[{'richItemRenderer':{'content':{'videoRenderer':{'videoId':"
          + "'aaaaaaaaaa1'}}}},{'shortsLockupViewModel':{'onTap':{'innertubeCommand':"
          + "{'reelWatchEndpoint':{'videoId':'aaaaaaaaaa2'}}}}},{'playlistVideoRenderer':"
          + "{'videoId':'aaaaaaaaaa1'}},{'continuationItemRenderer':{'continuationEndpoint':"
          + "{'continuationCommand':{'token':'MORE'}}}}]},"
          + "'header':{'videoRenderer':{'videoId':'headerhead1'}}}";

  private static Listing listing(String url) {
    return YouTubeLists.of(URI.create(url)).orElseThrow();
  }

  private static ListPage read(Listing listing, int status, String body) {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return listing
        .read()
        .apply(new Document(listing.first().url(), status, Optional.empty(), bytes, true));
  }

  private static String html(String data) {
    return "<script>window['ytInitialData'] = " + data + ";</script>";
  }

  @ParameterizedTest
  @CsvSource({
    "https://www.youtube.com/@name,https://www.youtube.com/@name/videos",
    "https://www.youtube.com/@name/streams,https://www.youtube.com/@name/streams",
    "https://m.youtube.com/channel/UC12/featured,https://www.youtube.com/channel/UC12/videos",
    "https://www.youtube.com/c/Some/shorts,https://www.youtube.com/c/Some/shorts",
    "https://www.youtube.com/user/Some,https://www.youtube.com/user/Some/videos",
    "https://youtube.com/playlist?list=PL1&si=x,https://www.youtube.com/playlist?list=PL1",
    "https://www.youtube.com/embed/videoseries?list=PL1,https://www.youtube.com/playlist?list=PL1",
    "https://www.youtube.com/results?search_query=a+b,"
        + "https://www.youtube.com/results?search_query=a%20b"
  })
  void listsUrl_itsPageIsFetched(String url, String page) {
    assertThat(listing(url).first().url()).hasToString(page);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=aaaaaaaaaa1&list=PL1",
        "https://www.youtube.com/@name/live",
        "https://www.youtube.com/feed/trending",
        "https://charts.youtube.com/charts/TopArtists/gb",
        "https://www.example.org/@name"
      })
  void otherUrls_areNoLists(String url) {
    assertThat(YouTubeLists.of(URI.create(url))).isEmpty();
  }

  @Test
  void page_itsVideosOnceAndTheRest() {
    ListPage page = read(listing("https://www.youtube.com/@name"), 200, html(ENTRIES));
    assertThat(page.videos())
        .extracting(URI::toString)
        .containsExactly(
            "https://www.youtube.com/watch?v=aaaaaaaaaa1",
            "https://www.youtube.com/watch?v=aaaaaaaaaa2");
    Listing more = page.next().orElseThrow();
    assertThat(more.first().url()).hasPath("/youtubei/v1/browse");
    assertThat(new String(more.first().body().orElseThrow(), StandardCharsets.UTF_8))
        .contains("\"continuation\":\"MORE\"");
    String last =
        "{'onResponseReceivedActions':[{'appendContinuationItemsAction':{'continuationItems':["
            + "{'videoRenderer':{'videoId':'aaaaaaaaaa3'}}]}}]}";
    ListPage end = read(more, 200, last);
    assertThat(end.videos()).hasSize(1);
    assertThat(end.next()).isEmpty();
    assertThat(end.problem()).isEmpty();
  }

  @Test
  void emptyPageThatPromisesMore_isTheEnd() {
    Listing more =
        read(listing("https://www.youtube.com/@name"), 200, html(ENTRIES)).next().orElseThrow();
    ListPage empty =
        read(
            more,
            200,
            "{'onResponseReceivedActions':[{'continuationItemRenderer':{'continuationEndpoint':"
                + "{'continuationCommand':{'token':'MORE'}}}}]}");
    assertThat(empty.next()).isEmpty();
  }

  @Test
  void wallOfConsent_theJsonIsAskedInstead() {
    ListPage wall = read(listing("https://www.youtube.com/playlist?list=PL1"), 200, "<html>");
    Listing json = wall.next().orElseThrow();
    assertThat(wall.problem()).isEmpty();
    assertThat(new String(json.first().body().orElseThrow(), StandardCharsets.UTF_8))
        .contains("\"browseId\":\"VLPL1\"");
    assertThat(read(json, 200, ENTRIES).videos()).hasSize(2);
    assertThat(read(json, 500, "").problem().orElseThrow()).contains("500");
  }

  @Test
  void listThatIsGone_saysWhatYouTubeSays() {
    ListPage gone =
        read(
            listing("https://www.youtube.com/playlist?list=PL1"),
            200,
            html(
                "{'alerts':[{'alertRenderer':{'text':{'runs':[{'text':'The playlist does not"
                    + " exist.'}]}}}]}"));
    assertThat(gone.problem().orElseThrow()).contains("The playlist does not exist.");
  }

  @Test
  void chartOfMusic_isAskedForByCountry() {
    Listing chart = listing("https://charts.youtube.com/charts/TrendingVideos/fr");
    assertThat(new String(chart.first().body().orElseThrow(), StandardCharsets.UTF_8))
        .contains("country_code=FR");
    ListPage page =
        read(chart, 200, "{'a':{'videos':[{'videoViews':[{'id':'aaaaaaaaaa1'},{'id':'x'}]}]}}");
    assertThat(page.videos()).hasSize(1);
    assertThat(page.next()).isEmpty();
    assertThat(read(chart, 200, "{}").problem()).isPresent();
  }
}

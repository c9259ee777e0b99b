package org.vidtomo.sites.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.HlsMaster;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Sites;
import org.vidtomo.sites.Walk;

/**
 * Pages of some megabytes that were made to cost time: what each is aimed at takes minutes to years
 * where it is not bounded, and a second or so where it is.
 */
class HostilePagesTest {
  private static final int ROOM = 1 << 20;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String HTML = "text/html; charset=utf-8";
  private static final URI PAGE = URI.create("https://www.example.org/videos/1/page.html");
  private static final URI LONG_PAGE =
      URI.create("https://www.example.org/" + "a/".repeat(4000) + "1");

  private static String filled(String head, String unit, String tail) {
    return head + unit.repeat((ROOM - head.length() - tail.length()) / unit.length()) + tail;
  }

  private static String numbered(int count, String text) {
    return IntStream.range(0, count)
        .mapToObj(i -> text.replace("#", String.valueOf(i)))
        .collect(Collectors.joining());
  }

  static Stream<Arguments> pages() {
    return Stream.of(
        Arguments.of(
            "blanks before what should be px",
            PAGE,
            "application/json",
            "{\"sources\":[{\"file\":\"/v.mp4\",\"width\":\"" + " ".repeat(1 << 20) + "x\"}]}"),
        Arguments.of(
            "blanks between codecs",
            PAGE,
            HTML,
            filled("<video><source src=v.mp4 type='video/mp4; codecs=a", " ", "a'></video>")),
        Arguments.of(
            "names of files one after another",
            PAGE,
            HTML,
            filled("<div data-x=\"", "a.mp4?", " \">")),
        Arguments.of(
            "a class of megabytes around each link",
            PAGE,
            HTML,
            filled("<div class=\"" + "x ".repeat(1 << 18) + " ad\">", "<a href=a.mp4>", "")),
        Arguments.of(
            "adverts' marks around each link, deep",
            PAGE,
            HTML,
            filled(("<div class='" + "x ".repeat(200) + "'>").repeat(400), "<a href=a.mp4>", "")),
        Arguments.of(
            "one value under thousands of names",
            PAGE,
            HTML,
            "<script>var a=["
                + "{},".repeat(49_000)
                + "];"
                + numbered(5000, "x#=a;")
                + "</script>"),
        Arguments.of(
            "one text read thousands of times",
            PAGE,
            HTML,
            "<script>var a='["
                + "{\"b\":1},".repeat(20_000)
                + "]';jwplayer().setup({"
                + numbered(5000, "p#:a,")
                + "})</script>"),
        Arguments.of(
            "a key of a megabyte",
            PAGE,
            HTML,
            "<script>var k='"
                + "x.".repeat(500_000)
                + "';"
                + "y=a[k];".repeat(60_000)
                + "</script>"),
        Arguments.of(
            "regular expressions that never end",
            PAGE,
            HTML,
            ("<script>=" + "[/".repeat(20_000) + "</script>").repeat(20)),
        Arguments.of(
            "a link to itself on a page with a long URL",
            LONG_PAGE,
            HTML,
            filled("", "<a href=x>", "")),
        Arguments.of(
            "sources beside a million elements",
            PAGE,
            HTML,
            filled("<video>" + "<source src=a.mp4>".repeat(99), "<p>", "")),
        Arguments.of(
            "hosts of other letters",
            PAGE,
            HTML,
            ("<a href='https://" + "水".repeat(2500) + ".example/v.mp4'>").repeat(500)),
        Arguments.of(
            "servers of slashes",
            PAGE,
            "application/json",
            "["
                + ("{\"streamer\":\"rtmp://a" + "/".repeat(8000) + "x\",\"file\":\"a\"},")
                    .repeat(500)
                + "{}]"),
        Arguments.of(
            "values of a name that never end",
            URI.create("https://www.youtube.com/watch?v=aaaaaaaaaa1"),
            HTML,
            filled("ytInitialData={\"a\":1,".repeat(60), "\"a\":\"\",", "")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void page_isReadInBoundedTime(String what, URI url, String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    assertThat(bytes).as(what).hasSizeLessThanOrEqualTo(Document.MAX_BYTES);
    Page page =
        assertTimeoutPreemptively(
            LIMIT,
            () ->
                Walk.of(
                    Sites.known().of(url),
                    url,
                    request -> new Document(request.url(), 200, Optional.of(type), bytes, true)));
    assertThat(page.media()).hasSizeLessThanOrEqualTo(Page.MAX_FORMS);
  }

  @Test
  void playlist_ofLongNames_isReadInBoundedTime() {
    String playlist = ("#EXT-X-STREAM-INF:" + "A".repeat(16_000) + "\n").repeat(250);
    assertTimeoutPreemptively(LIMIT, () -> HlsMaster.candidates(playlist));
  }
}

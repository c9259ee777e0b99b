package org.vidtomo.sites;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {
  @ParameterizedTest
  @CsvSource({
    "/b/c.mp4, http://h.example/b/c.mp4",
    "c.mp4, http://h.example/a/c.mp4",
    "../c.mp4, http://h.example/c.mp4",
    "//o.example/c, http://o.example/c",
    "https://o.example:443/c#f, https://o.example/c",
    "?q=2, http://h.example/a/b?q=2",
    "HTTP://O.Example:80, http://o.example/",
    "http://O.Example./a, http://o.example/a",
    "/a|b c%zz, http://h.example/a%7Cb%20c%25zz",
    "http://bücher.example/ü, http://xn--bcher-kva.example/%C3%BC",
  })
  void link_resolvedAsBrowsersDo(String link, String expected) {
    assertThat(Urls.resolve(URI.create("http://h.example/a/b?q=1"), link))
        .map(URI::toString)
        .contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://h/x",
        "javascript:alert(1)",
        "http://[not a url",
        "mailto:a@b",
        "http://",
        "file:///etc/passwd",
        "//h.example:0/a",
        "http://h.example:65536/",
        "http://h.example:99999999999/"
      })
  void link_thatIsNoHttpUrl_isNone(String link) {
    assertThat(Urls.resolve(URI.create("http://h.example/"), link)).isEmpty();
  }

  @Test
  void urlThatGrowsHugeWhenEncoded_isRefused() {
    assertThat(Urls.http("https://h.example/" + "水".repeat(500))).isPresent();
    assertThat(Urls.http("https://h.example/" + "水".repeat(8000))).isEmpty();
  }

  @Test
  void hugeUrl_isRefused() {
    assertThat(Urls.http("http://h.example/" + "a".repeat(Urls.MAX_LENGTH))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP://www.Example.org:80/a/../b?utm_source=x&v=1&fbclid=2#t, "
        + "page:http://www.example.org/b?v=1",
    "https://h.example/clip.MP4?x=%c3%a9, file:https://h.example/clip.MP4?x=%C3%A9",
    "https://h.example/live.m3u8, hls:https://h.example/live.m3u8",
    "https://h.example, page:https://h.example/",
    "https://h.example./%7Euser/%2e./%61?%71=%2f, page:https://h.example/a?q=%2F",
    "https://www.youtube.com./watch?v=dQw4w9WgXcQ, youtube:dQw4w9WgXcQ",
    "https://www.youtube.com/@Some%0AName/live, youtube:@some%0Aname/live",
    "https://me:secret@tube.example/w/d2a5ec78-5f85-4090-8ec5-dc1102e022ea, "
        + "peertube:tube.example/d2a5ec78-5f85-4090-8ec5-dc1102e022ea",
  })
  void videoId_isCanonical(String url, String expected) {
    assertThat(Sites.known().identify(url)).map(VideoId::toString).contains(expected);
  }
}

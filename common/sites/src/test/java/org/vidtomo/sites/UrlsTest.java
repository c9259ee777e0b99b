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
  })
  void videoId_isCanonical(String url, String expected) {
    assertThat(Sites.known().identify(url)).map(VideoId::toString).contains(expected);
  }
}

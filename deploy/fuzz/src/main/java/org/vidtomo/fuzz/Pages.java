package org.vidtomo.fuzz;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.Sites;
import org.vidtomo.sites.Step;
import org.vidtomo.sites.Urls;

/** Pages and what links in them say. */
final class Pages {
  static final List<String> SEEDS =
      List.of(
          "<html><head><title>A</title><base href=\"/b/\"><meta property=\"og:video\""
              + " content=\"v.mp4\"></head><body><video src=a.webm><source src=b.mp4"
              + " type=\"video/mp4\"></video><a href=\"c.html\">c</a><iframe"
              + " src=\"//e.example/embed/1\"></iframe></body></html>",
          "<script type=\"application/ld+json\">{\"@type\":\"VideoObject\",\"name\":\"n\","
              + "\"duration\":\"PT1M2.5S\",\"contentUrl\":\"https://a.example/v.mp4\","
              + "\"@graph\":[{\"embedUrl\":\"e\"}]}</script>",
          "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\na.ts\n",
          "[{\"url\":\"https://a.example/v.mp4\",\"width\":640}]");

  static final List<String> URLS =
      List.of(
          "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=1",
          "http://a.example:8080/x/../y%20z?q=%C3%A9#f",
          "//[2001:db8::1]/v.mp4",
          "../up/./v.mp4?a=b&c",
          "https://éxample.org/ö?ü=ß");

  private static final int MAX_REQUESTS = 8;

  private static final URI PAGE = URI.create("https://www.example.org/videos/page.html");

  private Pages() {}

  static void read(byte[] input) {
    if (input.length > Document.MAX_BYTES) {
      return;
    }
    for (String type : List.of("text/html; charset=utf-8", "application/json", "")) {
      walk(Sites.known().of(PAGE).begin(PAGE), type, input);
    }
  }

  /** The same answer to whatever a site asks for. */
  private static void walk(Step first, String type, byte[] input) {
    Step step = first;
    Optional<String> contentType = Optional.of(type).filter(text -> !text.isEmpty());
    for (int i = 0; i < MAX_REQUESTS && step instanceof Step.Fetch fetch; i++) {
      boolean whole = contentType.isPresent();
      step =
          fetch
              .then()
              .apply(new Document(fetch.request().url(), 200, contentType, input, whole));
    }
  }

  /** A URL that a user, a campaign, a page or a redirect names. */
  static void url(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    Sites.known().identify(text);
    Urls.http(text).ifPresent(Pages::use);
    Urls.resolve(PAGE, text).ifPresent(Pages::use);
  }

  private static void use(URI url) {
    Urls.host(url);
    Urls.port(url);
    Sites.known().of(url);
    Sites.known().identify(url.toString());
  }
}

package org.vidtomo.sites.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Walk;

class PageSiteTest {
  private static final URI URL = URI.create("https://www.example.org/watch/1");

  private final PageSite site = new PageSite();

  private Page read(String html) {
    return read(Optional.of("text/html"), html.getBytes(StandardCharsets.UTF_8));
  }

  private Page read(Optional<String> type, byte[] body) {
    return Walk.of(site, URL, request -> new Document(request.url(), 200, type, body, true));
  }

  @Test
  void videoElement_itsSourcesInOrder() {
    Page page =
        read(
            """
            <title>T</title><video width=640 height=360>
            <source src="/a.webm" type='video/webm; codecs="vp9, opus"'>
            <source src="//cdn.example.org/a.mp4" type="video/mp4"></video>""");
    assertThat(page.media())
        .extracting(link -> link.url().toString())
        .containsExactly("https://www.example.org/a.webm", "https://cdn.example.org/a.mp4");
    assertThat(page.media().get(0).videoCodec()).contains("vp9");
    assertThat(page.media().get(0).audioCodec()).contains("opus");
    assertThat(page.title()).contains("T");
  }

  @Test
  void videoSrc_relativeToBase() {
    Page page = read("<base href='https://m.example.org/x/'><video src='v 1.mp4?a=b c'></video>");
    assertThat(page.media().get(0).url()).hasToString("https://m.example.org/x/v%201.mp4?a=b%20c");
  }

  @Test
  void openGraph_fileWithSizeAndTitle() {
    Page page =
        read(
            """
            <meta property="og:title" content="Name">
            <meta property="og:video" content="http://go.example.org/v/1?sig=x">
            <meta property="og:video:type" content="video/mp4">
            <meta property="og:video:width" content="1280">
            <meta property="og:video:height" content="720">""");
    assertThat(page.title()).contains("Name");
    assertThat(page.media()).hasSize(1);
    assertThat(page.media().get(0).height()).hasValue(720);
    assertThat(page.media().get(0).container()).contains("mp4");
  }

  @Test
  void openGraphPlayer_isNotTakenForMedia() {
    Page page =
        read(
            """
            <meta property="og:video:url" content="https://www.example.org/embed/1">
            <meta property="og:video:type" content="text/html">
            <meta name="twitter:player:stream" content="https://cdn.example.org/t.mp4">""");
    assertThat(page.media())
        .extracting(link -> link.url().toString())
        .containsExactly("https://cdn.example.org/t.mp4");
  }

  @Test
  void jsonLd_nestedInGraphAndArray() {
    Page page =
        read(
            """
            <script type="application/ld+json">[{"@graph":[{"@type":"WebPage","mainEntity":
            {"@type":["VideoObject"],"name":"N","duration":"PT1M30.5S","height":"480px",
             "contentUrl":"/m/480.mp4"}},
            {"@type":"ImageObject","contentUrl":"/i.jpg"}]}]</script>""");
    assertThat(page.media()).hasSize(1);
    assertThat(page.media().get(0).url()).hasToString("https://www.example.org/m/480.mp4");
    assertThat(page.media().get(0).height()).hasValue(480);
    assertThat(page.durationMicros()).hasValue(90_500_000);
    assertThat(page.title()).contains("N");
  }

  @Test
  void brokenOrDeepJsonLd_isPassedOver() {
    Page page =
        read(
            "<script type=application/ld+json>{broken</script><script type=application/ld+json>"
                + "[".repeat(100_000)
                + "</script><video src=a.mp4>");
    assertThat(page.media()).hasSize(1);
  }

  @Test
  void pageWithoutMedia_saysSo() {
    assertThat(read("<p>Nothing").failure().orElseThrow().kind())
        .isEqualTo(FailureKind.MEDIA_NOT_FOUND);
  }

  @Test
  void relatedLinks_markedOnesThenThoseAlike() {
    Page page =
        read(
            """
            <video src=a.mp4></video><a href="/watch/7?utm_source=x#top">seven</a>
            <a href="/about">about</a><a href="https://other.example.org/watch/9">else</a>
            <a href="/watch/1#comments">self</a><a href="/">all</a>
            <ul class="related"><li><a href="/watch/3">three</a></ul>""");
    assertThat(page.related())
        .extracting(URI::toString)
        .containsExactly("https://www.example.org/watch/3", "https://www.example.org/watch/7");
  }

  @Test
  void charset_fromHeader() {
    byte[] latin = "<title>été</title><video src=a.mp4>".getBytes(Charset.forName("ISO-8859-1"));
    Page page = read(Optional.of("text/html; charset=ISO-8859-1"), latin);
    assertThat(page.title()).contains("été");
  }

  @Test
  void deeplyNestedPage_isReadInBoundedTime() {
    String deep = "<div>".repeat(300_000) + "<video src=a.mp4>";
    assertThat(read(deep).title()).isEmpty();
  }

  @Test
  void hostilePages_areReadInBoundedTime() {
    List<String> pages =
        List.of(
            "<div class=related id=recommended>".repeat(30_000)
                + "<a href=/watch/2>".repeat(40_000),
            "<video>" + "<source src=a.mp4 width=1>".repeat(60_000),
            "<a href='" + "/../".repeat(1500) + "'>x</a>",
            "<a href='/" + "%e".repeat(3000) + "?" + "&a=b".repeat(300) + "'>x</a>".repeat(100));
    for (String page : pages) {
      assertTimeoutPreemptively(Duration.ofSeconds(15), () -> read(page));
    }
  }

  @Test
  void randomBytes_neverThrow() {
    java.util.Random random = new java.util.Random(7);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[random.nextInt(4000)];
      random.nextBytes(bytes);
      assertThat(read(Optional.empty(), bytes)).isNotNull();
    }
  }
}

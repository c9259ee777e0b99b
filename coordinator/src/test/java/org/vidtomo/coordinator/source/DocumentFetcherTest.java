package org.vidtomo.coordinator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.ListPage;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.SiteRequest;

final class DocumentFetcherTest {
  private static final String HOST = "www.youtube.com";
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private static Path directory;
  private static Vertx vertx;
  private static ListingServer server;
  private static DocumentFetcher fetcher;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    server = new ListingServer(directory);
    fetcher = new DocumentFetcher(vertx, server.settings());
  }

  @AfterAll
  static void stop() throws Exception {
    fetcher.close();
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void document_comesWithItsStatus_overTlsUnderItsName_compressedOrNot() throws Exception {
    server.at(HOST + "/list", r -> r.response().setStatusCode(403).end("x".repeat(5_000)));

    Document document = fetcher.fetch(get("/list?a=b"), LONG);

    assertThat(document.status()).isEqualTo(403);
    assertThat(document.text()).isEqualTo("x".repeat(5_000));
    assertThat(document.whole()).isTrue();
  }

  @Test
  void post_sendsItsBodyAndHeaders() throws Exception {
    server.at(
        HOST + "/post",
        r -> r.body().onSuccess(b -> r.response().end(r.getHeader("x-own") + b.toString())));

    SiteRequest request =
        SiteRequest.post(URI.create("https://" + HOST + "/post"), Wire.mapper().createObjectNode())
            .with("X-Own", "7");

    assertThat(fetcher.fetch(request, LONG).text()).isEqualTo("7{}");
  }

  @Test
  void redirect_isFollowed_andTellsAnotherHostNothing() throws Exception {
    server.at(
        HOST + "/moved",
        r ->
            r.response()
                .setStatusCode(302)
                .putHeader("location", "https://elsewhere.example.org/here")
                .end());
    server.at(
        "elsewhere.example.org/here",
        r -> r.response().end(r.method() + " " + r.getHeader("x-own")));

    Document document = fetcher.fetch(get("/moved").with("X-Own", "7"), LONG);

    assertThat(document.url()).isEqualTo(URI.create("https://elsewhere.example.org/here"));
    assertThat(document.text()).isEqualTo("GET null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://www.youtube.com/x", "https://www.youtube.com/loop"})
  void redirect_toPlainTextOrWithoutEnd_isRefused(String location) {
    server.at(
        HOST + "/loop", r -> r.response().setStatusCode(302).putHeader("location", location).end());

    assertThatThrownBy(() -> fetcher.fetch(get("/loop"), LONG))
        .isInstanceOf(ListingException.class)
        .hasMessageMatching("(?s).*(https only|more than 5 redirects).*");
  }

  @Test
  void largeDocument_isReadUpToItsBound() throws Exception {
    server.at(HOST + "/large", r -> r.response().end(Buffer.buffer(new byte[9 << 20])));

    Document document = fetcher.fetch(get("/large"), LONG);

    assertThat(document.body()).hasSize(Document.MAX_BYTES);
    assertThat(document.whole()).isFalse();
  }

  @Test
  void silentServer_isLeftAfterTheLimit() {
    server.at(HOST + "/silent", r -> r.response().setChunked(true).write("a"));

    assertThatThrownBy(() -> fetcher.fetch(get("/silent"), Duration.ofMillis(300)))
        .isInstanceOf(ListingException.class)
        .hasMessageContaining("/silent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://127.0.0.1/", "https://localhost/", "https://10.1.2.3/", "https://[::1]/"})
  void privateAddress_isNotConnectedTo(String url) {
    try (DocumentFetcher open = new DocumentFetcher(vertx, SourceSettings.DEFAULTS)) {
      assertThatThrownBy(() -> open.fetch(SiteRequest.get(URI.create(url)), LONG))
          .isInstanceOf(ListingException.class)
          .hasMessageContaining("no public address");
    }
  }

  @Test
  void serverOfAnotherName_isNotTrusted() {
    assertThatThrownBy(
            () -> fetcher.fetch(SiteRequest.get(URI.create("https://other.example.org/")), LONG))
        .isInstanceOf(ListingException.class);
  }

  @Test
  void listing_isReadPageAfterPage_asFarAsIsWanted() throws Exception {
    HttpListings listings = new HttpListings(fetcher, System::nanoTime);
    server.at(HOST + "/page", r -> r.response().end(r.getParam("n")));

    assertThat(listings.read(page(0), 25)).hasSize(25).startsWith(video(0)).endsWith(video(24));
    assertThatThrownBy(() -> listings.read(page(-1), 25))
        .isInstanceOf(ListingException.class)
        .hasMessageContaining("closed; name a list instead");
  }

  @Test
  void listingThatNeverEnds_isLeftAfterTwentyPages() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpListings listings = new HttpListings(fetcher, System::nanoTime);
    server.at(
        HOST + "/circle",
        r -> {
          asked.incrementAndGet();
          r.response().end();
        });
    assertThat(listings.read(circle(), 25)).containsExactly(video(1));
    assertThat(asked).hasValue(20);
  }

  /** Each page names the same video and the same next page. */
  private static Listing circle() {
    return new Listing(
        get("/circle"), document -> ListPage.of(List.of(video(1)), Optional.of(circle())));
  }

  /** Ten videos a page. */
  private static Listing page(int number) {
    return new Listing(
        get("/page?n=" + number),
        document -> {
          int n = Integer.parseInt(new String(document.body(), StandardCharsets.UTF_8));
          return n < 0
              ? ListPage.unreadable("closed; name a list instead")
              : ListPage.of(
                  java.util.stream.IntStream.range(n * 10, n * 10 + 10)
                      .mapToObj(DocumentFetcherTest::video)
                      .toList(),
                  Optional.of(page(n + 1)));
        });
  }

  private static URI video(int number) {
    return URI.create("https://www.youtube.com/watch?v=%011d".formatted(number));
  }

  private static SiteRequest get(String path) {
    return new SiteRequest("GET", URI.create("https://" + HOST + path), Map.of(), Optional.empty());
  }
}

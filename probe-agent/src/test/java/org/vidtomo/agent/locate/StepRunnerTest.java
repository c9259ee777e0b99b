package org.vidtomo.agent.locate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.ByteBudget;
import org.vidtomo.agent.http.ConnectTo;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.HttpEngine;
import org.vidtomo.agent.http.Names;
import org.vidtomo.agent.http.Requester;
import org.vidtomo.agent.http.ThrowawayCertificate;
import org.vidtomo.agent.http.TlsServer;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.task.HttpProtocol;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.SiteRequest;
import org.vidtomo.sites.Step;

class StepRunnerTest {
  private static final String HOST = "a.example.org";

  @TempDir Path directory;

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private TlsServer server;
  private HttpEngine engine;

  @BeforeEach
  void start() throws Exception {
    Instant now = Instant.now();
    ThrowawayCertificate certificate =
        ThrowawayCertificate.of(
            List.of(HOST, "b.example.org"),
            now.minus(1, ChronoUnit.DAYS),
            now.plus(1, ChronoUnit.DAYS));
    Path authority =
        Files.writeString(directory.resolve("authority.pem"), certificate.certificatePem());
    server = TlsServer.start(certificate, this::respond);
    engine =
        new HttpEngine(
            AddressGuard.ALL, Optional.empty(), Optional.of(authority), System::nanoTime);
  }

  @AfterEach
  void stop() throws Exception {
    engine.close();
    server.close();
  }

  /** {@code /307?/to} redirects so, {@code /404} answers so, {@code /cookie} wants one. */
  private void respond(HttpServerRequest request) {
    String cookie = request.getHeader("Cookie");
    request
        .body()
        .onSuccess(
            body -> {
              seen.add(
                  "%s %s%s %s %s"
                      .formatted(
                          request.method(),
                          request.authority().host(),
                          request.path(),
                          cookie,
                          body));
              int status = request.path().matches("/\\d{3}") ? number(request.path()) : 200;
              if (request.path().equals("/cookie") && cookie == null) {
                request.response().headers().add("Set-Cookie", "a=1; Path=/; Secure");
                request.response().headers().add("Set-Cookie", "b=2; Expires=Wed, 01 Jan 2031 GMT");
                status = 302;
              }
              String to = request.query() == null ? request.path() : request.query();
              if (status >= 300 && status < 400) {
                request.response().putHeader("Location", to);
              }
              request.response().setStatusCode(status).end("{\"said\":\"hello\"}");
            });
  }

  private static int number(String path) {
    return Integer.parseInt(path.substring(1));
  }

  private Page run(Step step) {
    Names names =
        (host, deadline) -> new Names.Resolved(List.of(InetAddress.getLoopbackAddress()), 1);
    Requester requester =
        new Requester(
            engine,
            names,
            UrlGuard.ALL,
            ByteBudget.UNLIMITED,
            List.of(ConnectTo.parse("::127.0.0.1:" + server.port())),
            Optional.empty(),
            HttpProtocol.AUTO);
    return new StepRunner(new PageFetcher(requester))
        .run(step, Deadline.after(System::nanoTime, Duration.ofSeconds(20)));
  }

  private static URI url(String path) {
    return URI.create("https://" + HOST + path);
  }

  private static SiteRequest post(String path) {
    return SiteRequest.post(url(path), Wire.mapper().createObjectNode().put("x", 1));
  }

  private static Step.Fetch then(SiteRequest request, Function<Document, Page> read) {
    return new Step.Fetch(request, document -> new Step.Found(read.apply(document)));
  }

  private static Page said(Document document) {
    return Page.failed(
        FailureKind.VIDEO_UNAVAILABLE,
        document.status() + " " + document.json().path("said").asText());
  }

  private static String detail(Page page) {
    return page.failure().orElseThrow().detail();
  }

  @Test
  void bodyOfAnError_reachesTheSite() {
    assertThat(detail(run(then(SiteRequest.get(url("/404")), StepRunnerTest::said))))
        .isEqualTo("404 hello");
  }

  @Test
  void post_staysOneOnlyWhereTheServerSaysSo() {
    run(then(post("/307?/to"), StepRunnerTest::said));
    run(then(post("/303?/to"), StepRunnerTest::said));
    assertThat(seen)
        .containsExactly(
            "POST a.example.org/307 null {\"x\":1}",
            "POST a.example.org/to null {\"x\":1}",
            "POST a.example.org/303 null {\"x\":1}",
            "GET a.example.org/to null ");
  }

  @Test
  void cookies_goBackToTheirHostWithinTheLookup() {
    SiteRequest own = SiteRequest.get(url("/again")).with("Cookie", "own=0");
    SiteRequest elsewhere = SiteRequest.get(URI.create("https://b.example.org/x"));
    run(
        new Step.Fetch(
            SiteRequest.get(url("/cookie")),
            first -> new Step.Fetch(own, second -> then(elsewhere, StepRunnerTest::said))));
    assertThat(seen)
        .containsExactly(
            "GET a.example.org/cookie null ",
            "GET a.example.org/cookie a=1; b=2 ",
            "GET a.example.org/again own=0; a=1; b=2 ",
            "GET b.example.org/x null ");
  }

  @Test
  void redirectToItself_isALoopWithoutANewCookie() {
    Page page = run(then(SiteRequest.get(url("/302")), StepRunnerTest::said));
    assertThat(page.failure().orElseThrow().kind()).isEqualTo(FailureKind.REDIRECT_LOOP);
  }

  @Test
  void requests_areEightAtMost() {
    Page page = run(endless());
    assertThat(seen).hasSize(StepRunner.MAX_REQUESTS);
    assertThat(detail(page)).contains("8 requests");
  }

  private static Step endless() {
    return new Step.Fetch(SiteRequest.get(url("/more")), document -> endless());
  }

  @Test
  void whatIsKnownAlready_isKeptWhenAFurtherRequestFails() {
    Page known = Page.failed(FailureKind.NEEDS_EXTRACTOR, "known");
    SiteRequest broken = SiteRequest.get(URI.create("https://not-in-the-certificate.example/"));
    Page page = run(new Step.Fetch(broken, document -> endless(), Optional.of(known)));
    assertThat(detail(page)).isEqualTo("known");
    assertThat(run(new Step.Fetch(broken, document -> endless())).failure().orElseThrow().kind())
        .isEqualTo(FailureKind.TLS_NAME_MISMATCH);
  }
}

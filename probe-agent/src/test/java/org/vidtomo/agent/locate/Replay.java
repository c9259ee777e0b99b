package org.vidtomo.agent.locate;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.vidtomo.agent.extractor.ExtractorSettings;
import org.vidtomo.agent.http.ConnectTo;
import org.vidtomo.agent.http.ThrowawayCertificate;
import org.vidtomo.agent.http.TlsServer;
import org.vidtomo.agent.run.Agents;
import org.vidtomo.agent.run.LocalSettings;
import org.vidtomo.agent.run.MeasurementRequest;
import org.vidtomo.agent.run.TaskRunner;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.SiteRequest;

/**
 * Recorded answers, given to a site's steps directly or by a TLS server to the code of the field.
 * What was not recorded is not found.
 */
final class Replay {
  private static final List<String> HOSTS =
      List.of(
          "www.youtube.com",
          "youtube.com",
          "charts.youtube.com",
          "youtubei.googleapis.com",
          "*.googlevideo.com",
          "www.dailymotion.com",
          "api.dailymotion.com",
          "replay.gulli.fr",
          "www.jeuxvideo.com",
          "www.france.tv",
          "webservices.francetelevisions.fr",
          "www.canalplus.fr",
          "service.canal-plus.com",
          "api.parleys.com",
          "framatube.org",
          "peertube.cpy.re",
          "api.media.ccc.de",
          "www.example.org",
          "player.example.org",
          "api.example.org");

  private final List<Answer> answers = new ArrayList<>();

  /** A request as far as answers go by it. */
  record Asked(String method, URI url, String body) {
    boolean path(String path) {
      return url.getPath().equals(path);
    }

    /** Somewhere in the query or the body. */
    boolean names(String text) {
      return String.valueOf(url.getRawQuery()).contains(text) || body.contains(text);
    }
  }

  record Given(int status, String contentType, byte[] body) {
    static Given json(int status, String body) {
      return new Given(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    static Given html(String body) {
      return new Given(200, "text/html; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private record Answer(Function<Asked, Boolean> to, Given given) {}

  Replay when(Function<Asked, Boolean> asked, Given given) {
    answers.add(new Answer(asked, given));
    return this;
  }

  /** A recorded exchange of {@code 1-youtube/newpipe}, known by host, path and a word of it. */
  Replay recorded(Path file, String word) throws IOException {
    JsonNode json = Wire.mapper().readTree(Files.readAllBytes(file));
    URI url = URI.create(json.at("/request/url").asText());
    String method = json.at("/request/httpMethod").asText();
    return when(
        asked ->
            asked.method().equals(method)
                && asked.url().getHost().equals(url.getHost())
                && asked.path(url.getPath())
                && asked.names(word),
        Given.json(
            json.at("/response/responseCode").asInt(), json.at("/response/responseBody").asText()));
  }

  private Given answer(Asked asked) {
    return answers.stream()
        .filter(a -> a.to().apply(asked))
        .map(Answer::given)
        .findFirst()
        .orElse(new Given(404, "text/html", "not recorded".getBytes(StandardCharsets.UTF_8)));
  }

  /** For pure steps. */
  Document answer(SiteRequest request) {
    String body = request.body().map(b -> new String(b, StandardCharsets.UTF_8)).orElse("");
    Given given = answer(new Asked(request.method(), request.url(), body));
    return new Document(
        request.url(), given.status(), Optional.of(given.contentType()), given.body(), true);
  }

  /** An agent that takes one server for all hosts, which answers with what is played. */
  static final class Field implements AutoCloseable {
    private final TlsServer server;
    private final TaskRunner agent;
    private volatile Replay played = new Replay();

    Field(Path directory)
        throws IOException, ExecutionException, InterruptedException, TimeoutException {
      this(directory, ExtractorSettings.NONE);
    }

    Field(Path directory, ExtractorSettings extractor)
        throws IOException, ExecutionException, InterruptedException, TimeoutException {
      Instant now = Instant.now();
      ThrowawayCertificate certificate =
          ThrowawayCertificate.of(
              HOSTS, now.minus(1, ChronoUnit.DAYS), now.plus(1, ChronoUnit.DAYS));
      Path authority =
          Files.writeString(directory.resolve("authority.pem"), certificate.certificatePem());
      server = TlsServer.start(certificate, this::respond);
      agent =
          Agents.runner(
              LocalSettings.DEFAULTS
                  .withAllowPrivate()
                  .withExtractor(extractor)
                  .withCaCertificates(authority)
                  .withConnectTo(List.of(ConnectTo.parse("::127.0.0.1:" + server.port()))));
    }

    /** Locates a URL's media while these answers are given. */
    Report locate(String url, Replay replay) {
      return measure(Agents.locateOnly(url), replay);
    }

    /** What was found, with all URLs. */
    Located look(String url, Replay replay) {
      played = replay;
      return agent.locate(url, Agents.parameters());
    }

    Report measure(MeasurementRequest request, Replay replay) {
      played = replay;
      return agent.measure(request);
    }

    private void respond(HttpServerRequest request) {
      request.body().onSuccess(body -> respond(request, body));
    }

    private void respond(HttpServerRequest request, Buffer body) {
      URI url = URI.create("https://" + request.authority().host() + request.uri());
      Asked asked = new Asked(request.method().name(), url, body.toString(StandardCharsets.UTF_8));
      Given given = played.answer(asked);
      request
          .response()
          .setStatusCode(given.status())
          .putHeader("Content-Type", given.contentType())
          .end(Buffer.buffer(given.body()));
    }

    @Override
    public void close() throws ExecutionException, InterruptedException, TimeoutException {
      agent.close();
      server.close();
    }
  }
}

package org.vidtomo.coordinator.source;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Services with lists of videos, over TLS under their own names, on a port of loopback. */
public final class ListingServer implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Consumer<HttpServerRequest>> answers = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final Path certificate;

  /** A server that knows no path yet. */
  public ListingServer(Path directory) throws Exception {
    Path store = directory.resolve("listing.p12");
    certificate = directory.resolve("listing.pem");
    keytool(
        "-genkeypair -alias own -keyalg EC -dname CN=lists -validity 2 -storetype PKCS12"
            + " -ext san=dns:api.dailymotion.com,dns:www.youtube.com,dns:elsewhere.example.org",
        store);
    keytool("-exportcert -rfc -alias own -file " + certificate, store);
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setCompressionSupported(true)
                    .setKeyCertOptions(
                        new PfxOptions().setPath(store.toString()).setPassword(PASSWORD)))
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  private static void keytool(String words, Path store) throws IOException, InterruptedException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(words.split(" ")));
    command.addAll(
        List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-keypass", PASSWORD));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new IOException(output);
    }
  }

  /** How a coordinator finds it. */
  public SourceSettings settings() {
    return new SourceSettings(
        100,
        Optional.of(certificate),
        Optional.of(new InetSocketAddress("127.0.0.1", server.actualPort())));
  }

  /** What it answers at a host's path from now on. */
  public ListingServer at(String hostAndPath, Consumer<HttpServerRequest> answer) {
    answers.put(hostAndPath, answer);
    return this;
  }

  /** A list of Dailymotion's videos, as its interface gives it. */
  public ListingServer dailymotion(String path, int from, int count) {
    String list =
        IntStream.range(from, from + count)
            .mapToObj(i -> "{\"id\": \"x%06d\"}".formatted(i))
            .collect(Collectors.joining(","));
    return at(
        "api.dailymotion.com" + path,
        request -> json(request, "{\"list\": [" + list + "], \"has_more\": false}"));
  }

  public static void json(HttpServerRequest request, String body) {
    request.response().putHeader("content-type", "application/json").end(body);
  }

  private void answer(HttpServerRequest request) {
    answers
        .getOrDefault(
            request.authority().host() + request.path(),
            other -> other.response().setStatusCode(404).end("{}"))
        .accept(request);
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}

package org.vidtomo.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real headless Chromium, driven over the W3C WebDriver protocol: a few calls, for which no
 * library is needed. Where there is none the tests fail and say what to install.
 */
public final class Chromium implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final List<String> DRIVERS =
      List.of("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path profile;
  private final Process driver;
  private final URI session;

  private Chromium(Path profile, Process driver, int port) throws Exception {
    this.profile = profile;
    this.driver = driver;
    JsonNode made = call("POST", URI.create("http://127.0.0.1:" + port + "/session"), wanted());
    session =
        URI.create(
            "http://127.0.0.1:" + port + "/session/" + made.path("sessionId").asText() + "/");
  }

  /** A browser with a profile of its own; ends when it is closed, or with this JVM. */
  public static Chromium start() throws Exception {
    Path profile = Files.createTempDirectory("vidtomo-chromium");
    Process driver =
        new ProcessBuilder(found(DRIVERS, "VIDTOMO_TEST_CHROMEDRIVER"), "--port=0")
            .redirectErrorStream(true)
            .start();
    // The driver goes with this JVM, however the test ends; the browser goes with its driver.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(driver)));
    try {
      return new Chromium(profile, driver, port(driver));
    } catch (Exception e) {
      end(driver);
      throw e;
    }
  }

  private static String found(List<String> places, String setting) {
    return Stream.concat(Optional.ofNullable(System.getenv(setting)).stream(), places.stream())
        .filter(place -> Files.isExecutable(Path.of(place)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the browser tests need Chromium and its driver: apt-get install chromium"
                        + " chromium-driver, or set VIDTOMO_TEST_CHROMIUM and"
                        + " VIDTOMO_TEST_CHROMEDRIVER"));
  }

  private static int port(Process driver) throws Exception {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader out = driver.inputReader(StandardCharsets.UTF_8)) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                  Matcher matcher = PORT.matcher(line);
                  if (matcher.find()) {
                    port.complete(Integer.parseInt(matcher.group(1)));
                  }
                }
              } catch (IOException e) {
                port.completeExceptionally(e);
              }
            },
            "chromedriver-output");
    reader.setDaemon(true);
    reader.start();
    return port.get(20, TimeUnit.SECONDS);
  }

  private Map<String, Object> wanted() {
    List<String> arguments =
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--window-size=1100,900",
            "--user-data-dir=" + profile);
    Map<String, Object> options =
        Map.of("binary", found(BROWSERS, "VIDTOMO_TEST_CHROMIUM"), "args", arguments);
    return Map.of(
        "capabilities",
        Map.of(
            "alwaysMatch",
            Map.of(
                "browserName",
                "chrome",
                "goog:chromeOptions",
                options,
                "goog:loggingPrefs",
                Map.of("browser", "ALL", "performance", "ALL"))));
  }

  /** Loads a page; returns once it and what it names has been read. */
  public void open(URI page) throws Exception {
    post("url", Map.of("url", page.toString()));
  }

  /** What a function's body returns. */
  public JsonNode run(String script) throws Exception {
    return post("execute/sync", Map.of("script", script, "args", List.of()));
  }

  /** Waits until a function's body returns true. */
  public void until(String script) {
    Awaitility.await(script)
        .atMost(Duration.ofSeconds(15))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> run(script).asBoolean());
  }

  /** The text of what a selector finds, or none. */
  public String text(String selector) throws Exception {
    return run("return document.querySelector("
            + JSON.writeValueAsString(selector)
            + ")?.innerText ?? ''")
        .asText();
  }

  /** Clicks on the first element that a selector finds. */
  public void click(String selector) throws Exception {
    JsonNode found = post("element", Map.of("using", "css selector", "value", selector));
    post("element/" + found.elements().next().asText() + "/click", Map.of());
  }

  /** Writes into what a selector finds, after what stands there. */
  public void type(String selector, String text) throws Exception {
    JsonNode found = post("element", Map.of("using", "css selector", "value", selector));
    post("element/" + found.elements().next().asText() + "/value", Map.of("text", text));
  }

  /** Says yes to what the page asks in a dialogue. */
  public void accept() throws Exception {
    post("alert/accept", Map.of());
  }

  /** Presses keys in whatever has the focus. */
  public void press(String... keys) throws Exception {
    ArrayNode actions = JSON.createArrayNode();
    for (String key : keys) {
      actions.addObject().put("type", "keyDown").put("value", key);
      actions.addObject().put("type", "keyUp").put("value", key);
    }
    post(
        "actions",
        Map.of("actions", List.of(Map.of("type", "key", "id", "keys", "actions", actions))));
  }

  /** The size of the window, as a phone would have it. */
  public void size(int width, int height) throws Exception {
    devtools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
  }

  /** Whether the page is told that its reader wants a dark one. */
  public void dark(boolean dark) throws Exception {
    devtools(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** A command of the DevTools protocol. */
  public void devtools(String command, Map<String, Object> parameters) throws Exception {
    post("goog/cdp/execute", Map.of("cmd", command, "params", parameters));
  }

  /** Errors and warnings of the page since the last call: a broken policy shows here. */
  public List<String> complaints() throws Exception {
    return stream(post("se/log", Map.of("type", "browser")))
        .map(entry -> entry.path("level").asText() + " " + entry.path("message").asText())
        .filter(line -> line.startsWith("SEVERE") || line.startsWith("WARNING"))
        .toList();
  }

  /** The addresses that the pages asked for since the last call. */
  public List<String> requests() throws Exception {
    return stream(post("se/log", Map.of("type", "performance")))
        .map(Chromium::event)
        .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
        .map(event -> event.path("params").path("request").path("url").asText())
        .toList();
  }

  /** Since the last look the page had nothing to complain of, and asked no other host. */
  public void assertQuiet(URI host) throws Exception {
    assertThat(complaints()).isEmpty();
    assertThat(requests())
        .filteredOn(url -> url.startsWith("http"))
        .allMatch(url -> url.startsWith(host.toString()));
  }

  private static JsonNode event(JsonNode entry) {
    try {
      return JSON.readTree(entry.path("message").asText()).path("message");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A picture of the whole page. */
  public void screenshot(Path file) throws Exception {
    JsonNode shot =
        post(
            "goog/cdp/execute",
            Map.of(
                "cmd",
                "Page.captureScreenshot",
                "params",
                Map.of("format", "png", "captureBeyondViewport", true)));
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(shot.path("data").asText()));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return java.util.stream.StreamSupport.stream(array.spliterator(), false);
  }

  private JsonNode post(String command, Object body) throws Exception {
    return call("POST", session.resolve(command), body);
  }

  private JsonNode call(String method, URI uri, Object body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(30))
            .header("content-type", "application/json")
            .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    JsonNode value = JSON.readTree(response.body()).path("value");
    if (response.statusCode() != 200) {
      throw new AssertionError(uri.getPath() + ": " + value.path("message").asText());
    }
    return value;
  }

  @Override
  public void close() throws Exception {
    try {
      client.send(
          HttpRequest.newBuilder(session.resolve("."))
              .DELETE()
              .timeout(Duration.ofSeconds(10))
              .build(),
          HttpResponse.BodyHandlers.discarding());
    } finally {
      end(driver);
      try (Stream<Path> files = Files.walk(profile)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private static void end(Process driver) {
    driver.descendants().forEach(ProcessHandle::destroyForcibly);
    driver.destroyForcibly();
  }
}

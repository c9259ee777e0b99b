package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.vidtomo.runtime.files.Tokens;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.http.JsonHttpException;
import org.vidtomo.runtime.http.Whoami;

/** The coordinator and the dashboard, over HTTP. */
final class ServerChecks {
  private static final int HEALTH_BYTES = 8 << 10;

  private final Machine machine;
  private final Duration limit;

  ServerChecks(Machine machine, Duration limit) {
    this.machine = requireNonNull(machine, "machine");
    this.limit = requireNonNull(limit, "limit");
  }

  Finding coordinator() throws Exception {
    return machine.coordinator().isPresent()
        ? health(machine.coordinator().get(), "--coordinator")
        : Finding.notChecked("no coordinator is named (--coordinator URL)");
  }

  Finding dashboard() throws Exception {
    return machine.dashboard().isPresent()
        ? health(machine.dashboard().get(), "--dashboard")
        : Finding.notChecked("no dashboard is named (--dashboard URL)");
  }

  private Finding health(URI server, String option) throws IOException, InterruptedException {
    try (InputStream answer = http(server, Optional.empty()).stream("/health")) {
      String lines = new String(answer.readNBytes(HEALTH_BYTES), StandardCharsets.UTF_8).strip();
      String saw = server + " answers";
      String degraded =
          String.join("; ", lines.lines().filter(line -> line.contains(": degraded")).toList());
      return degraded.isEmpty()
          ? Finding.ok(saw)
          : Finding.warning(saw + "; " + degraded, "see " + server + "/health and its log");
    } catch (JsonHttpException e) {
      return Finding.failed(
          e.getMessage(),
          e.problem().isPresent()
              ? "see its log for what is down"
              : "start it, or say with " + option + " where it runs");
    }
  }

  Finding token() throws Exception {
    if (machine.coordinator().isEmpty()) {
      return Finding.notChecked("no coordinator is named");
    }
    if (machine.tokenFile().isEmpty()) {
      return Finding.notChecked("no token is named (--token-file FILE)");
    }
    Path file = machine.tokenFile().get();
    String token;
    try {
      token = Tokens.load(file);
    } catch (IOException e) {
      return Finding.failed(
          "reading the token in %s: %s".formatted(file, e.getMessage()),
          "name a file with --token-file that only you may read");
    }
    return accepted(file, http(machine.coordinator().get(), Optional.of(token)));
  }

  private Finding accepted(Path file, JsonHttp http) throws InterruptedException {
    try {
      Whoami seen = Whoami.ask(http, 1, machine.clock(), System::nanoTime);
      http.get("/api/v1/agents", JsonNode.class);
      return Finding.ok("%s allows to %s".formatted(file, seen.scope().orElse("read at least")));
    } catch (JsonHttpException e) {
      return e.problem().filter(problem -> problem.status() == 401).isPresent()
          ? Finding.failed(
              "%s is not known at %s".formatted(file, http.base()),
              "copy read.token, submit.token or admin.token from that coordinator's data directory")
          : Finding.notChecked(e.getMessage());
    }
  }

  private JsonHttp http(URI server, Optional<String> token) throws IOException {
    return JsonHttp.to(server, token, limit, machine.certificates());
  }
}

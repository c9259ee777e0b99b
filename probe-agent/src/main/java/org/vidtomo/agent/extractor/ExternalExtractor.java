package org.vidtomo.agent.extractor;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.ByteBudget;
import org.vidtomo.agent.http.ConnectTo;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Names;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.agent.locate.Extractor;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Urls;

/**
 * Asks yt-dlp, or a program that takes its options and prints what it prints. It has no settings of
 * its own, and what it fetches goes through a proxy of the agent's that guards and counts it like
 * the agent's own requests.
 */
public final class ExternalExtractor implements Extractor {
  private static final Duration VERSION_LIMIT = Duration.ofSeconds(10);

  private final ExtractorSettings settings;
  private final Surroundings local;
  private final GuardedWay.Rules rules;
  private final ChildProgram child =
      new ChildProgram(Path.of(System.getProperty("java.io.tmpdir")));

  /**
   * How the agent's own requests go, and the extractor's as well.
   *
   * @param authorities PEM file of those to trust, in place of the system's
   * @param connectTo hosts that the owner leads elsewhere, which the extractor does not know of
   */
  public record Surroundings(
      Optional<InetAddress> bindAddress,
      Optional<URI> httpProxy,
      Optional<Path> authorities,
      List<ConnectTo> connectTo) {
    public Surroundings {
      requireNonNull(bindAddress, "bindAddress");
      requireNonNull(httpProxy, "httpProxy");
      requireNonNull(authorities, "authorities");
      connectTo = List.copyOf(connectTo);
    }
  }

  private ExternalExtractor(
      ExtractorSettings settings, Surroundings local, GuardedWay.Rules rules) {
    this.settings = requireNonNull(settings, "settings");
    this.local = requireNonNull(local, "local");
    this.rules = requireNonNull(rules, "rules");
  }

  /** With what is installed; empty when nothing is. */
  public static Optional<Extractor> installed(
      ExtractorSettings settings,
      Surroundings local,
      AddressGuard addresses,
      UrlGuard urls,
      ByteBudget budget,
      Names names) {
    GuardedWay.Rules rules = new GuardedWay.Rules(addresses, urls, budget, names);
    return settings.program().map(program -> new ExternalExtractor(settings, local, rules));
  }

  @Override
  public Extraction extract(URI url, Deadline deadline) {
    String name = settings.program().map(p -> p.getFileName().toString()).orElse("extractor");
    try {
      return asked(url, name, deadline);
    } catch (RefusedException e) {
      return new Extraction(Page.failed(e.failure("locate")), name);
    } catch (Names.NameException e) {
      return new Extraction(Page.failed(e.failure()), name);
    } catch (IOException e) {
      return failed(FailureKind.TOOL_MISSING, name + " does not start: " + e.getMessage(), name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(FailureKind.INTERRUPTED, "the agent was told to stop", name);
    }
  }

  private Extraction asked(URI url, String name, Deadline deadline)
      throws RefusedException, Names.NameException, IOException, InterruptedException {
    // What the owner leads elsewhere may have no address of its own.
    if (local.connectTo().stream().noneMatch(to -> to.matches(url))) {
      for (InetAddress address : rules.names().resolve(Urls.host(url), deadline).addresses()) {
        rules.addresses().check(address);
      }
    }
    Path program = settings.program().orElseThrow(() -> new IOException("it is not there"));
    Deadline limit = deadline.within(settings.limit());
    try (GuardingProxy proxy = GuardingProxy.start(new GuardedWay(local, rules, limit))) {
      ChildProgram.Result result =
          child.run(command(program, url), environment(proxy), limit.remaining());
      Extraction extraction = ended(result, program, name, limit, proxy);
      boolean inVain = extraction.page().media().isEmpty();
      return proxy
          .refusal()
          .filter(refusal -> inVain)
          .map(r -> new Extraction(Page.failed(r.failure("locate")), extraction.name()))
          .orElse(extraction);
    }
  }

  private Extraction ended(
      ChildProgram.Result result, Path program, String name, Deadline limit, GuardingProxy proxy) {
    return switch (result.end()) {
      case TIME_LIMIT ->
          failed(
              FailureKind.EXTRACTOR_FAILED,
              name + " did not end within " + settings.limit().toSeconds() + " s",
              name);
      case OUTPUT_LIMIT ->
          failed(
              FailureKind.EXTRACTOR_FAILED,
              name + " printed more than " + (ChildProgram.MAX_OUTPUT_BYTES >> 20) + " MiB",
              name);
      case EXIT -> answer(result, program, name, limit, proxy);
    };
  }

  private Extraction answer(
      ChildProgram.Result result, Path program, String name, Deadline limit, GuardingProxy proxy) {
    Optional<ExtractorAnswer> answer = ExtractorAnswer.read(result.output());
    if (answer.isPresent()) {
      String version =
          answer.get().version().or(() -> Optional.of(version(program, limit, proxy))).get();
      return new Extraction(answer.get().page(), (name + " " + version).strip());
    }
    String named = (name + " " + version(program, limit, proxy)).strip();
    return new Extraction(ExtractorErrors.page(result.errors(), result.status(), name), named);
  }

  /** Empty when it does not tell. */
  private String version(Path program, Deadline limit, GuardingProxy proxy) {
    try {
      List<String> command = new ArrayList<>(List.of(program.toString()));
      command.addAll(settings.arguments());
      command.add("--version");
      Duration left = limit.within(VERSION_LIMIT).remaining();
      ChildProgram.Result told = child.run(command, environment(proxy), left);
      return new String(told.output(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .map(String::strip)
          .filter(line -> told.status() == 0 && line.matches("[\\w.+-]{1,40}"))
          .orElse("");
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static Extraction failed(FailureKind kind, String detail, String name) {
    return new Extraction(Page.failed(kind, detail), name);
  }

  private List<String> command(Path program, URI url) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(settings.arguments());
    command.addAll(
        List.of(
            "--dump-single-json",
            "--ignore-config",
            "--no-playlist",
            "--playlist-items",
            "1",
            "--no-warnings",
            "--no-cache-dir",
            "--socket-timeout",
            "15",
            "--retries",
            "1"));
    local.authorities().ifPresent(ca -> command.addAll(List.of("--compat-options", "no-certifi")));
    // After this nothing is an option, however the URL begins.
    command.add("--");
    command.add(url.toString());
    return command;
  }

  /** The proxy is told here, since everyone on the machine reads a command's arguments. */
  private Map<String, String> environment(GuardingProxy proxy) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PYTHONIOENCODING", "utf-8");
    environment.put("LC_ALL", "C.UTF-8");
    for (String scheme : List.of("http", "https", "all")) {
      environment.put(scheme + "_proxy", proxy.uri().toString());
    }
    // OpenSSL's variable: its file stands in for the system's authorities.
    local
        .authorities()
        .ifPresent(file -> environment.put("SSL_CERT_FILE", file.toAbsolutePath().toString()));
    return environment;
  }
}

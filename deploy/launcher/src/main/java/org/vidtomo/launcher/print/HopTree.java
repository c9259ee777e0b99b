package org.vidtomo.launcher.print;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.vidtomo.core.report.Hop;
import org.vidtomo.core.report.Phases;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.youtube.CacheName;

/** A redirect chain, each hop below the one that led to it. */
final class HopTree {
  private static final int INDENT = 3;
  private static final List<String> SHOWN_HEADERS = List.of("server", "via", "x-cache", "age");

  /** Deeper hops stay where these are, so that long chains keep their room. */
  private static final int DEEPEST = 5;

  private final Terminal terminal;

  HopTree(Terminal terminal) {
    this.terminal = terminal;
  }

  List<String> lines(List<Hop> hops) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < hops.size(); i++) {
      Hop hop = hops.get(i);
      int depth = Math.min(i, DEEPEST);
      String branch = "  " + " ".repeat(INDENT * Math.max(0, depth - 1));
      String twig = i == 0 ? "" : terminal.pick("└─ ", "`- ");
      String status = hop.status().isPresent() ? hop.status().getAsInt() + " " : "";
      int taken = branch.length() + twig.length() + status.length();
      out.add(branch + twig + terminal.heading(status) + terminal.fit(hop.url(), taken));
      String below = " ".repeat(branch.length() + twig.length()) + below(i, hops.size());
      for (List<String> facts : facts(hop)) {
        terminal
            .wrapped(facts, below.length())
            .forEach(line -> out.add(below + terminal.faint(line)));
      }
      hop.failure()
          .map(f -> f.kind().wireName() + ": " + f.detail())
          .ifPresent(f -> out.add(below + terminal.bad(terminal.fit(f, below.length()))));
    }
    return out;
  }

  private String below(int hop, int hops) {
    return hop + 1 < Math.min(hops, DEEPEST + 1) ? terminal.pick("│  ", "|  ") : "   ";
  }

  private static List<List<String>> facts(Hop hop) {
    List<String> server = new ArrayList<>();
    server.add(hop.address().orElse("no address"));
    hop.protocol().ifPresent(server::add);
    hop.tls().ifPresent(server::add);
    if (hop.proxied().orElse(false)) {
      server.add("through a proxy");
    }
    List<String> cache =
        SHOWN_HEADERS.stream()
            .filter(hop.headers()::containsKey)
            .map(name -> name + ": " + Units.safe(hop.headers().get(name), 40))
            .toList();
    return Stream.of(server, place(hop.url()), phases(hop.phases()), cache)
        .filter(f -> !f.isEmpty())
        .toList();
  }

  /** What a cache's name gives away. */
  private static List<String> place(String url) {
    return Urls.http(url)
        .map(Urls::host)
        .flatMap(CacheName::of)
        .map(
            cache ->
                Stream.of(
                        Optional.of("cache site " + cache.site()),
                        Optional.of("node " + cache.node()),
                        cache.airport().map(code -> "near " + code.toUpperCase(Locale.ROOT)))
                    .flatMap(Optional::stream)
                    .toList())
        .orElse(List.of());
  }

  private static List<String> phases(Phases phases) {
    Map<String, OptionalLong> named = new LinkedHashMap<>();
    named.put("resolve", phases.resolveMicros());
    named.put("connect", phases.connectMicros());
    named.put("tls", phases.tlsMicros());
    named.put("processing", phases.processingMicros());
    named.put("transfer", phases.transferMicros());
    return named.entrySet().stream()
        .filter(e -> e.getValue().isPresent())
        .map(e -> e.getKey() + " " + Units.millis(e.getValue().getAsLong()))
        .toList();
  }
}

package org.vidtomo.launcher.print;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.vidtomo.core.report.DnsLookup;

/** Which resolver gave which address of a host, and how long it took. */
final class DnsTable {
  private static final int GAP = 2;
  private static final int NARROWEST = 9;

  /** The longest address, IPv6 with a port, with room. */
  private static final int ADDRESS = 56;

  private final Terminal terminal;

  DnsTable(Terminal terminal) {
    this.terminal = terminal;
  }

  List<String> lines(List<DnsLookup> lookups) {
    Map<String, List<DnsLookup>> hosts = new LinkedHashMap<>();
    for (DnsLookup lookup : lookups) {
      hosts.computeIfAbsent(lookup.host(), host -> new ArrayList<>()).add(lookup);
    }
    List<String> out = new ArrayList<>();
    hosts.forEach((host, of) -> host(host, of, out));
    return out;
  }

  private void host(String host, List<DnsLookup> lookups, List<String> out) {
    out.add("  " + terminal.fit(host, 2));
    Set<String> addresses = new LinkedHashSet<>();
    lookups.forEach(l -> addresses.addAll(addresses(l)));
    int label = Math.max(7, addresses.stream().mapToInt(String::length).max().orElse(0)) + 4;
    for (List<DnsLookup> part : parts(lookups, label)) {
      part(part, addresses, label, out);
    }
    cnames(lookups, out);
  }

  /** As many resolvers side by side as fit. */
  private List<List<DnsLookup>> parts(List<DnsLookup> lookups, int label) {
    List<List<DnsLookup>> parts = new ArrayList<>();
    int left = 0;
    for (DnsLookup lookup : lookups) {
      if (parts.isEmpty() || left < width(lookup)) {
        parts.add(new ArrayList<>());
        left = terminal.columns() - label;
      }
      parts.get(parts.size() - 1).add(lookup);
      left -= width(lookup);
    }
    return parts;
  }

  private static int width(DnsLookup lookup) {
    return GAP + Math.max(NARROWEST, Math.max(resolver(lookup).length(), time(lookup).length()));
  }

  private static String resolver(DnsLookup lookup) {
    return Units.safe(lookup.resolver(), ADDRESS);
  }

  private static List<String> addresses(DnsLookup lookup) {
    return lookup.addresses().stream().map(a -> Units.safe(a.address(), ADDRESS)).toList();
  }

  private static String time(DnsLookup lookup) {
    return lookup
        .failure()
        .map(f -> f.kind().wireName().replaceFirst("^dns_", "").replace('_', ' '))
        .orElseGet(() -> Units.millis(lookup.elapsedMicros()));
  }

  private void part(List<DnsLookup> part, Set<String> addresses, int label, List<String> out) {
    out.add(terminal.faint(row("", label, part, DnsTable::resolver)));
    out.add(row("time", label, part, DnsTable::time));
    for (String address : addresses) {
      out.add(row(address, label, part, lookup -> mark(lookup, address)));
    }
  }

  private String mark(DnsLookup lookup, String address) {
    if (lookup.failure().isPresent()) {
      return "";
    }
    return addresses(lookup).contains(address) ? terminal.pick("●", "x") : terminal.pick("·", ".");
  }

  private static String row(
      String name,
      int label,
      List<DnsLookup> part,
      java.util.function.Function<DnsLookup, String> cell) {
    return ("    "
            + name
            + " ".repeat(label - 4 - name.length())
            + part.stream().map(l -> padded(cell.apply(l), width(l))).collect(Collectors.joining()))
        .stripTrailing();
  }

  private static String padded(String text, int width) {
    return " ".repeat(width - text.length()) + text;
  }

  private void cnames(List<DnsLookup> lookups, List<String> out) {
    Set<List<String>> chains = new LinkedHashSet<>();
    lookups.stream().map(DnsLookup::cnames).filter(c -> !c.isEmpty()).forEach(chains::add);
    for (List<String> chain : chains) {
      String text = String.join(terminal.pick(" → ", " -> "), chain);
      out.add("    alias of " + terminal.fit(text, 13));
    }
  }
}

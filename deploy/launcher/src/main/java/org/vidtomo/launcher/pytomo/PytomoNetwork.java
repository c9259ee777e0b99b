package org.vidtomo.launcher.pytomo;

import static org.vidtomo.launcher.pytomo.PytomoColumn.*;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.core.report.Cache;
import org.vidtomo.core.report.DnsAddress;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.Hop;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Phases;
import org.vidtomo.core.report.Ping;

/** What a row of Pytomo says of servers, names and delays. */
final class PytomoNetwork {
  /** A resolver as Pytomo writes it: {@code provider_name_address}, the last two parted by a _. */
  static final Pattern ONE_RESOLVER =
      Pattern.compile(
          "([A-Za-z0-9.-]*)_(default|google_public_dns|open_dns|dns)(?:_([0-9a-fA-F.:]+))?");

  private PytomoNetwork() {}

  /** One hop a cache, by the row that tells most. */
  static List<Hop> hops(List<PytomoRow> rows, PytomoRow main, Optional<Failure> failure) {
    Map<String, PytomoRow> byCache = new LinkedHashMap<>();
    for (PytomoRow row : rows) {
      byCache.merge(
          PytomoReport.required(row, CACHE_URL),
          row,
          (before, next) ->
              next == main || before.value(STATUS_CODE).isEmpty() && before != main
                  ? next
                  : before);
    }
    List<Hop> hops = new ArrayList<>();
    byCache.forEach(
        (cache, row) -> hops.add(hop(hops.size(), row, row == main ? failure : Optional.empty())));
    return hops;
  }

  private static Hop hop(int index, PytomoRow row, Optional<Failure> failure) {
    OptionalLong status = row.scaled(STATUS_CODE, 1);
    return new Hop(
        index,
        PytomoReport.required(row, CACHE_URL),
        "GET",
        status.isPresent() ? OptionalInt.of((int) status.getAsLong()) : OptionalInt.empty(),
        row.text(REDIRECT_URL),
        Optional.of(PytomoReport.required(row, IP)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Phases.NONE,
        Map.of(),
        failure);
  }

  /** All resolvers that gave the address; their times are one in Pytomo. */
  static List<DnsLookup> dns(PytomoRow row) {
    OptionalLong micros = row.scaled(RESOLVE_TIME, 1e6);
    List<DnsLookup> lookups = new ArrayList<>();
    if (micros.isPresent()) {
      Matcher each = ONE_RESOLVER.matcher(row.text(PytomoColumn.RESOLVER).orElse(""));
      while (each.find()) {
        boolean system = each.group(2).equals("default") || each.group(3) == null;
        lookups.add(
            new DnsLookup(
                host(PytomoReport.required(row, CACHE_URL)),
                system ? "system" : each.group(3),
                List.of(new DnsAddress(PytomoReport.required(row, IP), 0)),
                List.of(),
                micros.getAsLong(),
                Optional.empty()));
      }
    }
    return lookups;
  }

  /** Pytomo notes least, mean and most, but not how many packets it sent. */
  static Optional<Ping> ping(PytomoRow row) {
    OptionalLong least = row.scaled(PING_MIN, 1e3);
    return least.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Ping(
                PytomoReport.required(row, IP),
                host(PytomoReport.required(row, CACHE_URL)),
                PacketType.ICMP_ECHO,
                0,
                0,
                List.of(),
                least,
                row.scaled(PING_AVG, 1e3),
                row.scaled(PING_MAX, 1e3),
                0,
                Optional.empty()));
  }

  static List<Cache> caches(List<PytomoRow> rows, PytomoRow main) {
    Map<String, List<PytomoRow>> byHost = new LinkedHashMap<>();
    for (PytomoRow row : rows) {
      byHost
          .computeIfAbsent(host(PytomoReport.required(row, CACHE_URL)), h -> new ArrayList<>())
          .add(row);
    }
    List<Cache> caches = new ArrayList<>();
    byHost.forEach(
        (host, of) ->
            caches.add(
                new Cache(
                    host,
                    of.stream().map(row -> PytomoReport.required(row, IP)).toList(),
                    as(of),
                    Optional.empty(),
                    host.equals(host(PytomoReport.required(main, CACHE_URL))))));
    return caches;
  }

  /** Pytomo writes 0 where it found none. */
  private static OptionalLong as(List<PytomoRow> rows) {
    return rows.stream()
        .map(row -> row.scaled(AS_NUMBER, 1))
        .filter(as -> as.orElse(0) > 0)
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  static String host(String url) {
    try {
      String host = URI.create(url).getHost();
      return host == null ? url : host;
    } catch (IllegalArgumentException e) {
      return url;
    }
  }
}

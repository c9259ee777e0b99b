package org.vidtomo.launcher.options;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/**
 * What a view of the dashboard is asked: each option is the parameter of its name, and the
 * dashboard says what a view does not take.
 */
public final class ViewOptions {
  @Option(names = "--campaign", paramLabel = "ID", description = "only this campaign")
  private String campaign;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description =
          "startup_delay, stall_ratio, stall_count, stalling_mos, goodput, time_to_first_byte,"
              + " rtt, resolve_time or failure_ratio (default: startup_delay; by resolver"
              + " resolve_time)")
  private String metric;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description = "provider, asn, cache, resolver or hour (default: provider)")
  private String by;

  @Option(names = "--service", paramLabel = "NAME", description = "only videos of this service")
  private String service;

  @Option(names = "--country", paramLabel = "CODE", description = "only agents in this country")
  private String country;

  @Option(names = "--asn", paramLabel = "NUMBER", description = "only agents in this network")
  private String asn;

  @Option(names = "--family", paramLabel = "F", description = "only ipv4 or ipv6")
  private String family;

  @Option(
      names = "--technology",
      paramLabel = "NAME",
      description = "only this kind of access: fibre, cable, dsl, mobile …")
  private String technology;

  @Option(names = "--provider", paramLabel = "NAME", description = "only this ISP")
  private String provider;

  @Option(names = "--agent", paramLabel = "ID", description = "only this agent")
  private String agent;

  @Option(
      names = "--video",
      paramLabel = "SERVICE:ID",
      description = "only this video; --view videos lists them")
  private String video;

  @Option(names = "--cache", paramLabel = "HOST", description = "only what this host served")
  private String cache;

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "from here on, such as 2026-11-21T10:00:00Z (default: 30 days back)")
  private String from;

  @Option(names = "--to", paramLabel = "T", description = "before this")
  private String to;

  @Option(names = "--a", paramLabel = "NAME", description = "pair: one of the two")
  private String a;

  @Option(names = "--b", paramLabel = "NAME", description = "pair: the other one")
  private String b;

  @Option(
      names = "--step",
      paramLabel = "S",
      description = "series: hour or day (default: hour up to 8 days)")
  private String step;

  @Option(
      names = "--clock",
      paramLabel = "C",
      description = "heatmap: local or utc (default: local)")
  private String clock;

  @Option(
      names = "--day",
      paramLabel = "D",
      description = "heatmap: date or weekday (default: date)")
  private String day;

  @Option(
      names = "--of",
      paramLabel = "WHAT",
      description = "serving: servers by asn, site or host (default: asn)")
  private String of;

  @Option(
      names = "--table",
      paramLabel = "T",
      description = "ranking: with --csv, rows are groups or pairs (default: groups)")
  private String table;

  @Option(names = "--limit", paramLabel = "N", description = "of a view that has pages: how many")
  private String limit;

  @Option(
      names = "--cursor",
      paramLabel = "C",
      description = "of a view that has pages: \"next\" of the page before")
  private String cursor;

  /** The parameters that were given. */
  public Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    addFilter(query);
    add(query, "a", a);
    add(query, "b", b);
    add(query, "step", step);
    add(query, "clock", clock);
    add(query, "day", day);
    add(query, "of", of);
    add(query, "table", table);
    add(query, "limit", limit);
    add(query, "cursor", cursor);
    return query;
  }

  private void addFilter(Map<String, String> query) {
    add(query, "campaign", campaign);
    add(query, "metric", metric);
    add(query, "by", by);
    add(query, "service", service);
    add(query, "country", country);
    add(query, "asn", asn);
    add(query, "family", family);
    add(query, "technology", technology);
    add(query, "provider", provider);
    add(query, "agent", agent);
    add(query, "video", video);
    add(query, "cache", cache);
    add(query, "from", from);
    add(query, "to", to);
  }

  private static void add(Map<String, String> query, String name, String value) {
    if (value != null) {
      query.put(name, value);
    }
  }

  /** A path with parameters. */
  public static String path(String path, Map<String, String> query) {
    return path
        + query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
  }
}

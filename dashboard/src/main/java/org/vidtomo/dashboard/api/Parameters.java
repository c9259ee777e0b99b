package org.vidtomo.dashboard.api;

import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.vidtomo.core.wire.WireName;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.dashboard.compare.View;

/**
 * The parameters of a request's query. An unknown one is an error: a filter that is misspelt would
 * otherwise silently take in everything.
 */
record Parameters(MultiMap query) {
  static final Set<String> FILTER =
      Set.of(
          "campaign",
          "service",
          "country",
          "asn",
          "family",
          "technology",
          "provider",
          "agent",
          "video",
          "cache",
          "from",
          "to");

  /** The URL of a page, which is its video's id, and a cursor with one. */
  private static final int MAX_LENGTH = 3_000;

  /** Checks that only these are given, each once. */
  Parameters allowing(Set<String> names, String... more) {
    for (String name : query.names()) {
      if (!names.contains(name) && !Arrays.asList(more).contains(name)) {
        throw new ProblemException(
            400,
            "there is no parameter %s here; there are: %s"
                .formatted(shown(name), String.join(", ", sorted(names, more))));
      }
      if (query.getAll(name).size() > 1) {
        throw new ProblemException(400, shown(name) + " can be given once only");
      }
    }
    return this;
  }

  View view() {
    Dimension by =
        text("by")
            .map(
                name ->
                    Dimension.of(name).orElseThrow(() -> unknown("by", name, Dimension.names())))
            .orElse(Dimension.PROVIDER);
    Metric usual = by == Dimension.RESOLVER ? Metric.RESOLVE_TIME : Metric.STARTUP_DELAY;
    return new View(metric(usual), by, filter());
  }

  /** Provider or AS. */
  Optional<Dimension> byLine() {
    return text("by")
        .map(
            name ->
                Dimension.of(name)
                    .filter(by -> by == Dimension.PROVIDER || by == Dimension.ASN)
                    .orElseThrow(() -> unknown("by", name, "provider, asn")));
  }

  Metric metric(Metric otherwise) {
    return text("metric")
        .map(name -> Metric.of(name).orElseThrow(() -> unknown("metric", name, Metric.names())))
        .orElse(otherwise);
  }

  /** A parameter that must be there. */
  String required(String name) {
    return text(name).orElseThrow(() -> new ProblemException(400, name + " must be given"));
  }

  Filter filter() {
    Optional<Long> asn = parsed("asn", Long::parseLong, "an AS number such as 3215");
    try {
      return new Filter(
          parsed("campaign", UUID::fromString, "a campaign's id"),
          text("service"),
          text("country"),
          asn.isPresent() ? OptionalLong.of(asn.get()) : OptionalLong.empty(),
          text("family"),
          text("technology"),
          text("provider"),
          text("agent"),
          text("video"),
          text("cache"),
          parsed("from", Instant::parse, "a time such as 2026-11-21T10:00:00Z"),
          parsed("to", Instant::parse, "a time such as 2026-11-21T10:00:00Z"));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, e.getMessage());
    }
  }

  int limit(int fallback, int most) {
    int limit = parsed("limit", Integer::parseInt, "a number from 1 to " + most).orElse(fallback);
    if (limit < 1 || limit > most) {
      throw new ProblemException(400, "limit must be 1 to " + most + ", is " + limit);
    }
    return limit;
  }

  <E extends Enum<E> & WireName> E oneOf(String name, Class<E> type, E fallback) {
    return oneOf(name, type).orElse(fallback);
  }

  /** The same without one. */
  <E extends Enum<E> & WireName> Optional<E> oneOf(String name, Class<E> type) {
    return parsed(
        name,
        text ->
            Stream.of(type.getEnumConstants())
                .filter(constant -> constant.wireName().equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new),
        "one of "
            + String.join(
                ", ", Stream.of(type.getEnumConstants()).map(WireName::wireName).toList()));
  }

  /** Whether a parameter is {@code true}; without it: no. */
  boolean flag(String name) {
    return parsed(
            name,
            text -> {
              if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException(text);
              }
              return text.equals("true");
            },
            "true or false")
        .orElse(false);
  }

  Optional<String> text(String name) {
    Optional<String> value =
        Optional.ofNullable(query.get(name)).map(String::strip).filter(v -> !v.isEmpty());
    if (value.isPresent() && value.get().length() > MAX_LENGTH) {
      throw new ProblemException(400, name + " is longer than " + MAX_LENGTH + " characters");
    }
    return value;
  }

  <T> Optional<T> parsed(String name, Function<String, T> parser, String wanted) {
    return text(name).map(text -> parse(name, text, parser, wanted));
  }

  /** A value of the query or the path. */
  static <T> T parse(String name, String text, Function<String, T> parser, String wanted) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new ProblemException(400, "%s must be %s, is %s".formatted(name, wanted, shown(text)));
    }
  }

  private static ProblemException unknown(String name, String value, String known) {
    return new ProblemException(
        400, "%s must be one of %s; is %s".formatted(name, known, shown(value)));
  }

  private static String shown(String text) {
    return "\"" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "\"";
  }

  private static Iterable<String> sorted(Set<String> names, String... more) {
    return Stream.concat(names.stream(), Stream.of(more)).sorted().toList();
  }
}

package org.vidtomo.dashboard.api;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.compare.FilteredMeasurements;
import org.vidtomo.dashboard.compare.Fits;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.MeasurementReader;
import org.vidtomo.storage.MeasurementReader.Cursor;

/** Measurements that pass a filter, the latest first, page by page. */
final class MeasurementPages {
  /** The parameter that says where a page begins. */
  static final String CURSOR = "cursor";

  private static final int READ_AT_ONCE = 500;

  /** So many are looked through for one page; a filter that few pass gives short pages. */
  private static final int MAX_SCANNED = 20_000;

  /** What may have the cursor's slot and was shown already. */
  private static final int AT_THE_CURSOR = 500;

  private static final Comparator<Measurement> LATEST_FIRST =
      Comparator.comparing(Measurement::scheduledAt).reversed().thenComparing(Measurement::taskId);

  private final MeasurementReader reader;
  private final FilteredMeasurements filtered;
  private final IndexedCells cells;

  MeasurementPages(MeasurementReader reader, FilteredMeasurements filtered, IndexedCells cells) {
    this.reader = requireNonNull(reader, "reader");
    this.filtered = requireNonNull(filtered, "filtered");
    this.cells = requireNonNull(cells, "cells");
  }

  /**
   * One page.
   *
   * @param next where the next one begins; absent at the end
   */
  record Page(List<Measurement> items, Optional<String> next) {}

  /**
   * Reads a page.
   *
   * @param after what the page before gave as its end
   */
  Page read(Filter filter, Optional<String> after, int limit) {
    Optional<Cursor> from = after.map(MeasurementPages::decode);
    if (filter.restricts()) {
      Optional<Page> indexed = indexed(filter, from, limit);
      if (indexed.isPresent()) {
        return indexed.get();
      }
    }
    return filter.campaign().isPresent()
        ? ofCampaign(filter, from, limit)
        : latest(filter, from, limit);
  }

  /** From memory comes where they are, from the store what they are. */
  private Optional<Page> indexed(Filter filter, Optional<Cursor> from, int limit) {
    Instant before = from.map(Cursor::slot).orElseGet(() -> filtered.to(filter));
    return cells
        .latest(filter, before, limit + AT_THE_CURSOR)
        .map(
            spots -> {
              Fits fits = new Fits(filter);
              List<Measurement> found =
                  reader.at(spots).stream()
                      .filter(
                          each -> fits.test(each) && from.map(c -> isAfter(each, c)).orElse(true))
                      .sorted(LATEST_FIRST)
                      .toList();
              return page(found, limit);
            });
  }

  private static Page page(List<Measurement> found, int limit) {
    if (found.size() <= limit) {
      return new Page(found, Optional.empty());
    }
    Measurement last = found.get(limit - 1);
    return new Page(
        found.subList(0, limit),
        Optional.of(encode(new Cursor(last.scheduledAt(), Optional.of(last.taskId())))));
  }

  private Page latest(Filter filter, Optional<Cursor> from, int limit) {
    Instant notBefore = filtered.from(filter);
    Fits fits = new Fits(filter);
    Cursor cursor = from.orElseGet(() -> new Cursor(filtered.to(filter), Optional.empty()));
    List<Measurement> items = new ArrayList<>();
    for (int scanned = 0; scanned < MAX_SCANNED; ) {
      List<Measurement> some = reader.latest(notBefore, cursor, READ_AT_ONCE);
      for (Measurement each : some) {
        cursor = new Cursor(each.scheduledAt(), Optional.of(each.taskId()));
        scanned++;
        if (fits.test(each)) {
          items.add(each);
        }
        if (items.size() == limit) {
          return new Page(items, Optional.of(encode(cursor)));
        }
      }
      if (some.size() < READ_AT_ONCE) {
        return new Page(items, Optional.empty());
      }
    }
    return new Page(items, Optional.of(encode(cursor)));
  }

  /** Without the index: what was imported, or is older than memory reaches. */
  private Page ofCampaign(Filter filter, Optional<Cursor> from, int limit) {
    TreeSet<Measurement> first = new TreeSet<>(LATEST_FIRST);
    filtered.each(
        filter,
        each -> {
          if (from.isEmpty() || isAfter(each, from.get())) {
            first.add(each);
          }
          if (first.size() > limit + 1) {
            first.pollLast();
          }
        });
    return page(List.copyOf(first), limit);
  }

  private static boolean isAfter(Measurement each, Cursor cursor) {
    int order = each.scheduledAt().compareTo(cursor.slot());
    return order < 0
        || (order == 0
            && cursor.taskId().filter(task -> each.taskId().compareTo(task) > 0).isPresent());
  }

  private static String encode(Cursor cursor) {
    String text = cursor.slot() + " " + cursor.taskId().map(UUID::toString).orElse("");
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Cursor decode(String text) {
    return Parameters.parse(
        CURSOR,
        text,
        encoded -> {
          String[] parts =
              new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.US_ASCII)
                  .split(" ", 2);
          if (parts.length < 2) {
            throw new IllegalArgumentException("a cursor has two parts");
          }
          Optional<String> task = Optional.of(parts[1]).filter(t -> !t.isEmpty());
          return new Cursor(Instant.parse(parts[0]), task.map(UUID::fromString));
        },
        "what the page before gave as next");
  }
}

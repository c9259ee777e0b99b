package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

final class CassandraMeasurements implements MeasurementReader {
  /** The order of {@link #latest}. */
  private static final Comparator<Measurement> LATEST_FIRST =
      Comparator.comparing(Measurement::scheduledAt)
          .reversed()
          .thenComparing(m -> m.taskId().toString());

  private static final int MOST = 1_000;

  private final Statements statements;
  private final PreparedStatement selectLatest;
  private final PreparedStatement selectBetween;
  private final PreparedStatement selectOfCampaign;

  CassandraMeasurements(Statements statements) {
    this.statements = statements;
    String day = "SELECT value FROM " + Schema.MEASUREMENT_BY_DAY + " WHERE day = ? AND bucket = ?";
    selectLatest = statements.prepare(day + " AND scheduled_at >= ? AND scheduled_at <= ? LIMIT ?");
    selectBetween = statements.prepare(day + " AND scheduled_at >= ? AND scheduled_at < ?");
    selectOfCampaign =
        statements.prepare(
            "SELECT value FROM "
                + Schema.MEASUREMENT_BY_CAMPAIGN
                + " WHERE campaign_id = ? AND cycle = ? AND bucket = ?");
  }

  @Override
  public List<Measurement> latest(Instant notBefore, Cursor before, int most) {
    if (most < 1 || most > MOST) {
      throw new IllegalArgumentException("most must be 1 to " + MOST + ", is " + most);
    }
    List<Measurement> found = new ArrayList<>();
    LocalDate first = day(notBefore);
    for (LocalDate day = day(before.slot());
        !day.isBefore(first) && found.size() < most;
        day = day.minusDays(1)) {
      found.addAll(latestOfDay(day, notBefore, before, most));
    }
    found.sort(LATEST_FIRST);
    return List.copyOf(found.subList(0, Math.min(most, found.size())));
  }

  private List<Measurement> latestOfDay(LocalDate day, Instant notBefore, Cursor before, int most) {
    List<Measurement> found = new ArrayList<>();
    for (int bucket = 0; bucket < Schema.DAY_BUCKETS; bucket++) {
      // Slots of the cursor's own time may be passed over: as many more are asked for.
      int limit = most + (before.taskId().isPresent() ? MOST : 0);
      read(
          statements.run(
              "listing measurements",
              selectLatest.bind(day, bucket, notBefore, before.slot(), limit)),
          m -> {
            if (comesAfter(m, before)) {
              found.add(m);
            }
          });
    }
    return found;
  }

  private static boolean comesAfter(Measurement measurement, Cursor cursor) {
    int slots = measurement.scheduledAt().compareTo(cursor.slot());
    if (slots != 0) {
      return slots < 0;
    }
    return cursor
        .taskId()
        .filter(task -> measurement.taskId().toString().compareTo(task.toString()) > 0)
        .isPresent();
  }

  @Override
  public void ofCampaign(UUID campaignId, int cycle, Consumer<Measurement> each) {
    for (int bucket = 0; bucket < Schema.CYCLE_BUCKETS; bucket++) {
      read(
          statements.run(
              "reading the measurements of campaign " + campaignId,
              selectOfCampaign.bind(campaignId, cycle, bucket)),
          each);
    }
  }

  @Override
  public void between(Instant from, Instant to, Consumer<Measurement> each) {
    for (LocalDate day = day(from); !day.isAfter(day(to)); day = day.plusDays(1)) {
      for (int bucket = 0; bucket < Schema.DAY_BUCKETS; bucket++) {
        read(
            statements.run("reading measurements", selectBetween.bind(day, bucket, from, to)),
            each);
      }
    }
  }

  private static void read(ResultSet rows, Consumer<Measurement> each) {
    for (Row row : rows) {
      try {
        each.accept(Wire.read(row.getString("value"), Measurement.class));
      } catch (WireException e) {
        throw new StoreException("a measurement is damaged in the store", e);
      }
    }
  }

  private static LocalDate day(Instant slot) {
    return slot.atZone(ZoneOffset.UTC).toLocalDate();
  }
}

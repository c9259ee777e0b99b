package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives tables the time to live that the settings name; rows written before keep theirs. */
final class TableLifetimes {
  private static final Logger LOG = LoggerFactory.getLogger(TableLifetimes.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final List<String> REPORTS = List.of(Schema.REPORT_BY_ID, Schema.REPORT_BY_TASK);
  private static final List<String> MEASUREMENTS =
      List.of(
          Schema.MEASUREMENT_BY_SLOT,
          Schema.MEASUREMENT_BY_CAMPAIGN,
          Schema.INDEX_HOUR,
          Schema.INDEX_BLOCK);

  /** An hour is noted before its first measurement, and may be written to for a while. */
  private static final Duration NOTED_LONGER = Duration.ofDays(30);

  private final CqlSession session;
  private final StoreSettings settings;

  TableLifetimes(CqlSession session, StoreSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /**
   * Changes the tables that have another.
   *
   * @throws StoreException when it can't
   */
  void apply() {
    try {
      Lifetimes lifetimes = settings.lifetimes();
      lifetimes.reports().ifPresent(each -> REPORTS.forEach(table -> set(table, each)));
      lifetimes.measurements().ifPresent(each -> MEASUREMENTS.forEach(table -> set(table, each)));
      lifetimes
          .measurements()
          .map(each -> each.isZero() ? each : each.plus(NOTED_LONGER))
          .ifPresent(each -> set(Schema.SLOT_HOUR, each));
    } catch (DriverException e) {
      throw new Errors(settings).translated("setting how long rows live", e);
    }
  }

  private void set(String table, Duration lifetime) {
    int wanted = (int) lifetime.toSeconds();
    Optional<Integer> now = now(table);
    if (now.isPresent() && now.get() != wanted) {
      session.execute(
          SimpleStatement.newInstance(
                  "ALTER TABLE %s WITH default_time_to_live = %d".formatted(table, wanted))
              .setTimeout(TIMEOUT));
      LOG.info("rows live another time table={} seconds={} before={}", table, wanted, now.get());
    }
  }

  private Optional<Integer> now(String table) {
    Row row =
        session
            .execute(
                SimpleStatement.newInstance(
                    "SELECT default_time_to_live FROM system_schema.tables"
                        + " WHERE keyspace_name = ? AND table_name = ?",
                    // Unquoted names are in lower case.
                    settings.keyspace().toLowerCase(Locale.ROOT),
                    table))
            .one();
    return Optional.ofNullable(row).map(r -> r.getInt(0));
  }
}

package org.vidtomo.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.Locale;
import org.vidtomo.testkit.Cassandra;

/**
 * What a keyspace's tables take on disk: {@code SELECT … FROM system_views.disk_usage}, which is
 * what nodetool tablestats tells, too. Up to 32 MB of what was written last are still in memory.
 */
public final class DiskUse {
  private DiskUse() {}

  /** Prints a line for each table that has any. */
  public static void print(Cassandra cassandra, String keyspace) {
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(cassandra.contactPoint())
            .withLocalDatacenter(cassandra.localDatacenter())
            .build()) {
      session
          .execute("SELECT keyspace_name, table_name, mebibytes FROM system_views.disk_usage")
          .forEach(
              row -> {
                if (row.getString(0).equals(keyspace) && row.getLong(2) > 0) {
                  System.out.printf(
                      Locale.ROOT, "  on disk  %-24s %,6d MiB%n", row.getString(1), row.getLong(2));
                }
              });
    }
  }
}

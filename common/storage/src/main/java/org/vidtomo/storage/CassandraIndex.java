package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The index's blocks in Cassandra. Thread-safe. */
final class CassandraIndex implements IndexStore {
  /** Well below the size from which Cassandra's memory suffers. */
  static final int PART_BYTES = 512 << 10;

  /** Who dies with an hour holds it up for so long. */
  private static final Duration CLAIM = Duration.ofSeconds(60);

  private final Statements statements;
  private final SlotHours hours;
  private final PreparedStatement selectDirty;
  private final PreparedStatement deleteDirty;
  private final PreparedStatement selectVersions;
  private final PreparedStatement replaceVersion;
  private final PreparedStatement selectBlock;
  private final PreparedStatement insertPart;
  private final PreparedStatement selectBlocks;
  private final PreparedStatement deleteBlock;
  private final PreparedStatement claim;
  private final PreparedStatement release;

  CassandraIndex(Statements statements) {
    this.statements = statements;
    hours = new SlotHours(statements);
    selectDirty =
        statements.prepare(
            "SELECT hour, writer, WRITETIME(noted) AS micros FROM "
                + Schema.DIRTY_HOUR
                + " WHERE kind = ?");
    deleteDirty =
        statements.prepare(
            "DELETE FROM "
                + Schema.DIRTY_HOUR
                + " USING TIMESTAMP ? WHERE kind = ? AND hour = ? AND writer = ?");
    selectVersions =
        statements.prepare(
            "SELECT hour, version, format, bytes, rows FROM "
                + Schema.INDEX_HOUR
                + " WHERE month = ? AND hour >= ? AND hour <= ?");
    replaceVersion =
        statements.prepareConditional(
            "UPDATE "
                + Schema.INDEX_HOUR
                + " SET version = ?, format = ?, bytes = ?, rows = ?"
                + " WHERE month = ? AND hour = ? IF version = ?");
    selectBlock =
        statements.prepare(
            "SELECT data FROM " + Schema.INDEX_BLOCK + " WHERE hour = ? AND version = ?");
    insertPart =
        statements.prepare(
            "INSERT INTO "
                + Schema.INDEX_BLOCK
                + " (hour, version, part, data) VALUES (?, ?, ?, ?)");
    selectBlocks =
        statements.prepare(
            "SELECT version FROM " + Schema.INDEX_BLOCK + " WHERE hour = ? GROUP BY version");
    deleteBlock =
        statements.prepare("DELETE FROM " + Schema.INDEX_BLOCK + " WHERE hour = ? AND version = ?");
    claim =
        statements.prepareConditional(
            "INSERT INTO "
                + Schema.HOUR_CLAIM
                + " (hour, owner) VALUES (?, ?) IF NOT EXISTS USING TTL "
                + CLAIM.toSeconds());
    release =
        statements.prepareConditional(
            "DELETE FROM " + Schema.HOUR_CLAIM + " WHERE hour = ? IF owner = ?");
  }

  @Override
  public List<DirtyHour> dirty() {
    Map<Instant, List<Note>> notes = new TreeMap<>();
    statements.each(
        "reading which hours changed",
        List.of(selectDirty.bind(DirtyHours.KIND)),
        row -> {
          // A row that is being deleted may be seen without its value.
          if (!row.isNull("micros")) {
            notes
                .computeIfAbsent(row.getInstant("hour"), hour -> new ArrayList<>())
                .add(new Note(row.getUuid("writer"), row.getLong("micros")));
          }
        });
    return notes.entrySet().stream().map(e -> new DirtyHour(e.getKey(), e.getValue())).toList();
  }

  @Override
  public void clear(DirtyHour seen) {
    String doing = "noting that the hour " + seen.hour() + " is in the index";
    List<BoundStatement> deletes =
        seen.notes().stream()
            .map(n -> deleteDirty.bind(n.micros(), DirtyHours.KIND, seen.hour(), n.writer()))
            .toList();
    statements.await(doing, statements.runAll(doing, deletes));
  }

  @Override
  public List<Instant> hours(Instant from, Instant to) {
    return hours.between(from, to);
  }

  @Override
  public List<HourVersion> versions(Instant from, Instant to) {
    List<BoundStatement> months = new ArrayList<>();
    YearMonth last = month(to);
    for (YearMonth month = month(from); !month.isAfter(last); month = month.plusMonths(1)) {
      months.add(selectVersions.bind(month.toString(), Schema.hour(from), to));
    }
    List<HourVersion> found = new ArrayList<>();
    statements.each(
        "reading the index's hours",
        months,
        row ->
            found.add(
                new HourVersion(
                    row.getInstant("hour"),
                    row.getUuid("version"),
                    row.getInt("format"),
                    row.getInt("bytes"),
                    row.getInt("rows"))));
    return found;
  }

  private static YearMonth month(Instant at) {
    return YearMonth.from(at.atOffset(ZoneOffset.UTC));
  }

  @Override
  public Optional<byte[]> block(HourVersion version) {
    ByteBuffer block = ByteBuffer.allocate(version.bytes());
    boolean[] fits = {true};
    statements.each(
        "reading the index of " + version.hour(),
        List.of(selectBlock.bind(version.hour(), version.version()).setPageSize(4)),
        row -> {
          ByteBuffer part = row.getByteBuffer("data");
          fits[0] = fits[0] && part != null && part.remaining() <= block.remaining();
          if (fits[0]) {
            block.put(part);
          }
        });
    return fits[0] && !block.hasRemaining() ? Optional.of(block.array()) : Optional.empty();
  }

  @Override
  public boolean replace(Optional<HourVersion> before, HourVersion next, byte[] block) {
    if (block.length != next.bytes()) {
      throw new IllegalArgumentException(
          "the block has %d bytes, not %d".formatted(block.length, next.bytes()));
    }
    String doing = "writing the index of " + next.hour();
    List<UUID> useless = blocks(next.hour());
    statements.await(doing, statements.runAll(doing, parts(next, block)));
    boolean replaced =
        statements
            .run(
                doing,
                replaceVersion.bind(
                    next.version(),
                    next.format(),
                    next.bytes(),
                    next.rows(),
                    month(next.hour()).toString(),
                    next.hour(),
                    before.map(HourVersion::version).orElse(null)))
            .wasApplied();
    for (UUID old : replaced ? useless : List.of(next.version())) {
      statements.run(doing, deleteBlock.bind(next.hour(), old));
    }
    return replaced;
  }

  /** The one to read, and those that processes left which died before or after naming theirs. */
  private List<UUID> blocks(Instant hour) {
    List<UUID> found = new ArrayList<>();
    statements.each(
        "looking for blocks of the index of " + hour,
        List.of(selectBlocks.bind(hour)),
        row -> found.add(row.getUuid("version")));
    return found;
  }

  private List<BoundStatement> parts(HourVersion next, byte[] block) {
    List<BoundStatement> parts = new ArrayList<>();
    for (int from = 0; from < block.length; from += PART_BYTES) {
      int length = Math.min(PART_BYTES, block.length - from);
      parts.add(
          insertPart.bind(
              next.hour(), next.version(), parts.size(), ByteBuffer.wrap(block, from, length)));
    }
    return parts;
  }

  @Override
  public boolean claim(Instant hour, UUID owner) {
    return statements.run("claiming the hour " + hour, claim.bind(hour, owner)).wasApplied();
  }

  @Override
  public void release(Instant hour, UUID owner) {
    statements.run("giving back the hour " + hour, release.bind(hour, owner));
  }
}

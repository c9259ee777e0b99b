package org.vidtomo.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpoolTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path directory;

  @Test
  void report_isReadBackAsItWas_alsoAfterRestarts_inOrder() throws IOException {
    SpooledReport first = report(1, 100, NOW);
    SpooledReport second = report(2, 0, NOW);
    open().append(first);
    open().append(second);

    Spool spool = open();

    assertThat(spool.pending())
        .extracting(Spool.Entry::task)
        .containsExactly(first.task(), second.task());
    assertThat(spool.read(spool.pending().get(0))).hasValueSatisfying(r -> same(r, first));
    assertThat(spool.read(spool.pending().get(1))).hasValueSatisfying(r -> same(r, second));
    assertThat(spool.holds(first.task())).isTrue();
  }

  @Test
  void removedReport_isGone_andFreesItsBytes() throws IOException {
    Spool spool = open();
    Spool.Entry entry = spool.append(report(1, 100, NOW));
    assertThat(spool.bytes()).isEqualTo(entry.bytes()).isGreaterThan(100);

    spool.remove(entry);
    spool.remove(entry);

    assertThat(spool.bytes()).isZero();
    assertThat(spool.read(entry)).isEmpty();
    assertThat(open().records()).isZero();
    assertThat(spool.dropped()).isZero();
  }

  @Test
  void fullSpool_dropsTheOldest_andCountsThem() throws IOException {
    Spool spool = Spool.open(directory, new Spool.Limits(10_000, Duration.ofDays(7)), CLOCK);
    List<TaskKey> added = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      added.add(spool.append(report(i, 1_000, NOW)).task());
      assertThat(spool.bytes()).isLessThanOrEqualTo(10_000);
    }

    assertThat(spool.dropped()).isEqualTo(30 - spool.records());
    assertThat(spool.pending())
        .extracting(Spool.Entry::task)
        .isEqualTo(added.subList(30 - spool.records(), 30));
    assertThat(spool.records()).isGreaterThan(5);
  }

  @Test
  void oldReports_areDropped() throws IOException {
    Spool spool = open();
    spool.append(report(1, 10, NOW.minus(Duration.ofDays(6))));
    spool.append(report(2, 10, NOW));

    Clock later = Clock.offset(CLOCK, Duration.ofDays(2));
    Spool reopened = Spool.open(directory, Spool.Limits.DEFAULTS, later);

    assertThat(reopened.pending()).singleElement().extracting(e -> e.task().attempt()).isEqualTo(2);
    assertThat(reopened.dropped()).isEqualTo(1);
  }

  @Test
  void whatAKilledWriterLeaves_isNoReport() throws IOException {
    Files.write(directory.resolve(".x.report-1234.unfinished"), new byte[10]);
    Files.write(directory.resolve("note.txt"), new byte[10]);

    assertThat(open().records()).isZero();
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).extracting(p -> p.getFileName().toString()).containsExactly("note.txt");
    }
  }

  @ParameterizedTest
  @CsvSource({"truncate, 5000", "flip, 5000", "append, 200", "zero, 200"})
  void damage_costsTheDamagedReportsOnly(String kind, int times) throws IOException {
    Spool whole = Spool.open(directory.resolve("whole"), Spool.Limits.DEFAULTS, CLOCK);
    List<SpooledReport> all = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      all.add(report(i, 80 * i, NOW));
      whole.append(all.get(i - 1));
    }
    Path here = Files.createDirectory(directory.resolve("damaged"));
    for (Spool.Entry entry : whole.pending()) {
      Files.copy(entry.file(), here.resolve(entry.file().getFileName()));
    }
    for (int seed = 0; seed < times; seed++) {
      Random random = new Random(seed);
      int victim = random.nextInt(5);
      Path intact = whole.pending().get(victim).file();
      Path damaged = here.resolve(intact.getFileName());
      damage(damaged, kind, random);

      Spool recovered = Spool.open(here, Spool.Limits.DEFAULTS, CLOCK);

      List<SpooledReport> reports = new ArrayList<>(all);
      SpooledReport lost = reports.remove(victim);
      assertThat(recovered.damaged()).as("seed %d", seed).isEqualTo(1);
      assertThat(recovered.damagedTasks()).containsExactly(lost.task());
      List<SpooledReport> kept = new ArrayList<>();
      for (Spool.Entry entry : recovered.pending()) {
        recovered.read(entry).ifPresent(kept::add);
      }
      assertThat(kept).hasSize(4);
      for (int i = 0; i < 4; i++) {
        same(kept.get(i), reports.get(i));
      }
      assertThat(damaged).doesNotExist();
      Files.copy(intact, damaged);
    }
  }

  @Test
  void writeThatFailed_leavesNothing_andTheNextWorks() throws IOException {
    Spool spool = open();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> spool.append(report(1, 10, NOW))).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(directory).isEmptyDirectory();

    Spool.Entry next = spool.append(report(2, 10, NOW));

    assertThat(spool.pending()).containsExactly(next);
  }

  @Test
  void damageWhileRunning_isSeenWhenReading() throws IOException {
    Spool spool = open();
    Spool.Entry entry = spool.append(report(1, 100, NOW));
    damage(entry.file(), "flip", new Random(1));

    assertThat(spool.read(entry)).isEmpty();
    assertThat(spool.records()).isZero();
    assertThat(spool.damaged()).isEqualTo(1);
  }

  private static void damage(Path file, String kind, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    switch (kind) {
      case "truncate" -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case "flip" -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      case "append" -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
      default -> Arrays.fill(bytes, random.nextInt(bytes.length), bytes.length, (byte) 0);
    }
    Files.write(file, bytes);
  }

  private Spool open() throws IOException {
    return Spool.open(directory, Spool.Limits.DEFAULTS, CLOCK);
  }

  private static void same(SpooledReport actual, SpooledReport expected) {
    assertThat(actual.body()).isEqualTo(expected.body());
    assertThat(facts(actual)).isEqualTo(facts(expected));
  }

  private static List<Object> facts(SpooledReport report) {
    return List.of(
        report.task(),
        report.routingKey(),
        report.messageId(),
        report.headers(),
        report.createdAt());
  }

  private static SpooledReport report(int attempt, int size, Instant at) {
    byte[] body = new byte[size + 1];
    new Random(attempt).nextBytes(body);
    body[size] = 1;
    return new SpooledReport(
        new TaskKey(UUID.randomUUID(), attempt),
        "agent.ok",
        UUID.randomUUID().toString(),
        Map.of("x-key-id", "k", "x-signature", "s"),
        at,
        body);
  }
}

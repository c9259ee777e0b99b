package org.vidtomo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vidtomo.storage.MeasurementSamples.measurement;
import static org.vidtomo.storage.MeasurementSamples.report;

import com.datastax.oss.driver.api.core.CqlSession;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vidtomo.storage.IndexStore.DirtyHour;
import org.vidtomo.storage.IndexStore.HourVersion;

class IndexStoreTest {
  private final Store store = TestStore.shared();
  private final IndexStore index = store.index();

  /** Of this test alone: an hour of the year 2030 by chance. */
  private final Instant hour =
      Instant.parse("2030-01-01T00:00:00Z").plus(Duration.ofHours(new Random().nextInt(8_000)));

  @Test
  void storedReport_makesItsHourDirty_untilThatIsCleared() {
    write(store);
    DirtyHour seen = dirty().orElseThrow();
    assertThat(seen.notes()).hasSize(1);
    index.clear(seen);
    assertThat(dirty()).isEmpty();
  }

  @Test
  void reportThatComesMeanwhile_keepsTheHourDirty() {
    write(store);
    DirtyHour seen = dirty().orElseThrow();
    write(store);
    index.clear(seen);
    assertThat(dirty()).isPresent();
    index.clear(dirty().orElseThrow());
    assertThat(dirty()).isEmpty();
  }

  @Test
  void reportOfAnotherProcess_keepsTheHourDirty() {
    write(store);
    DirtyHour seen = dirty().orElseThrow();
    try (Store other = TestStore.open(TestStore.sharedSettings())) {
      write(other);
      index.clear(seen);
      assertThat(dirty().orElseThrow().notes()).hasSize(1);
    }
  }

  @Test
  void manyReportsAtOnce_shareTheirNotes_andNoneIsWithoutOne() {
    CompletableFuture.allOf(
            IntStream.range(0, 500).mapToObj(i -> writing(store)).toArray(CompletableFuture[]::new))
        .join();
    assertThat(dirty().orElseThrow().notes()).hasSize(1);
    assertThat(store.index().hours(hour, hour)).containsExactly(hour);
  }

  @Test
  void block_comesBackAsWritten_inParts() {
    byte[] block = bytes(CassandraIndex.PART_BYTES * 2 + 17);
    HourVersion version = version(block);
    assertThat(index.replace(Optional.empty(), version, block)).isTrue();
    assertThat(index.versions(hour, hour)).containsExactly(version);
    assertThat(index.block(version)).hasValue(block);
  }

  @Test
  void blockThatWasReplacedMeanwhile_isNotReplacedAgain() {
    HourVersion first = version(bytes(10));
    HourVersion second = version(bytes(20));
    HourVersion late = version(bytes(30));
    assertThat(index.replace(Optional.empty(), first, bytes(10))).isTrue();
    assertThat(index.replace(Optional.of(first), second, bytes(20))).isTrue();
    assertThat(index.replace(Optional.of(first), late, bytes(30))).isFalse();
    assertThat(index.replace(Optional.empty(), late, bytes(30))).isFalse();
    assertThat(index.versions(hour, hour)).containsExactly(second);
    assertThat(index.block(first)).as("what nobody reads is deleted").isEmpty();
    assertThat(index.block(late)).isEmpty();
    assertThat(index.block(second)).hasValue(bytes(20));
  }

  @Test
  void blockOfAProcessThatDied_goesWhenTheHourIsMadeAgain() {
    StoreSettings settings = TestStore.sharedSettings();
    HourVersion orphan = version(bytes(10));
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoints(settings.contactPoints())
            .withLocalDatacenter(settings.localDatacenter())
            .withKeyspace(settings.keyspace())
            .build()) {
      session.execute(
          "INSERT INTO index_block (hour, version, part, data) VALUES (?, ?, 0, ?)",
          hour,
          orphan.version(),
          ByteBuffer.wrap(bytes(10)));
    }
    assertThat(index.block(orphan)).isPresent();
    HourVersion next = version(bytes(20));
    assertThat(index.replace(Optional.empty(), next, bytes(20))).isTrue();
    assertThat(index.block(orphan)).isEmpty();
    assertThat(index.block(next)).hasValue(bytes(20));
  }

  @Test
  void hour_isClaimedByOne() {
    UUID one = UUID.randomUUID();
    UUID two = UUID.randomUUID();
    assertThat(index.claim(hour, one)).isTrue();
    assertThat(index.claim(hour, two)).isFalse();
    index.release(hour, two);
    assertThat(index.claim(hour, two)).as("only its owner gives it back").isFalse();
    index.release(hour, one);
    assertThat(index.claim(hour, two)).isTrue();
    index.release(hour, two);
  }

  private Optional<DirtyHour> dirty() {
    return index.dirty().stream().filter(each -> each.hour().equals(hour)).findFirst();
  }

  private void write(Store by) {
    writing(by).join();
  }

  private CompletableFuture<Void> writing(Store by) {
    Measurement measured =
        measurement(Optional.of(UUID.randomUUID()), UUID.randomUUID(), 1, hour.plusSeconds(90), 1);
    return by.reports().write(report(measured), measured).toCompletableFuture();
  }

  private HourVersion version(byte[] block) {
    return new HourVersion(hour, UUID.randomUUID(), 1, block.length, 3);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}

package org.vidtomo.dashboard.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.RandomMeasurements;
import org.vidtomo.dashboard.TestStores;
import org.vidtomo.dashboard.compare.Comparer;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.dashboard.compare.UnanswerableException;
import org.vidtomo.dashboard.compare.View;
import org.vidtomo.storage.IndexStore.HourVersion;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.MeasurementReader;
import org.vidtomo.storage.Store;

/** Indexes over a real Cassandra that is written to meanwhile. */
class LiveIndexTest {
  private static final Instant HOUR =
      Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.HOURS);
  private static final View VIEW = new View(Metric.RTT, Dimension.PROVIDER, Filter.NONE);
  private static final int PLENTY = 100_000;

  private final List<LiveIndex> indexes = new ArrayList<>();
  private final List<UUID> campaigns = List.of(UUID.randomUUID());
  private Store store;

  @BeforeEach
  void open() throws Exception {
    store = TestStores.open();
  }

  @AfterEach
  void close() {
    indexes.forEach(LiveIndex::close);
    store.close();
  }

  @Test
  void whatIsStored_isThereOnceItIsCurrent_howeverOftenItIsWritten() throws Exception {
    LiveIndex index = index(store.measurements(), PLENTY);
    List<Measurement> some = random(1, 40);
    TestStores.write(store, some);
    current(index);
    assertThat(index.rows()).isEqualTo(40);
    TestStores.write(store, some);
    current(index);
    assertThat(index.rows()).isEqualTo(40);
    assertThat(store.index().dirty()).isEmpty();
  }

  @Test
  void reportThatComesWhileItsHourIsRead_isNotLost() throws Exception {
    List<Measurement> some = random(2, 30);
    TestStores.write(store, some.subList(0, 29));
    AtomicBoolean first = new AtomicBoolean(true);
    MeasurementReader meanwhile =
        reading(
            () -> {
              if (first.getAndSet(false)) {
                TestStores.write(store, some.subList(29, 30));
              }
            });
    LiveIndex index = index(meanwhile, PLENTY);
    current(index);
    assertThat(index.rows()).isEqualTo(30);
  }

  @Test
  void restart_readsWhatWasMade_andMakesNothingAgain() throws Exception {
    TestStores.write(store, random(3, 200));
    LiveIndex before = index(store.measurements(), PLENTY);
    current(before);
    List<HourVersion> made = versions();
    before.close();
    LiveIndex after =
        index(
            reading(
                () -> {
                  throw new IllegalStateException("it reads rows again");
                }),
            PLENTY);
    current(after);
    assertThat(after.rows()).isEqualTo(200);
    assertThat(versions()).containsExactlyInAnyOrderElementsOf(made);
    assertThat(answer(after)).isEqualTo(answer(before));
  }

  @Test
  void twoIndexes_shareTheWork_andComeToTheSame() throws Exception {
    LiveIndex one = index(store.measurements(), PLENTY);
    LiveIndex two = index(store.measurements(), PLENTY);
    List<Measurement> all = random(4, 600);
    for (int from = 0; from < all.size(); from += 50) {
      TestStores.write(store, all.subList(from, from + 50));
      one.poke();
      two.poke();
    }
    current(one);
    current(two);
    assertThat(one.rows()).isEqualTo(600);
    assertThat(two.rows()).isEqualTo(600);
    assertThat(answer(one)).isEqualTo(answer(two));
    assertThat(store.index().dirty()).isEmpty();
  }

  @Test
  void memory_isBounded_andViewsSayHowFarItReaches() throws Exception {
    List<Measurement> all = random(5, 400);
    TestStores.write(store, all);
    LiveIndex index = index(store.measurements(), 150);
    current(index);
    current(index);
    assertThat(index.rows()).isBetween(1L, 150L);
    assertThat(cells(index).cells(VIEW).leftOut().orElseThrow()).contains("memory holds no more");
    assertThatThrownBy(() -> cells(index).cells(new View(VIEW.metric(), VIEW.by(), from(HOUR))))
        .isInstanceOf(UnanswerableException.class)
        .hasMessageContaining("memory holds the measurements from");
  }

  @Test
  void hourThatCannotBeRead_keepsNoOtherFromBeingMade() throws Exception {
    TestStores.write(store, random(8, 200));
    int hours = store.index().dirty().size();
    AtomicBoolean first = new AtomicBoolean(true);
    MeasurementReader failingOnce =
        reading(
            () -> {
              if (first.getAndSet(false)) {
                throw new OutOfMemoryError("one hour is too large");
              }
            });
    index(failingOnce, PLENTY);
    // The one that failed rests for longer than this.
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(versions()).hasSize(hours - 1));
    assertThat(store.index().dirty()).hasSize(1);
  }

  @Test
  void hoursWithoutANote_areMadeToo() throws Exception {
    TestStores.write(store, random(6, 60));
    store.index().dirty().forEach(store.index()::clear);
    LiveIndex index = index(store.measurements(), PLENTY);
    current(index);
    assertThat(index.rows()).isEqualTo(60);
  }

  @Test
  void rowsThatNoLongerFit_leaveNoNamesBehind() {
    MeasurementIndex index = new MeasurementIndex();
    List<Measurement> all = random(7, 300);
    for (Measurement each : all) {
      Instant hour = each.scheduledAt();
      HourBuilder builder = new HourBuilder(hour);
      builder.add(each);
      index.put(hour, UUID.randomUUID(), builder.build());
    }
    Snapshot before = index.snapshot(1, Instant.MIN);
    index.drop(List.copyOf(index.hours()).subList(0, 298));
    Snapshot after = index.snapshot(2, Instant.MIN);
    assertThat(after.rows()).isEqualTo(2);
    assertThat(after.names().lines()).hasSizeLessThanOrEqualTo(2);
    assertThat(after.names().agents()).isLessThanOrEqualTo(2);
    assertThat(after.names().prefixes()).isLessThanOrEqualTo(2);
    assertThat(after.names().hosts()).hasSizeLessThanOrEqualTo(2);
    assertThat(after.names().resolvers()).hasSizeLessThanOrEqualTo(6);
    assertThat(before.rows()).isEqualTo(300);
    assertThat(before.names().videos()).hasSize(RandomMeasurements.VIDEOS);
    Segment last = before.segments().get(299);
    Segment same = after.segments().get(1);
    assertThat(line(after, same)).isEqualTo(line(before, last));
  }

  private static Line line(Snapshot snapshot, Segment segment) {
    return snapshot.names().lines()[segment.columns().whole(Columns.Whole.LINE)[0]];
  }

  private LiveIndex index(MeasurementReader reader, int maxRows) {
    LiveIndex index = new LiveIndex(store.index(), reader, maxRows, Clock.systemUTC());
    index.start();
    indexes.add(index);
    return index;
  }

  private static void current(LiveIndex index) throws Exception {
    index.current().get(30, TimeUnit.SECONDS);
  }

  private IndexedCells cells(LiveIndex index) {
    return IndexedCells.of(
        index, store.measurements(), store.campaigns(), PLENTY, Clock.systemUTC());
  }

  private String answer(LiveIndex index) {
    return Wire.toJson(
        Comparer.DEFAULT.compare(VIEW.metric(), VIEW.by(), cells(index).cells(VIEW), HOUR));
  }

  private static Filter from(Instant from) {
    return Filter.between(Optional.of(from), Optional.empty());
  }

  private List<HourVersion> versions() {
    return store.index().versions(HOUR.minus(Duration.ofDays(1)), HOUR.plus(Duration.ofDays(2)));
  }

  /** So many, over eight hours. */
  private List<Measurement> random(long seed, int count) {
    RandomMeasurements random = new RandomMeasurements(seed, campaigns, HOUR, Duration.ofHours(8));
    return Stream.generate(random::next).limit(count).toList();
  }

  /** What a test does while an hour is being read. */
  private interface Meanwhile {
    void happens() throws Exception;
  }

  /** The store's reader; something happens once an hour's rows are read. */
  private MeasurementReader reading(Meanwhile meanwhile) {
    MeasurementReader real = store.measurements();
    return new MeasurementReader() {
      @Override
      public List<Measurement> latest(Instant notBefore, Cursor before, int most) {
        return real.latest(notBefore, before, most);
      }

      @Override
      public List<Measurement> at(Collection<Spot> spots) {
        return real.at(spots);
      }

      @Override
      public void ofCampaign(UUID campaignId, int cycle, Consumer<Measurement> each) {
        real.ofCampaign(campaignId, cycle, each);
      }

      @Override
      public Page pageOfCampaign(UUID campaignId, int latestCycle, Place from, int most) {
        return real.pageOfCampaign(campaignId, latestCycle, from, most);
      }

      @Override
      public void between(Instant from, Instant to, Consumer<Measurement> each) {
        real.between(from, to, each);
        try {
          meanwhile.happens();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }
}

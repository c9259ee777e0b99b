package org.vidtomo.bench.forge;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.vidtomo.aggregator.Aggregator;
import org.vidtomo.aggregator.AggregatorSettings;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Topology;
import org.vidtomo.messaging.admin.RabbitMqAdmin;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.storage.RederivationStore;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.RabbitMq;

/**
 * An aggregator between a real RabbitMQ and a real Cassandra, and a forger that sends to it as the
 * broker's user that it has as an agent.
 */
final class ForgeRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int AHEAD = 500;
  private static final long LOOK_MILLIS = 20;

  private final Forger forger = new Forger();
  private final URI broker = RabbitMq.shared().newVirtualHost();
  private final RabbitMqAdmin admin =
      new RabbitMqAdmin(RabbitMq.shared().managementUri(), broker, Optional.empty());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Map<Forgery, Map<String, AtomicInteger>> refused = new ConcurrentHashMap<>();
  private final AtomicInteger letters = new AtomicInteger();
  private final AtomicInteger outcomes = new AtomicInteger();
  private final Store store;
  private final BrokerConnection coordinators;
  private final BrokerConnection forgers;
  private final BrokerConnection own;
  private final Aggregator aggregator;

  /**
   * What became of a kind.
   *
   * @param sent messages
   * @param refused of these, for the reason that they must be refused for
   * @param otherwise reasons that others were refused for
   */
  record Fate(int sent, int refused, Map<String, Integer> otherwise) {}

  /**
   * What became of all.
   *
   * @param stored rows of reports that are forged
   * @param told outcomes beyond those of the good ones
   * @param good good reports that are stored, of {@code goodSent}
   */
  record Result(Map<Forgery, Fate> kinds, int stored, int told, int good, int goodSent) {
    int sent() {
      return kinds.values().stream().mapToInt(Fate::sent).sum();
    }

    int refused() {
      return kinds.values().stream().mapToInt(Fate::refused).sum();
    }

    /** Whether none is stored and each refused for its own reason, and the good ones are there. */
    boolean holds() {
      return stored == 0 && told == 0 && refused() == sent() && good == goodSent;
    }
  }

  ForgeRun() throws InterruptedException {
    Cassandra cassandra = Cassandra.sharedAsInUse();
    store =
        Store.open(
            StoreSettings.of(List.of(cassandra.contactPoint()), cassandra.localDatacenter())
                .withKeyspace(cassandra.newKeyspaceName()));
    forger.enrol(store);
    coordinators = connect("coordinator", broker);
    coordinators.topology().declareShared();
    coordinators.subscribe(Topology.DEAD, AHEAD, this::dead);
    coordinators.subscribe(
        Topology.OUTCOMES_COORDINATOR,
        AHEAD,
        delivery -> {
          outcomes.incrementAndGet();
          delivery.ack();
        });
    forgers = connect("forger", admin.provision(forger.agent, Topology.newAgentQueue()));
    own = connect("aggregator", broker);
    aggregator =
        new Aggregator(
            AggregatorSettings.from(
                Settings.load(
                    // Each must be seen among the dead letters.
                    Map.of("aggregator.listen", "127.0.0.1:0", "aggregator.refused.kept", "1TB"))),
            () -> store,
            own,
            registry,
            Clock.systemUTC());
    aggregator.start();
  }

  private static BrokerConnection connect(String name, URI as) throws InterruptedException {
    BrokerConnection connection = new BrokerConnection(BrokerSettings.of(as, name));
    connection.start();
    connection.awaitConnected(PATIENCE);
    return connection;
  }

  private void dead(Delivery letter) {
    String id = letter.messageId().orElse("");
    Forgery kind = Forgery.valueOf(id.substring(0, id.indexOf(' ')));
    String reason = letter.headers().get(Topology.REASON_HEADER);
    String as = reason.contains(kind.reason()) ? kind.reason() : reason;
    refused
        .computeIfAbsent(kind, k -> new ConcurrentHashMap<>())
        .computeIfAbsent(as, r -> new AtomicInteger())
        .incrementAndGet();
    letters.incrementAndGet();
    letter.ack();
  }

  /** Sends so many forged reports, of all kinds in turn, among good ones. */
  Result run(int reports) throws InterruptedException {
    Deque<CompletableFuture<Void>> ahead = new ArrayDeque<>();
    List<Draft> good = new ArrayList<>(List.of(forger.answered));
    send("GOOD", forger.answered.sentBy(forger.own), ahead);
    awaitCount(outcomes, 1);
    Map<Forgery, Integer> sent = new EnumMap<>(Forgery.class);
    Forgery[] kinds = Forgery.values();
    for (int i = 0; i < reports; i++) {
      Forgery kind = kinds[i % kinds.length];
      send(kind.name(), kind.by(forger), ahead);
      sent.merge(kind, 1, Integer::sum);
      if (i % 1_000 == 0) {
        Draft draft = forger.draft();
        good.add(draft);
        send("GOOD", draft.sentBy(forger.own), ahead);
        // What is sent again as it was is the same report: one row, and refused by nobody.
        send("GOOD", forger.answered.sentBy(forger.own), ahead);
      }
    }
    ahead.forEach(CompletableFuture::join);
    int outcomesOfGood = 2 * good.size() - 1;
    awaitCount(letters, reports);
    awaitCount(outcomes, outcomesOfGood);
    Set<UUID> ids = good.stream().map(Draft::reportId).collect(Collectors.toSet());
    Set<UUID> stored = stored();
    int forged = (int) stored.stream().filter(id -> !ids.contains(id)).count();
    return new Result(
        fates(sent), forged, outcomes.get() - outcomesOfGood, stored.size() - forged, good.size());
  }

  /** All reports that are in the store. */
  private Set<UUID> stored() {
    Set<UUID> ids = new HashSet<>();
    for (int range = 0; range < RederivationStore.RANGES; range++) {
      store.rederivation().reportsOf(range, report -> ids.add(report.reportId()));
    }
    return ids;
  }

  private void send(String kind, Draft.Sent message, Deque<CompletableFuture<Void>> ahead) {
    ahead.add(
        forgers
            .publisher()
            .publish(
                OutgoingMessage.json(
                    Topology.REPORTS,
                    Topology.reportKey(forger.agent, "ok"),
                    message.body(),
                    message.headers(),
                    kind + " " + UUID.randomUUID()),
                LONGEST));
    if (ahead.size() >= AHEAD) {
      ahead.remove().join();
    }
  }

  private static void awaitCount(AtomicInteger count, int least) throws InterruptedException {
    long until = System.nanoTime() + LONGEST.toNanos();
    while (count.get() < least && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private Map<Forgery, Fate> fates(Map<Forgery, Integer> sent) {
    Map<Forgery, Fate> fates = new EnumMap<>(Forgery.class);
    sent.forEach(
        (kind, count) -> {
          Map<String, Integer> otherwise = new TreeMap<>();
          refused
              .getOrDefault(kind, Map.of())
              .forEach((reason, times) -> otherwise.put(reason, times.get()));
          Integer asMust = otherwise.remove(kind.reason());
          fates.put(kind, new Fate(count, asMust == null ? 0 : asMust, otherwise));
        });
    return fates;
  }

  @Override
  public void close() {
    aggregator.close();
    own.close();
    forgers.close();
    coordinators.close();
    admin.remove(forger.agent);
    store.close();
  }
}

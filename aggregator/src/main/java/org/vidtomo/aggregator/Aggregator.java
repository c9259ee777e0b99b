package org.vidtomo.aggregator;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.vidtomo.aggregator.derive.AddressRule;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.aggregator.ingest.CoordinatorTrust;
import org.vidtomo.aggregator.ingest.Ingestion;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.Senders;
import org.vidtomo.runtime.Component;
import org.vidtomo.runtime.Health;
import org.vidtomo.runtime.network.NetworkSettings;
import org.vidtomo.runtime.settings.SettingException;
import org.vidtomo.storage.Store;

/**
 * The aggregator's role: takes reports from the broker, stores them and tells their outcomes. Any
 * number of them may run side by side. What it is given is started and closed by whoever made it.
 */
public final class Aggregator implements Component {
  private static final Duration BROKER_WAIT = Duration.ofSeconds(30);

  private final AggregatorSettings settings;
  private final Supplier<Store> store;
  private final BrokerConnection broker;
  private final MeterRegistry registry;
  private final Clock clock;
  private volatile Ingestion ingestion;

  /**
   * An aggregator that takes nothing yet.
   *
   * @param store asked for at the start, when it is open
   */
  public Aggregator(
      AggregatorSettings settings,
      Supplier<Store> store,
      BrokerConnection broker,
      MeterRegistry registry,
      Clock clock) {
    this.settings = requireNonNull(settings, "settings");
    this.store = requireNonNull(store, "store");
    this.broker = requireNonNull(broker, "broker");
    this.registry = requireNonNull(registry, "registry");
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public String name() {
    return "aggregator";
  }

  @Override
  public synchronized void start() throws InterruptedException {
    broker.awaitConnected(BROKER_WAIT);
    broker.topology().declareShared();
    Derivation derivation = new Derivation(NetworkSettings.load(settings.networks()));
    ingestion =
        Ingestion.start(
            store.get(),
            broker,
            CoordinatorTrust.now(store.get().keys(), root(), clock),
            senders(),
            new AddressRule(settings.addresses()),
            derivation,
            settings,
            registry,
            clock);
  }

  private Optional<VerifyingKey> root() {
    if (settings.root().isEmpty()) {
      return Optional.empty();
    }
    Path file = settings.root().get();
    try {
      return Optional.of(VerifyingKey.decode(Files.readString(file).strip()));
    } catch (IOException | TrustException e) {
      throw new SettingException(
          "reading the root's public key in %s (trust.root): %s; copy root.pub from the coordinator's directory"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private Senders senders() {
    Set<String> trusted = new HashSet<>(Set.of(broker.user()));
    settings.sharedUser().ifPresent(trusted::add);
    return new Senders(trusted);
  }

  @Override
  public Health check() {
    Ingestion running = ingestion;
    if (running == null) {
      return Health.down("not started");
    }
    int waiting = running.waiting();
    return waiting == 0
        ? Health.ok("taking reports")
        : Health.degraded(waiting + " reports wait until they can be stored");
  }

  @Override
  public synchronized void close() {
    if (ingestion != null) {
      ingestion.close();
      ingestion = null;
    }
  }
}

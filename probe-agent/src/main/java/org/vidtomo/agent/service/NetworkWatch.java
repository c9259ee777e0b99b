package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.network.AddressNetworks;
import org.vidtomo.agent.policy.AddressPolicy;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.network.Network;
import org.vidtomo.core.trust.AgentAsking;
import org.vidtomo.messaging.Backoff;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.http.OtherFamily;
import org.vidtomo.runtime.http.Whoami;

/**
 * Asks the coordinator now and then, and when the network looks otherwise than before, what it sees
 * of this agent: its addresses, prefix, and how far the clocks are apart. Without an answer the
 * reports just say less.
 */
final class NetworkWatch implements AutoCloseable {
  /** Measurements of an agent whose clock is further off are left out of comparisons. */
  static final Duration CLOCK_LIMIT = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(NetworkWatch.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LOOKUP_LIMIT = Duration.ofSeconds(5);

  /** The first call of a connection is the slowest, and tells the least of the clocks. */
  private static final int CALLS = 4;

  /** At most; a ticket holds for six hours. */
  private static final Duration EVERY = Duration.ofHours(2);

  /** At most, so that a clock that was set is soon known to be right. */
  private static final Duration WHILE_CLOCK_IS_OFF = Duration.ofMinutes(10);

  /** How often the network is looked at, without asking anybody. */
  private static final Duration GLANCE_EVERY = Duration.ofSeconds(10);

  private static final Duration SHORTEST_BACKOFF = Duration.ofSeconds(30);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);

  private final AgentIdentity identity;
  private final Optional<Path> certificates;
  private final AddressNetworks networks;
  private final Supplier<?> surroundings;
  private final Duration glanceEvery;
  // That a broker was away all its agents notice at once; and some lines come and go all day.
  private final Backoff changes;
  private final Consumer<NetworkView> listener;
  private final Clock clock;
  private final Backoff backoff = new Backoff(SHORTEST_BACKOFF, LONGEST_BACKOFF);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "agent-network");
            thread.setDaemon(true);
            return thread;
          });

  private Optional<Future<?>> next = Optional.empty();
  private Object known = "";
  private boolean changed;

  /**
   * Asks nobody yet.
   *
   * @param surroundings equal as long as the network looks the same from here
   */
  NetworkWatch(
      AgentIdentity identity,
      Optional<Path> certificates,
      AddressNetworks networks,
      Supplier<?> surroundings,
      Consumer<NetworkView> listener,
      Clock clock) {
    this(identity, certificates, networks, surroundings, GLANCE_EVERY, listener, clock);
  }

  NetworkWatch(
      AgentIdentity identity,
      Optional<Path> certificates,
      AddressNetworks networks,
      Supplier<?> surroundings,
      Duration glanceEvery,
      Consumer<NetworkView> listener,
      Clock clock) {
    this.identity = requireNonNull(identity, "identity");
    this.certificates = requireNonNull(certificates, "certificates");
    this.networks = requireNonNull(networks, "networks");
    this.surroundings = requireNonNull(surroundings, "surroundings");
    this.glanceEvery = requireNonNull(glanceEvery, "glanceEvery");
    this.changes = new Backoff(glanceEvery.multipliedBy(2), LONGEST_BACKOFF);
    this.listener = requireNonNull(listener, "listener");
    this.clock = requireNonNull(clock, "clock");
  }

  void start() {
    timer.execute(this::look);
    timer.scheduleWithFixedDelay(
        this::glance, glanceEvery.toMillis(), glanceEvery.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void glance() {
    if (!changed && !surroundings.get().equals(known)) {
      changed = true;
      next.ifPresent(waiting -> waiting.cancel(false));
      lookAfter(changes.next(System.nanoTime()));
    }
  }

  private void lookAfter(Duration pause) {
    if (!timer.isShutdown()) {
      next = Optional.of(timer.schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS));
    }
  }

  private void look() {
    Duration pause;
    changed = false;
    known = surroundings.get();
    try {
      Whoami seen = ask();
      backoff.succeeded(System.nanoTime());
      changes.succeeded(System.nanoTime());
      listener.accept(view(seen));
      pause = jittered(isOff(seen.clockOffset()) ? WHILE_CLOCK_IS_OFF : EVERY);
    } catch (IOException e) {
      LOG.info("the coordinator does not say what it sees of this agent: {}", e.getMessage());
      pause = backoff.next(System.nanoTime());
    } catch (RuntimeException e) {
      LOG.warn("asking the coordinator what it sees of this agent failed", e);
      pause = backoff.next(System.nanoTime());
    } catch (InterruptedException e) {
      return;
    }
    lookAfter(pause);
  }

  private Whoami ask() throws IOException, InterruptedException {
    JsonHttp coordinator =
        identity.asking(AgentAsking.Purpose.WHOAMI, TIMEOUT, certificates, clock);
    Whoami seen = Whoami.ask(coordinator, CALLS, clock, System::nanoTime);
    if (isOff(seen.clockOffset())) {
      LOG.warn(
          "this machine's clock is wrong, its measurements are left out of comparisons: set it,"
              + " as with \"timedatectl set-ntp true\" offsetSeconds={} roundTripMillis={}",
          seen.clockOffset().toSeconds(),
          seen.roundTrip().toMillis());
    }
    return seen;
  }

  private static boolean isOff(Duration clockOffset) {
    return clockOffset.abs().compareTo(CLOCK_LIMIT) > 0;
  }

  /** Half to the whole, so that agents that were started together do not ask together. */
  private static Duration jittered(Duration longest) {
    long half = longest.toMillis() / 2;
    return Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1));
  }

  /** A coordinator without a table leaves it to the agent to find out its network. */
  private NetworkView view(Whoami seen) {
    Optional<InetAddress> address = Literals.parse(seen.address()).filter(AddressPolicy::isPublic);
    Deadline deadline = Deadline.after(System::nanoTime, LOOKUP_LIMIT);
    Optional<Network> own =
        seen.asn().isPresent()
            ? Optional.empty()
            : address.flatMap(a -> networks.find(a, deadline));
    return new NetworkView(
        address.map(InetAddress::getHostAddress),
        otherAddress(seen).map(InetAddress::getHostAddress),
        Optional.of(seen.prefix()),
        OptionalLong.of(seen.clockOffset().toNanos() / 1000),
        seen.ticket(),
        own.map(n -> OptionalLong.of(n.asn())).orElse(seen.asn()),
        own.flatMap(n -> networks.name(n, deadline)).or(seen::asName),
        seen.keep());
  }

  /** So that the guard knows it, too; not every coordinator can be reached both ways. */
  private Optional<InetAddress> otherAddress(Whoami seen) {
    try {
      Optional<InetAddress> known = Literals.parse(seen.address());
      return known.isEmpty()
          ? Optional.empty()
          : OtherFamily.seen(identity.coordinator(), known.get(), TIMEOUT, certificates)
              .filter(AddressPolicy::isPublic);
    } catch (IOException e) {
      LOG.debug("the coordinator is not reached over the other address family", e);
      return Optional.empty();
    }
  }
}

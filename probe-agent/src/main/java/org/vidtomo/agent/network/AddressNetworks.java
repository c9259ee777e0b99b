package org.vidtomo.agent.network;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.policy.AddressPolicy;
import org.vidtomo.core.network.Network;
import org.vidtomo.core.network.NetworkPrefix;
import org.vidtomo.core.network.Networks;
import org.vidtomo.runtime.network.NetworkSettings;
import org.vidtomo.runtime.settings.SettingException;

/**
 * The networks of public addresses. What was answered is kept for a day, for a /24 or /48 each:
 * that is also all that is asked about, never a whole address. Once there is no answer, nothing is
 * asked for a while. Thread-safe.
 */
public final class AddressNetworks {
  private static final Logger LOG = LoggerFactory.getLogger(AddressNetworks.class);
  private static final Duration KEPT = Duration.ofDays(1);
  private static final Duration QUIET = Duration.ofMinutes(10);
  private static final int MOST = 4_096;

  private final NetworkLookup lookup;
  private final TextSource texts;
  private final LongSupplier ticker;
  private final Map<String, Kept> kept = new LinkedHashMap<>();
  private Optional<Networks> table = Optional.empty();
  private volatile Optional<Deadline> quiet = Optional.empty();

  /** Asks for the texts (TXT records) of a name. */
  @FunctionalInterface
  public interface TextSource {
    /**
     * The texts; none if the name has none, or there is no such name.
     *
     * @throws IOException when there is no answer in time that says so
     */
    List<String> texts(String name, Deadline deadline) throws IOException, InterruptedException;
  }

  private record Kept(Optional<Network> network, Deadline until) {}

  /**
   * Nothing is read or asked yet.
   *
   * @param texts of the machine's own resolver
   */
  public AddressNetworks(NetworkLookup lookup, TextSource texts, LongSupplier ticker) {
    this.lookup = requireNonNull(lookup, "lookup");
    this.texts = requireNonNull(texts, "texts");
    this.ticker = requireNonNull(ticker, "ticker");
  }

  /**
   * Reads the table, if there is one and it was not read.
   *
   * @throws SettingException when it cannot be read
   */
  public synchronized void load() {
    if (table.isEmpty()) {
      table = Optional.of(NetworkSettings.load(lookup.table()));
    }
  }

  private synchronized Networks table() {
    try {
      load();
    } catch (SettingException e) {
      LOG.warn("networks are found out without the table: {}", e.getMessage());
      table = Optional.of(Networks.NONE);
    }
    return table.orElseThrow();
  }

  /** The network of an address, without its name; empty if it is not known by the deadline. */
  public Optional<Network> find(InetAddress address, Deadline deadline) {
    Optional<Network> known = table().find(address);
    if (known.isPresent() || !lookup.ask() || !AddressPolicy.isPublic(address)) {
      return known;
    }
    return kept(NetworkPrefix.of(address))
        .map(Kept::network)
        .orElseGet(() -> asked(NetworkPrefix.first(address), deadline));
  }

  /** The name of the network's system, as far as it is known by the deadline. */
  public Optional<String> name(Network network, Deadline deadline) {
    return network.name().isPresent() || !lookup.ask()
        ? network.name()
        : texts(CymruNames.of(network.asn()), deadline).flatMap(CymruAnswer::name);
  }

  private Optional<Network> asked(InetAddress first, Deadline deadline) {
    Optional<List<String>> answer = texts(CymruNames.of(first), deadline);
    Optional<Network> network = answer.flatMap(texts -> CymruAnswer.network(first, texts));
    answer.ifPresent(texts -> keep(NetworkPrefix.of(first), network));
    return network;
  }

  private Optional<List<String>> texts(String name, Deadline deadline) {
    boolean quietNow = quiet.filter(until -> !until.over()).isPresent();
    if (quietNow || deadline.over()) {
      return Optional.empty();
    }
    try {
      return Optional.of(texts.texts(name, deadline));
    } catch (IOException e) {
      LOG.debug("no answer about a network name={} why={}", name, e.getMessage());
      quiet = Optional.of(Deadline.after(ticker, QUIET));
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private synchronized Optional<Kept> kept(String prefix) {
    return Optional.ofNullable(kept.get(prefix)).filter(entry -> !entry.until().over());
  }

  /** The ones asked for longest ago go first. */
  private synchronized void keep(String prefix, Optional<Network> network) {
    kept.remove(prefix);
    kept.put(prefix, new Kept(network, Deadline.after(ticker, KEPT)));
    if (kept.size() > MOST) {
      kept.remove(kept.keySet().iterator().next());
    }
  }
}

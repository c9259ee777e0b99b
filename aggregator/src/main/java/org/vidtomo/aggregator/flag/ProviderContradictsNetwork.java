package org.vidtomo.aggregator.flag;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.NetworkSource;

/**
 * An ISP of the agent's own word, in an AS in nearly all of whose other networks agents name one
 * other ISP. Those bear witness whose AS is the coordinator's word or the table's; who says itself
 * in which it is is held to that.
 */
final class ProviderContradictsNetwork implements FlagRule {
  private static final int MOST_SYSTEMS = 5_000;
  private static final int MOST_NETWORKS = 200;
  private static final int FEWEST_OTHERS = 8;
  private static final double NEARLY_ALL = 0.8;

  private final Map<Long, Map<String, Said>> systems = BoundedMaps.byUse(MOST_SYSTEMS);

  /** What an agent said last of all in its network. */
  private record Said(String agent, String name) {}

  @Override
  public FlagKind kind() {
    return FlagKind.PROVIDER_CONTRADICTS_NETWORK;
  }

  @Override
  public Optional<String> objection(Measurement m) {
    if (m.asn().isEmpty() || m.provider().isEmpty()) {
      return Optional.empty();
    }
    long asn = m.asn().getAsLong();
    boolean witness = m.asnFrom().filter(by -> by != NetworkSource.AGENT).isPresent();
    boolean ownWord = m.providerFrom().filter(by -> by == NetworkSource.AGENT).isPresent();
    Said said = new Said(m.agentId(), key(m.provider().get()));
    synchronized (systems) {
      Map<String, Said> networks = systems.getOrDefault(asn, Map.of());
      Optional<String> usual = ownWord ? usual(networks.values(), said.agent()) : Optional.empty();
      if (witness) {
        note(systems.computeIfAbsent(asn, as -> new LinkedHashMap<>()), Witness.of(m), said);
      }
      return usual
          .filter(name -> !name.equals(said.name()))
          .map(name -> "provider=%s others=%s asn=%d".formatted(m.provider().get(), name, asn));
    }
  }

  private static void note(Map<String, Said> networks, String network, Said said) {
    networks.remove(network);
    networks.put(network, said);
    if (networks.size() > MOST_NETWORKS) {
      networks.remove(networks.keySet().iterator().next());
    }
  }

  /** What they go by in nearly all networks. */
  private static Optional<String> usual(Collection<Said> all, String agent) {
    List<String> others =
        all.stream().filter(said -> !said.agent().equals(agent)).map(Said::name).toList();
    if (others.size() < FEWEST_OTHERS) {
      return Optional.empty();
    }
    Map<String, Integer> counts = new HashMap<>();
    others.forEach(name -> counts.merge(name, 1, Integer::sum));
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= NEARLY_ALL * others.size())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static String key(String provider) {
    return provider.strip().toLowerCase(Locale.ROOT);
  }
}

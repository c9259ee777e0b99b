package org.vidtomo.aggregator.flag;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.NetworkSource;

/**
 * An ISP of the agent's own word, in an AS of which nearly all other agents name one other ISP. The
 * AS is the coordinator's word or the table's.
 */
final class ProviderContradictsNetwork implements FlagRule {
  private static final int MOST_SYSTEMS = 5_000;
  private static final int MOST_AGENTS = 200;
  private static final int FEWEST_OTHERS = 5;
  private static final double NEARLY_ALL = 0.8;

  private final Map<Long, Map<String, String>> systems = BoundedMaps.byUse(MOST_SYSTEMS);

  @Override
  public FlagKind kind() {
    return FlagKind.PROVIDER_CONTRADICTS_NETWORK;
  }

  @Override
  public Optional<String> objection(Measurement m) {
    boolean known =
        m.asnFrom().filter(by -> by != NetworkSource.AGENT).isPresent()
            && m.asn().isPresent()
            && m.provider().isPresent();
    if (!known) {
      return Optional.empty();
    }
    String provider = m.provider().get();
    boolean ownWord = m.providerFrom().filter(by -> by == NetworkSource.AGENT).isPresent();
    synchronized (systems) {
      Map<String, String> agents =
          systems.computeIfAbsent(m.asn().getAsLong(), asn -> new LinkedHashMap<>());
      agents.remove(m.agentId());
      Optional<String> usual = ownWord ? usual(agents) : Optional.empty();
      agents.put(m.agentId(), key(provider));
      if (agents.size() > MOST_AGENTS) {
        agents.remove(agents.keySet().iterator().next());
      }
      return usual
          .filter(name -> !name.equals(key(provider)))
          .map(
              name ->
                  "provider=%s others=%s asn=%d".formatted(provider, name, m.asn().getAsLong()));
    }
  }

  /** What nearly all of them go by. */
  private static Optional<String> usual(Map<String, String> agents) {
    if (agents.size() < FEWEST_OTHERS) {
      return Optional.empty();
    }
    Map<String, Integer> counts = new HashMap<>();
    agents.values().forEach(name -> counts.merge(name, 1, Integer::sum));
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= NEARLY_ALL * agents.size())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static String key(String provider) {
    return provider.strip().toLowerCase(Locale.ROOT);
  }
}

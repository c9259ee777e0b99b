package org.vidtomo.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Those who have connected and not logged in yet. They are few: whoever comes when there are too
 * many, or too many of its network, takes the place of the one who has been here longest, so that
 * those who say nothing keep out nobody who logs in at once. Thread-safe.
 */
final class Strangers {
  static final int MOST = 1_000;
  static final int MOST_OF_NETWORK = 100;

  /** With the network of each; the one who came first stands first. */
  private final Map<GateConnection, String> here = new LinkedHashMap<>();

  /**
   * One more is here.
   *
   * @return who has to go for it
   */
  synchronized List<GateConnection> comes(GateConnection stranger, String network) {
    here.put(stranger, network);
    List<GateConnection> leaving = new ArrayList<>();
    here.entrySet().stream()
        .filter(each -> each.getValue().equals(network))
        .map(Map.Entry::getKey)
        .limit(Math.max(0, ofNetwork(network) - MOST_OF_NETWORK))
        .forEach(leaving::add);
    if (leaving.isEmpty() && here.size() > MOST) {
      leaving.add(here.keySet().iterator().next());
    }
    here.keySet().removeAll(leaving);
    return leaving;
  }

  private long ofNetwork(String network) {
    return here.values().stream().filter(network::equals).count();
  }

  /** It has logged in, or gone. */
  synchronized void known(GateConnection connection) {
    here.remove(connection);
  }
}

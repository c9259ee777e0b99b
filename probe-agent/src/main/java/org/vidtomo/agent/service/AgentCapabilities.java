package org.vidtomo.agent.service;

import java.util.ArrayList;
import java.util.List;
import org.vidtomo.agent.http.HttpEngine;
import org.vidtomo.agent.ping.Pinger;
import org.vidtomo.core.task.Capabilities;

/**
 * What this version of the agent can do on this machine. A word is added here together with the
 * code that makes it true: the coordinator relies on it.
 */
final class AgentCapabilities {
  private AgentCapabilities() {}

  static List<String> here() {
    List<String> words = new ArrayList<>();
    words.add(Capabilities.ASSIGNMENT_1);
    words.add(Capabilities.REPORT_1);
    if (HttpEngine.http3Available()) {
      words.add(Capabilities.HTTP_3);
    }
    if (Pinger.icmpAvailable()) {
      words.add(Capabilities.ICMP);
    }
    return List.copyOf(words);
  }
}

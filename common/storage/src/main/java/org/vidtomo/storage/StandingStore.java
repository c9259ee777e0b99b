package org.vidtomo.storage;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** What tells how far agents are believed. */
public interface StandingStore {
  /** Notes a strike; the same again changes its time alone. Forgotten after 30 days. */
  CompletionStage<Void> note(Strike strike);

  /** All that are known. */
  List<Strike> strikes();

  /** Forgets an agent's. */
  void clear(String agentId);

  /** Where an agent is now. Forgotten after 30 days. */
  CompletionStage<Void> put(AgentOrigin origin);

  /** Where agents are. */
  List<AgentOrigin> origins();
}

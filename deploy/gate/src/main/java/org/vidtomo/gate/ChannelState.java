package org.vidtomo.gate;

import java.util.HashSet;
import java.util.Set;
import org.vidtomo.messaging.admin.AgentRights;

/** A channel of an agent: what must come next on it, and who consumes. */
final class ChannelState {
  /** An agent's doctor tries whether it may publish and takes it back; more is never needed. */
  private static final int MOST_UNCOMMITTED = 4;

  private static final long NOTHING = 0;
  private static final long HEADER = -1;

  private long expected = NOTHING;
  private boolean transactional;
  private int uncommitted;

  /** Consumers that the broker has, by their tags, and those that it was asked for. */
  private final Set<String> consumers = new HashSet<>();

  private int consumersToCome;
  private boolean closing;
  private boolean closedByBroker;

  void selectTransactions() {
    transactional = true;
  }

  void rolledBack() {
    uncommitted = 0;
  }

  /** A message was announced. */
  void published() throws RefusedException {
    expected = HEADER;
    if (transactional && ++uncommitted > MOST_UNCOMMITTED) {
      throw RefusedException.notAllowed(Method.BASIC_PUBLISH, "transactions are for trying alone");
    }
  }

  boolean awaitsHeader() {
    return expected == HEADER;
  }

  /** The message's header said how long its body is. */
  void announced(long bodyBytes) {
    expected = bodyBytes;
  }

  /** A part of the body came. */
  void body(int bytes) throws RefusedException {
    if (expected <= 0 || bytes > expected) {
      throw RefusedException.malformed("more of a message than was announced");
    }
    expected -= bytes;
  }

  /** One more consumer is asked for: the broker keeps each, and has no limit of its own. */
  void consume() throws RefusedException {
    if (consumers.size() + consumersToCome >= AgentRights.MAX_CONSUMERS) {
      throw RefusedException.notAllowed(
          Method.BASIC_CONSUME, "over %d consumers".formatted(AgentRights.MAX_CONSUMERS));
    }
    consumersToCome++;
  }

  /** The broker has a consumer that was asked for. */
  void consumes(String tag) {
    consumersToCome--;
    consumers.add(tag);
  }

  /** The broker has it no more. */
  void cancelled(String tag) {
    consumers.remove(tag);
  }

  /** The agent sends nothing more on it, until the broker has closed it. */
  void close() {
    closing = true;
  }

  boolean isClosing() {
    return closing;
  }

  /** The broker waits for the agent to confirm that. */
  void closedByBroker() {
    closedByBroker = true;
  }

  boolean isClosedByBroker() {
    return closedByBroker;
  }

  /** Between messages. */
  boolean idle() {
    return expected == NOTHING;
  }
}

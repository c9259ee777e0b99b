package org.vidtomo.messaging;

import java.util.Optional;

/**
 * How a connection is now.
 *
 * @param connected whether there is an open connection
 * @param blocked whether the broker takes no messages, by an alarm of memory or disk
 * @param subscriptions open subscriptions
 * @param consuming subscriptions to which the broker sends messages
 * @param paused subscriptions that were paused here
 * @param problem the last error, while it lasts
 */
public record BrokerHealth(
    boolean connected,
    boolean blocked,
    int subscriptions,
    int consuming,
    int paused,
    Optional<String> problem) {

  /** Whether everything that should flow can flow. */
  public boolean healthy() {
    return connected && !blocked && notConsuming() == 0;
  }

  /** Subscriptions neither consuming nor paused: "connected but not consuming" if connected. */
  public int notConsuming() {
    return Math.max(0, subscriptions - consuming - paused);
  }

  /** One line for a person. */
  public String describe() {
    String state;
    if (!connected) {
      state = "not connected";
    } else if (blocked) {
      state = "connected, but the broker is blocking publishers";
    } else if (notConsuming() > 0) {
      state = "connected but not consuming";
    } else {
      state = "connected";
    }
    String counts =
        subscriptions == 0
            ? ""
            : ", consuming " + consuming + " of " + subscriptions + " (" + paused + " paused)";
    return state + counts + problem.map(p -> ": " + p).orElse("");
  }
}

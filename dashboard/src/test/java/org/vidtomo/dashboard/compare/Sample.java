package org.vidtomo.dashboard.compare;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One measurement's value of one metric, in one group.
 *
 * @param group the group's key, such as an ISP's name
 * @param agent the agent's id
 * @param prefix the agent's network prefix; absent when it keeps it to itself
 * @param video the video's canonical id
 * @param slot the scheduled hour
 * @param value in the metric's unit; {@link Metric#worst()} when a failure ranks last
 * @param failed whether the value stands for a failure
 */
public record Sample(
    String group,
    String agent,
    Optional<String> prefix,
    String video,
    Instant slot,
    double value,
    boolean failed) {

  public Sample {
    requireNonNull(group, "group");
    requireNonNull(agent, "agent");
    requireNonNull(prefix, "prefix");
    requireNonNull(video, "video");
    requireNonNull(slot, "slot");
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("a sample's value must be a number");
    }
  }
}

package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A round-trip delay sample to one address (RFC 2681).
 *
 * @param delaysMicros the singletons that came back; a lost one is undefined and not in the list
 * @param lossRatio lost ÷ sent, 0 to 1; 1 when nothing could be sent
 */
public record Ping(
    String address,
    String host,
    PacketType packetType,
    int sent,
    int received,
    List<Long> delaysMicros,
    OptionalLong minMicros,
    OptionalLong avgMicros,
    OptionalLong maxMicros,
    double lossRatio,
    Optional<Failure> failure)
    implements Observation {
  public Ping {
    requireNonNull(address, "address");
    requireNonNull(host, "host");
    requireNonNull(packetType, "packetType");
    delaysMicros = List.copyOf(delaysMicros);
    if (received < 0 || received > sent) {
      throw new IllegalArgumentException("received must be 0 to sent, is " + received);
    }
    if (!(lossRatio >= 0 && lossRatio <= 1)) {
      throw new IllegalArgumentException("lossRatio must be 0 to 1, is " + lossRatio);
    }
  }
}

package org.vidtomo.agent.http;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** When a connection's handshakes began and ended. Written by the network thread alone. */
final class ConnectTimes {
  private final LongSupplier ticker;
  private volatile OptionalLong tcpStart = OptionalLong.empty();
  private volatile OptionalLong tcpEnd = OptionalLong.empty();
  private volatile OptionalLong tlsEnd = OptionalLong.empty();

  ConnectTimes(LongSupplier ticker) {
    this.ticker = ticker;
  }

  void tcpStarted() {
    tcpStart = OptionalLong.of(ticker.getAsLong());
  }

  void tcpEnded() {
    tcpEnd = OptionalLong.of(ticker.getAsLong());
  }

  void tlsEnded() {
    tlsEnd = OptionalLong.of(ticker.getAsLong());
  }

  boolean connected() {
    return tcpEnd.isPresent();
  }

  OptionalLong connectMicros() {
    return between(tcpStart, tcpEnd);
  }

  OptionalLong tlsMicros() {
    return between(tcpEnd, tlsEnd);
  }

  static OptionalLong between(OptionalLong fromNanos, OptionalLong toNanos) {
    return fromNanos.isPresent() && toNanos.isPresent()
        ? OptionalLong.of((toNanos.getAsLong() - fromNanos.getAsLong()) / 1000)
        : OptionalLong.empty();
  }
}

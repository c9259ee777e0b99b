package org.vidtomo.agent.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * When a connection's handshakes began and ended, when it last read and wrote, how much, and who
 * takes the bodies that come on it. Written by the network thread alone.
 */
final class ConnectTimes {
  private final LongSupplier ticker;
  private final LongConsumer line;
  private volatile OptionalLong tcpStart = OptionalLong.empty();
  private volatile OptionalLong tcpEnd = OptionalLong.empty();
  private volatile OptionalLong tlsEnd = OptionalLong.empty();
  private volatile Optional<String> alpn = Optional.empty();

  private long received;

  private volatile OptionalLong lastRead = OptionalLong.empty();
  private volatile OptionalLong lastWrite = OptionalLong.empty();

  private Optional<Consumer<ByteBuffer>> bodyTaker = Optional.empty();

  /**
   * Of no connection yet.
   *
   * @param line hears of bytes that go over it
   */
  ConnectTimes(LongSupplier ticker, LongConsumer line) {
    this.ticker = ticker;
    this.line = line;
  }

  /** The TCP handshake begins, or QUIC's. */
  void tcpStarted() {
    line.accept(WireBytes.connection());
    tcpStart = OptionalLong.of(ticker.getAsLong());
  }

  void tcpEnded() {
    tcpEnd = OptionalLong.of(ticker.getAsLong());
  }

  /** TLS stands, and agreed on this protocol. */
  void tlsEnded(Optional<String> protocol) {
    tlsEnd = OptionalLong.of(ticker.getAsLong());
    alpn = protocol;
  }

  /** QUIC stands: one handshake for transport and TLS, which ended with the newest packet. */
  void quicEnded() {
    tcpEnd = OptionalLong.of(readSince(tcpStart.orElseThrow()));
    alpn = Optional.of("h3");
  }

  Optional<String> alpn() {
    return alpn;
  }

  /** From now on gives the bytes of bodies to the taker, each buffer during the call only. */
  void giveBodyTo(Optional<Consumer<ByteBuffer>> taker) {
    bodyTaker = taker;
  }

  Optional<Consumer<ByteBuffer>> bodyTaker() {
    return bodyTaker;
  }

  /** The socket read. */
  void read(long bytes) {
    received += bytes;
    line.accept(WireBytes.read(bytes));
    lastRead = OptionalLong.of(ticker.getAsLong());
  }

  void writing() {
    lastWrite = OptionalLong.of(ticker.getAsLong());
  }

  /** The socket wrote. */
  void written(long bytes) {
    line.accept(WireBytes.written(bytes));
  }

  /** A datagram came. */
  void datagramRead(long bytes) {
    received += bytes;
    line.accept(WireBytes.datagram(bytes));
    lastRead = OptionalLong.of(ticker.getAsLong());
  }

  /** A datagram goes. */
  void datagramWritten(long bytes) {
    line.accept(WireBytes.datagram(bytes));
    lastWrite = OptionalLong.of(ticker.getAsLong());
  }

  /** The connection is ended while it receives, so long after the request. */
  void cutOff(Duration after) {
    line.accept(WireBytes.underWay(received, after));
  }

  /** The socket's newest read, if that came after {@code nanos}; else {@code nanos}. */
  long readSince(long nanos) {
    return later(lastRead, nanos);
  }

  /** The socket's newest write, if that came after {@code nanos}; else {@code nanos}. */
  long writtenSince(long nanos) {
    return later(lastWrite, nanos);
  }

  private static long later(OptionalLong at, long nanos) {
    return at.isPresent() && at.getAsLong() - nanos > 0 ? at.getAsLong() : nanos;
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

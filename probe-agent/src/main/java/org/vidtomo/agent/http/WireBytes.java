package org.vidtomo.agent.http;

import java.time.Duration;

/**
 * What measuring costs on a line, both ways, from what the agent sees of it: frames of Ethernet
 * with all their headers. A little more than most lines carry, so that an account by it comes out
 * too large rather than too small.
 */
public final class WireBytes {
  /** Ethernet 14, IPv6 40 (IPv4 has 20), TCP with time stamps 32. */
  private static final int HEADERS = 86;

  /** Of a frame of 1,514 bytes. */
  private static final int SEGMENT = 1428;

  /** A segment brings its headers, every second one an answer that is nothing but headers. */
  private static final double TCP_SHARE = 1.5 * HEADERS / SEGMENT;

  /** Three packets at the beginning, four at the end. */
  private static final int CONNECTION = 7 * HEADERS;

  /**
   * A question and an answer of the size that goes without fragments (RFC 9715), for A and AAAA.
   */
  private static final int LOOKUP = 2 * (100 + 600);

  /**
   * Of iputils and inetutils: 56 bytes with ICMP's, IP's and Ethernet's headers, there and back.
   */
  private static final int ECHO = 2 * (64 + 54);

  /** SYN, its answer, and how it ends. */
  private static final int HANDSHAKE = 5 * HEADERS;

  /** As far as Linux and others let a receive window grow (tcp_rmem). */
  public static final long WINDOW = 6L << 20;

  /** Lines that are in use hold packets back for so long; few hold them longer. */
  private static final Duration QUEUED = Duration.ofMillis(300);

  private WireBytes() {}

  /** Bytes read from a TCP socket. */
  public static long read(long bytes) {
    return bytes + Math.round(bytes * TCP_SHARE);
  }

  /** Bytes written to a TCP socket at once. */
  public static long written(long bytes) {
    return read(bytes) + 2 * HEADERS;
  }

  /** A datagram that carries so many bytes. */
  static long datagram(long bytes) {
    return bytes + HEADERS;
  }

  /** A TCP connection, whatever goes over it. */
  public static long connection() {
    return CONNECTION;
  }

  /** A name at one resolver. */
  public static long lookup() {
    return LOOKUP;
  }

  /** A TCP handshake that is nothing else. */
  public static long handshake() {
    return HANDSHAKE;
  }

  /** An ICMP echo. */
  public static long echo() {
    return ECHO;
  }

  /**
   * What still comes on a connection that is ended while it receives: as much as the receive window
   * lets, as the sender may have under way at this rate, and not more than came (RFC 5681 §3.1).
   */
  static long underWay(long received, Duration took) {
    double perSecond = received / Math.max(1e-3, took.toNanos() / 1e9);
    long inQueues = Math.round(perSecond * QUEUED.toNanos() / 1e9);
    return read(Math.min(Math.min(received, WINDOW), inQueues));
  }
}

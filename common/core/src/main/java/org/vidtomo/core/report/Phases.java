package org.vidtomo.core.report;

import java.util.OptionalLong;

/**
 * How long each phase of one HTTP exchange took, in microseconds. Absent: the phase did not happen
 * or did not end.
 *
 * @param resolveMicros name to address
 * @param connectMicros TCP handshake; with HTTP/3 QUIC's, which is TLS's as well
 * @param tlsMicros TLS handshake over TCP
 * @param processingMicros request sent to first byte of the response
 * @param transferMicros first byte to last byte
 */
public record Phases(
    OptionalLong resolveMicros,
    OptionalLong connectMicros,
    OptionalLong tlsMicros,
    OptionalLong processingMicros,
    OptionalLong transferMicros) {

  /** No phase seen yet. */
  public static final Phases NONE =
      new Phases(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());
}

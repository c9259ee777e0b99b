package org.vidtomo.agent.http;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Phases;

/**
 * What came of a request.
 *
 * @param protocol {@code HTTP/1.1}, {@code HTTP/2} or {@code HTTP/3}; absent when no connection
 *     stood
 * @param tls version and cipher
 * @param alpn what TLS agreed on for it, {@code h2}
 * @param http3Failure why HTTP/3, which was asked for, was not used
 * @param phases without the name's resolution
 * @param elapsedMicros from sending the request to the end; 0 when it was not sent
 * @param failure present exactly when the end is {@link End#FAILED}
 */
public record Exchange(
    End end,
    Optional<ResponseHead> head,
    Optional<String> protocol,
    Optional<String> tls,
    Optional<String> alpn,
    Optional<Failure> http3Failure,
    Phases phases,
    long elapsedMicros,
    Optional<Failure> failure) {

  /** What ended an exchange. */
  public enum End {
    /** The body's end. */
    COMPLETE,
    /** The sink wanted no more. */
    STOPPED,
    /** The request's body limit. */
    TIME_LIMIT,
    FAILED
  }

  public Exchange {
    requireNonNull(end, "end");
    requireNonNull(phases, "phases");
    if (failure.isPresent() != (end == End.FAILED)) {
      throw new IllegalArgumentException("an exchange has a failure exactly when it failed");
    }
  }

  /** Nothing was sent. */
  public static Exchange failed(Failure failure) {
    return new Exchange(
        End.FAILED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Phases.NONE,
        0,
        Optional.of(failure));
  }

  /** The same, with how long the name took. */
  Exchange resolvedIn(long micros) {
    Phases resolved =
        new Phases(
            OptionalLong.of(micros),
            phases.connectMicros(),
            phases.tlsMicros(),
            phases.processingMicros(),
            phases.transferMicros());
    return new Exchange(
        end, head, protocol, tls, alpn, http3Failure, resolved, elapsedMicros, failure);
  }

  /** The same, in place of one over HTTP/3. */
  Exchange insteadOfHttp3(Failure why) {
    return new Exchange(
        end, head, protocol, tls, alpn, Optional.of(why), phases, elapsedMicros, failure);
  }

  /** Whether it failed, and in this way. */
  public boolean failedFor(FailureKind kind) {
    return failure.filter(f -> f.kind() == kind).isPresent();
  }

  /** The connection ended, or could not be used, before anything came. */
  boolean closedUnanswered() {
    return head.isEmpty()
        && failure
            .filter(
                f ->
                    f.kind() == FailureKind.CONNECTION_RESET
                        || f.kind() == FailureKind.HTTP_PROTOCOL
                        || f.kind() == FailureKind.BODY_TRUNCATED)
            .isPresent();
  }
}

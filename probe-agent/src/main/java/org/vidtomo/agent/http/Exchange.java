package org.vidtomo.agent.http;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.Phases;

/**
 * What came of a request.
 *
 * @param protocol {@code HTTP/1.1} or {@code HTTP/2}; absent when no connection stood
 * @param tls version and cipher
 * @param phases without the name's resolution
 * @param elapsedMicros from sending the request to the end; 0 when it was not sent
 * @param failure present exactly when the end is {@link End#FAILED}
 */
public record Exchange(
    End end,
    Optional<ResponseHead> head,
    Optional<String> protocol,
    Optional<String> tls,
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
        Phases.NONE,
        0,
        Optional.of(failure));
  }
}

package org.vidtomo.agent.failure;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;

/** Exceptions and limits as failures: the one place that knows how the network's errors look. */
public final class Failures {
  private Failures() {}

  /** What an exception means, whatever it is wrapped in. */
  public static Failure of(Throwable thrown, String operation) {
    return new Failure(kind(thrown), operation, detail(thrown));
  }

  /** An exception while the body was coming: an orderly close then cut it short. */
  public static Failure ofBody(Throwable thrown) {
    boolean closed = has(thrown, HttpClosedException.class) && !complains(thrown);
    FailureKind kind = closed ? FailureKind.BODY_TRUNCATED : kind(thrown);
    return new Failure(kind, "download", detail(thrown));
  }

  /** A limit of ours was reached. */
  public static Failure timeout(FailureKind kind, String operation, Duration limit) {
    return new Failure(kind, operation, "nothing within " + limit.toMillis() / 1000.0 + " s");
  }

  /** The whole measurement's time was over. */
  public static Failure deadline(String operation) {
    return new Failure(
        FailureKind.DEADLINE, operation, "the measurement's time was over before this ended");
  }

  /** The agent was told to stop. */
  public static Failure interrupted(String operation) {
    return new Failure(FailureKind.INTERRUPTED, operation, "the agent was told to stop");
  }

  private static FailureKind kind(Throwable thrown) {
    return tlsKind(thrown).or(() -> connectKind(thrown)).orElseGet(() -> httpKind(thrown));
  }

  private static Optional<FailureKind> tlsKind(Throwable thrown) {
    if (has(thrown, SslHandshakeTimeoutException.class)) {
      return Optional.of(FailureKind.TLS_TIMEOUT);
    }
    Optional<Throwable> certificate = find(thrown, CertificateException.class::isInstance);
    if (certificate.isPresent()) {
      boolean name = says(certificate.get(), "no name matching", "subject alternative");
      return Optional.of(name ? FailureKind.TLS_NAME_MISMATCH : FailureKind.TLS_CERTIFICATE);
    }
    if (find(thrown, t -> t.getClass().getName().startsWith("java.security.cert.")).isPresent()) {
      return Optional.of(FailureKind.TLS_CERTIFICATE);
    }
    return has(thrown, SSLException.class)
        ? Optional.of(FailureKind.TLS_HANDSHAKE)
        : Optional.empty();
  }

  private static Optional<FailureKind> connectKind(Throwable thrown) {
    if (has(thrown, ConnectTimeoutException.class)) {
      return Optional.of(FailureKind.CONNECT_TIMEOUT);
    }
    if (has(thrown, NoRouteToHostException.class)
        || anySays(thrown, "unreachable", "no route to host", "cannot assign requested address")) {
      return Optional.of(FailureKind.HOST_UNREACHABLE);
    }
    if (has(thrown, ConnectException.class) && anySays(thrown, "refused")) {
      return Optional.of(FailureKind.CONNECTION_REFUSED);
    }
    if (has(thrown, ConnectException.class) && anySays(thrown, "timed out")) {
      return Optional.of(FailureKind.CONNECT_TIMEOUT);
    }
    boolean reset = anySays(thrown, "connection reset", "broken pipe");
    return reset ? Optional.of(FailureKind.CONNECTION_RESET) : Optional.empty();
  }

  private static FailureKind httpKind(Throwable thrown) {
    if (has(thrown, TooLongFrameException.class)
        || has(thrown, Http2Exception.HeaderListSizeException.class)
        || anySays(thrown, "header size exceeded")) {
      return FailureKind.HEADERS_TOO_LARGE;
    }
    if (complains(thrown)) {
      return FailureKind.HTTP_PROTOCOL;
    }
    // Vert.x has no type for a connection that ends before it stands.
    if (has(thrown, HttpClosedException.class)
        || anySays(thrown, "connection was closed")
        || has(thrown, StreamResetException.class)
        || has(thrown, SocketException.class)) {
      return FailureKind.CONNECTION_RESET;
    }
    boolean protocol =
        has(thrown, DecoderException.class)
            || has(thrown, Http2Exception.class)
            || has(thrown, ProxyConnectException.class)
            || has(thrown, IllegalArgumentException.class);
    return protocol ? FailureKind.HTTP_PROTOCOL : FailureKind.UNKNOWN;
  }

  /** HTTP/2 ended the connection for what one side had done wrong (RFC 9113 §7). */
  private static boolean complains(Throwable thrown) {
    return find(
            thrown,
            t ->
                t instanceof HttpClosedException closed
                    && closed.goAway() != null
                    && closed.goAway().getErrorCode() != 0)
        .isPresent();
  }

  private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
    return find(thrown, type::isInstance).isPresent();
  }

  private static boolean anySays(Throwable thrown, String... words) {
    return find(thrown, t -> says(t, words)).isPresent();
  }

  private static boolean says(Throwable thrown, String... words) {
    String message =
        thrown.getMessage() == null ? "" : thrown.getMessage().toLowerCase(Locale.ROOT);
    for (String word : words) {
      if (message.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Throwable> find(Throwable thrown, Predicate<Throwable> test) {
    Set<Throwable> seen = new HashSet<>();
    for (Throwable t = thrown; t != null && seen.add(t); t = t.getCause()) {
      if (test.test(t)) {
        return Optional.of(t);
      }
    }
    return Optional.empty();
  }

  /** The innermost message, without URLs or addresses: those stand elsewhere in the report. */
  private static String detail(Throwable thrown) {
    String text = "";
    Set<Throwable> seen = new HashSet<>();
    for (Throwable t = thrown; t != null && seen.add(t); t = t.getCause()) {
      text = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
    }
    // Some messages quote what the server sent; the pattern below must not see kilobytes of it.
    String bounded = text.substring(0, Math.min(text.length(), Failure.MAX_DETAIL));
    return bounded
        .replaceAll("\\S*(?:://|/[0-9]+\\.[0-9]+\\.|/\\[?[0-9a-f]*:)\\S*", "…")
        .replaceAll("\\s+", " ");
  }
}

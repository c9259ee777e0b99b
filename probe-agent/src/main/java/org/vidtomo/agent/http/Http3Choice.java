package org.vidtomo.agent.http;

import io.netty.handler.codec.quic.Quic;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.task.HttpProtocol;

/**
 * HTTP/3 where it was asked for, else the best of HTTP/2 and HTTP/1.1 with the reason. A server
 * that did not answer over QUIC is not tried so again: it costs its time-out once. One of these
 * serves one measurement; not thread-safe.
 */
final class Http3Choice {
  private final Map<InetSocketAddress, Failure> inVain = new HashMap<>();

  Exchange exchange(HttpEngine engine, ExchangeRequest request, BodySink sink, Deadline deadline) {
    if (request.protocol() != HttpProtocol.HTTP_3) {
      return engine.exchange(request, sink, deadline);
    }
    Optional<Failure> reason = impossible(request);
    if (reason.isEmpty()) {
      Exchange exchange = engine.exchange(request, sink, deadline);
      if (!connectFailed(exchange)) {
        return exchange;
      }
      reason = exchange.failure();
      inVain.put(request.endpoint().address(), reason.get());
    }
    return engine
        .exchange(request.withProtocol(HttpProtocol.AUTO), sink, deadline)
        .insteadOfHttp3(reason.get());
  }

  private Optional<Failure> impossible(ExchangeRequest request) {
    if (!request.ssl()) {
      return because(FailureKind.HTTP_PROTOCOL, "an http URL has no HTTP/3");
    }
    if (request.endpoint().proxy().isPresent()) {
      return because(FailureKind.HTTP_PROTOCOL, "HTTP/3 does not go through an HTTP proxy");
    }
    if (!available()) {
      return because(FailureKind.TOOL_MISSING, "this platform has no QUIC library");
    }
    return Optional.ofNullable(inVain.get(request.endpoint().address()));
  }

  /** There is a QUIC library for this platform. */
  static boolean available() {
    return Quic.isAvailable();
  }

  private static Optional<Failure> because(FailureKind kind, String detail) {
    return Optional.of(new Failure(kind, "connect", detail));
  }

  /** What the agent's own policy or end stopped would be stopped again. */
  private static boolean connectFailed(Exchange exchange) {
    return exchange
        .failure()
        .filter(failure -> failure.operation().equals("connect"))
        .filter(failure -> failure.kind() != FailureKind.DEADLINE)
        .filter(failure -> failure.kind().mayBeCausedBy() == FailureKind.Cause.NETWORK)
        .isPresent();
  }
}

package org.vidtomo.agent.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vidtomo.agent.failure.Failures;
import org.vidtomo.agent.http.Exchange.End;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Phases;
import org.vidtomo.core.task.HttpProtocol;

/**
 * One request to one pinned address. All state but {@link #done} belongs to the exchange's event
 * loop; the caller waits for the end.
 */
final class TimedExchange {
  private static final Duration GRACE = Duration.ofMillis(800);

  private final HttpEngine engine;
  private final Vertx vertx;
  private final ExchangeRequest request;
  private final BodySink sink;
  private final Deadline deadline;
  private final ConnectTimes times;
  private final Optional<KeptConnections.Kept> open;
  private final Optional<KeptConnections> keeper;
  private final CompletableFuture<Exchange> done = new CompletableFuture<>();

  private HttpClientConnection connection;
  private Optional<Throwable> fault = Optional.empty();
  private OptionalLong timer = OptionalLong.empty();
  private OptionalLong sentNanos = OptionalLong.empty();
  private OptionalLong headNanos = OptionalLong.empty();
  private Optional<ResponseHead> head = Optional.empty();

  /**
   * An exchange.
   *
   * @param open a connection to use again
   * @param keeper keeps the connection afterwards
   */
  TimedExchange(
      HttpEngine engine,
      Vertx vertx,
      ExchangeRequest request,
      BodySink sink,
      Deadline deadline,
      Optional<KeptConnections.Kept> open,
      Optional<KeptConnections> keeper) {
    this.engine = engine;
    this.vertx = vertx;
    this.request = request;
    this.sink = sink;
    this.deadline = deadline;
    this.open = open;
    this.keeper = keeper;
    this.times = open.map(KeptConnections.Kept::times).orElseGet(engine::newTimes);
  }

  Exchange run() {
    if (deadline.over()) {
      return Exchange.failed(Failures.deadline("connect"));
    }
    Context context = vertx.getOrCreateContext();
    context.runOnContext(go -> open.ifPresentOrElse(k -> use(k.connection()), this::connect));
    try {
      return done.get(deadline.remaining().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      context.runOnContext(go -> fail(Failures.deadline(operation())));
      return Exchange.failed(Failures.deadline("download"));
    } catch (InterruptedException e) {
      context.runOnContext(go -> fail(Failures.interrupted(operation())));
      Thread.currentThread().interrupt();
      return Exchange.failed(Failures.interrupted("request"));
    } catch (ExecutionException e) {
      return Exchange.failed(Failures.of(e.getCause(), "request"));
    }
  }

  private void connect() {
    try {
      boolean quic = request.protocol() == HttpProtocol.HTTP_3;
      Duration limit = engine.limits().connect(request.protocol());
      arm(request.ssl() && !quic ? limit.plus(engine.limits().tls()) : limit, this::connectLimit);
      if (quic) {
        times.tcpStarted();
      }
      engine
          .connect(request.protocol(), Wiring.connectOptions(request, engine.limits()), times)
          .onComplete(this::connected);
    } catch (RuntimeException e) {
      fail(Failures.of(e, "connect"));
    }
  }

  private Failure connectLimit() {
    if (operation().equals("request")) {
      return Failures.timeout(
          FailureKind.RESPONSE_TIMEOUT, "request", engine.limits().connect(request.protocol()));
    }
    return times.connected()
        ? Failures.timeout(FailureKind.TLS_TIMEOUT, "tls", engine.limits().tls())
        : Failures.timeout(
            FailureKind.CONNECT_TIMEOUT, "connect", engine.limits().connect(request.protocol()));
  }

  private void connected(AsyncResult<HttpClientConnection> result) {
    if (result.failed()) {
      fail(Failures.of(result.cause(), operation()));
      return;
    }
    if (request.protocol() == HttpProtocol.HTTP_3) {
      times.quicEnded();
    }
    use(result.result());
  }

  private void use(HttpClientConnection ready) {
    connection = ready;
    // The request and the response hear that it ended, but of HTTP/2 not why.
    connection.exceptionHandler(cause -> fault = Optional.of(cause));
    if (request.protocol() == HttpProtocol.HTTP_3) {
      // Vert.x 5.2.0: a request over HTTP/3 does not hear that its connection ended.
      connection.closeHandler(gone -> closed());
    }
    if (done.isDone()) {
      connection.close();
      return;
    }
    connection
        .request(Wiring.requestOptions(request))
        .onComplete(
            made -> {
              if (made.succeeded()) {
                send(made.result());
              } else {
                fail(Failures.of(made.cause(), operation()));
              }
            });
  }

  private void closed() {
    Throwable end = fault.orElseGet(() -> new HttpClosedException("the connection was closed"));
    fail(head.isPresent() ? Failures.ofBody(end) : Failures.of(end, operation()));
  }

  private void send(HttpClientRequest ready) {
    Duration response = engine.limits().response();
    Duration limit = request.bodyLimit().orElse(response);
    Duration first = limit.compareTo(response) < 0 ? limit : response;
    arm(first, () -> Failures.timeout(FailureKind.RESPONSE_TIMEOUT, operation(), first));
    long start = engine.ticker().getAsLong();
    sentNanos = OptionalLong.of(start);
    Future<HttpClientResponse> answer =
        request.post().map(b -> ready.send(Buffer.buffer(b))).orElseGet(ready::send);
    // On the event loop sending writes at once; what was written last is the request.
    sentNanos = OptionalLong.of(times.writtenSince(start));
    answer.onComplete(this::answered);
  }

  private void answered(AsyncResult<HttpClientResponse> result) {
    if (result.failed()) {
      fail(Failures.of(reason(result.cause()), operation()));
      return;
    }
    if (done.isDone()) {
      return;
    }
    HttpClientResponse response = result.result();
    headNanos = OptionalLong.of(times.readSince(sentNanos.getAsLong()));
    head = Optional.of(ResponseHead.of(response.statusCode(), response.headers()));
    response.exceptionHandler(cause -> fail(Failures.ofBody(reason(cause))));
    response.endHandler(end -> finish(End.COMPLETE, Optional.empty()));
    times.giveBodyTo(Optional.of(this::bytes));
    response.handler(buffer -> bytes(((BufferInternal) buffer).getByteBuf().nioBuffer()));
    if (sink.head(head.get(), sinceSent())) {
      request.bodyLimit().ifPresentOrElse(this::armBody, this::armDeadline);
    } else {
      finish(End.STOPPED, Optional.empty());
    }
  }

  private Throwable reason(Throwable cause) {
    return cause instanceof HttpClosedException ? fault.orElse(cause) : cause;
  }

  private void bytes(ByteBuffer bytes) {
    if (!done.isDone()) {
      try {
        if (!sink.bytes(bytes, sinceSent())) {
          finish(End.STOPPED, Optional.empty());
        }
      } catch (RuntimeException e) {
        fail(Failures.of(e, "download"));
      }
    }
  }

  private void armBody(Duration limit) {
    Duration left = limit.minusNanos(engine.ticker().getAsLong() - sentNanos.getAsLong());
    if (left.compareTo(deadline.remaining()) > 0) {
      armDeadline();
    } else {
      armRaw(left, () -> finish(End.TIME_LIMIT, Optional.empty()));
    }
  }

  private void armDeadline() {
    armRaw(deadline.remaining(), () -> fail(Failures.deadline(operation())));
  }

  private void arm(Duration limit, java.util.function.Supplier<Failure> failure) {
    if (limit.compareTo(deadline.remaining()) > 0) {
      armDeadline();
    } else {
      armRaw(limit, () -> fail(failure.get()));
    }
  }

  private void armRaw(Duration delay, Runnable action) {
    timer.ifPresent(vertx::cancelTimer);
    timer = OptionalLong.of(vertx.setTimer(Math.max(1, delay.toMillis()), id -> action.run()));
  }

  /** What was being done when something went wrong. */
  private String operation() {
    if (head.isPresent()) {
      return "download";
    }
    if (sentNanos.isPresent()) {
      return "request";
    }
    if (!times.connected()) {
      return "connect";
    }
    // HTTP/2 waits for the server's settings before there is a connection to send a request on.
    return request.ssl() && times.tlsMicros().isEmpty() ? "tls" : "request";
  }

  /** When the bytes at hand were read from the socket. */
  private long sinceSent() {
    return (times.readSince(sentNanos.getAsLong()) - sentNanos.getAsLong()) / 1000;
  }

  private void fail(Failure failure) {
    finish(End.FAILED, Optional.of(failure));
  }

  private void finish(End end, Optional<Failure> failure) {
    if (done.isDone()) {
      return;
    }
    timer.ifPresent(vertx::cancelTimer);
    times.giveBodyTo(Optional.empty());
    OptionalLong now =
        OptionalLong.of(
            end == End.COMPLETE
                ? times.readSince(headNanos.getAsLong())
                : engine.ticker().getAsLong());
    Phases phases =
        new Phases(
            OptionalLong.empty(),
            open.isPresent() ? OptionalLong.empty() : times.connectMicros(),
            request.ssl() && open.isEmpty() ? times.tlsMicros() : OptionalLong.empty(),
            ConnectTimes.between(sentNanos, headNanos),
            end == End.COMPLETE ? ConnectTimes.between(headNanos, now) : OptionalLong.empty());
    Exchange exchange =
        new Exchange(
            end,
            head,
            Optional.ofNullable(connection).map(Wiring::protocol),
            Optional.ofNullable(connection).flatMap(Wiring::tls),
            times.alpn(),
            Optional.empty(),
            phases,
            ConnectTimes.between(sentNanos, now).orElse(0),
            failure);
    boolean keep = end == End.COMPLETE && keeper.isPresent() && connection != null;
    if (keep) {
      // Before the caller hears of the end, since it may ask again at once.
      keeper.get().keep(request, new KeptConnections.Kept(connection, times));
    }
    done.complete(exchange);
    if (connection != null && !keep) {
      if (end != End.COMPLETE) {
        times.cutOff(Duration.ofNanos(now.getAsLong() - sentNanos.orElse(now.getAsLong())));
      }
      Wiring.close(connection);
    }
  }
}

package org.vidtomo.launcher.wiring;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vidtomo.runtime.Component;
import org.vidtomo.runtime.Health;

/** The event loops that the HTTP servers of a process share. */
public final class VertxComponent implements Component {
  private static final long CLOSE_SECONDS = 3;

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setUseDaemonThread(true).setEventLoopPoolSize(2));

  public Vertx vertx() {
    return vertx;
  }

  @Override
  public String name() {
    return "event loops";
  }

  @Override
  public void start() {}

  @Override
  public Health check() {
    return Health.ok("running");
  }

  @Override
  public void close() {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("closing the event loops", e);
    }
  }
}

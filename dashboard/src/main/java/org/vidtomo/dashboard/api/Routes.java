package org.vidtomo.dashboard.api;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * What all routes share: reading off the event loop, so many at a time, and answering with JSON.
 */
final class Routes {
  /** How many requests may wait for the store; more are told to come again. */
  private static final int MAX_WAITING = 100;

  private final Vertx vertx;
  private final Router router;
  private final WorkerExecutor workers;
  private final Callers callers;
  private final AgentNames names;
  private final List<String> paths = new ArrayList<>();
  private final Semaphore waiting = new Semaphore(MAX_WAITING);

  Routes(Vertx vertx, Router router, WorkerExecutor workers, Callers callers, AgentNames names) {
    this.vertx = vertx;
    this.router = router;
    this.workers = workers;
    this.callers = callers;
    this.names = names;
  }

  Router router() {
    return router;
  }

  /** A route that answers with the JSON of what a blocking read gives. */
  void json(String path, Set<String> parameters, Function<Request, Object> read, String... more) {
    get(
        path,
        context -> {
          Format.accepted(context.request().getHeader("accept"), false);
          Request request = request(context, parameters, more);
          answered(request, known -> blocking(() -> read.apply(known)))
              .onSuccess(value -> Replies.json(context, value))
              .onFailure(error -> Replies.failed(context, error));
        });
  }

  /** A route that answers with a view, as JSON or CSV, of what a blocking read gives. */
  void table(
      String path,
      CsvView csv,
      Set<String> parameters,
      Function<Request, Object> read,
      String... more) {
    add(path, request -> csv, parameters, request -> blocking(() -> read.apply(request)), more);
  }

  /** A route that answers with a view, as JSON or CSV, once it is computed. */
  void view(
      String path,
      CsvView csv,
      Set<String> parameters,
      Function<Request, CompletionStage<?>> computation,
      String... more) {
    views(path, request -> csv, parameters, computation, more);
  }

  /** The same where the request says which CSV. */
  void views(
      String path,
      Function<Request, CsvView> csv,
      Set<String> parameters,
      Function<Request, CompletionStage<?>> computation,
      String... more) {
    add(
        path,
        csv,
        parameters,
        request ->
            Future.fromCompletionStage(computation.apply(request), vertx.getOrCreateContext()),
        more);
  }

  private void add(
      String path,
      Function<Request, CsvView> csv,
      Set<String> parameters,
      Function<Request, Future<?>> computation,
      String... more) {
    String[] names = Arrays.copyOf(more, more.length + 1);
    names[more.length] = Format.PARAMETER;
    get(
        path,
        context -> {
          Request request = request(context, parameters, names);
          Format format = Format.of(context.request(), request.parameters());
          CsvView rows = csv.apply(request);
          answered(request, computation)
              .onSuccess(value -> Replies.view(context, format, rows, value))
              .onFailure(error -> Replies.failed(context, error));
        });
  }

  /** A route that answers as its handler does; what it throws becomes a problem. */
  void get(String path, Handler<RoutingContext> handler) {
    paths.add(path);
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(
            context -> {
              try {
                handler.handle(context);
              } catch (RuntimeException e) {
                Replies.failed(context, e);
              }
            });
  }

  /** The paths of all routes that answer GET. */
  List<String> paths() {
    return List.copyOf(paths);
  }

  /** Who asks is found out before anything else is. */
  <T> Future<T> answered(Request request, Function<Request, Future<? extends T>> computation) {
    return callers
        .scope(request.context())
        .compose(scope -> mayAsk(scope.isPresent() ? request.seeingAll() : request))
        .compose(known -> computation.apply(known).map(value -> (T) value));
  }

  /** The history of one agent is for those who may know it. */
  private Future<Request> mayAsk(Request request) {
    Optional<String> agent = request.parameters().text("agent");
    if (agent.isEmpty() || request.seesAll()) {
      return Future.succeededFuture(request);
    }
    return blocking(
        () -> {
          if (!request.mayName(agent.get())) {
            throw new ProblemException(
                403, "an agent that is one of few is shown to holders of a token alone");
          }
          return request;
        });
  }

  /** A request of nobody in particular with its parameters checked. */
  Request request(RoutingContext context, Set<String> parameters, String... more) {
    return new Request(
        context, new Parameters(context.queryParams()).allowing(parameters, more), names, false);
  }

  /** Runs something that blocks, on a worker. */
  <T> Future<T> blocking(java.util.function.Supplier<T> work) {
    if (!waiting.tryAcquire()) {
      return Future.failedFuture(new RejectedExecutionException("too many requests wait"));
    }
    return workers.executeBlocking(work::get, false).onComplete(done -> waiting.release());
  }

  /**
   * A request with its parameters checked.
   *
   * @param seesAll whether who asks may know every agent
   */
  record Request(RoutingContext context, Parameters parameters, AgentNames names, boolean seesAll) {
    private Request seeingAll() {
      return new Request(context, parameters, names, true);
    }

    /** Whether who asks may know an agent by name. Blocks. */
    boolean mayName(String agent) {
      return seesAll || names.mayBeKnown(agent);
    }

    /** The id in the path. */
    UUID id() {
      return Parameters.parse("the id", context.pathParam("id"), UUID::fromString, "a UUID");
    }
  }
}

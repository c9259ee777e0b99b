package org.vidtomo.coordinator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.vidtomo.coordinator.api.Routes.Answer;
import org.vidtomo.coordinator.campaign.Submission;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.core.wire.Wire;

/**
 * A campaign whose list comes as lines of text and is stored while it comes: the first line holds
 * the options in JSON, each further one a URL. A million lines are no list in memory.
 */
final class SeedUpload {
  private static final int MAX_LINE_BYTES = 16 << 10;

  private final RoutingContext context;
  private final Submissions submissions;
  private final LineSplitter splitter = new LineSplitter(MAX_LINE_BYTES);
  private Submission submission;
  private boolean failed;

  SeedUpload(RoutingContext context, Submissions submissions) {
    this.context = context;
    this.submissions = submissions;
  }

  /** Reads the body and answers. */
  void run() {
    HttpServerRequest request = context.request();
    request.exceptionHandler(this::fail);
    request.handler(piece -> take(request, piece));
    request.endHandler(end -> work(this::finish).onSuccess(answer -> Routes.send(context, answer)));
  }

  private void take(HttpServerRequest request, Buffer piece) {
    if (failed) {
      return;
    }
    request.pause();
    work(() -> {
          lines(splitter.add(piece.getBytes()));
          return true;
        })
        .onSuccess(done -> request.resume());
  }

  private void lines(List<String> lines) throws Exception {
    List<String> urls = new ArrayList<>(lines);
    if (submission == null && !urls.isEmpty()) {
      submission = submissions.begin(context, Wire.read(urls.remove(0), JsonNode.class));
    }
    if (submission != null) {
      submission.add(urls);
    }
  }

  private Answer finish() throws Exception {
    lines(splitter.rest().map(List::of).orElse(List.of()));
    if (submission == null) {
      throw new InvalidRequestException("line 1", "must hold the options as JSON, at least {}");
    }
    return submissions.finish(context, submission);
  }

  /** One piece of work after the other, off the event loop. */
  private <T> Future<T> work(Callable<T> work) {
    return context.vertx().executeBlocking(work, true).onFailure(this::fail);
  }

  private void fail(Throwable error) {
    if (failed) {
      return;
    }
    failed = true;
    Throwable told =
        error instanceof IllegalArgumentException
            ? new InvalidRequestException("urls", error.getMessage())
            : error;
    Problems.answer(context, told);
    context.request().resume();
    context.vertx().executeBlocking(this::abandon, true);
  }

  private Object abandon() {
    if (submission != null) {
      submission.abandon();
    }
    return null;
  }
}

package org.vidtomo.messaging;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes messages, so that no caller can hang in a socket. What was not
 * answered when a channel broke goes back to the head of the queue, in order.
 */
final class PublishWriter implements Piece {
  private static final Logger LOG = LoggerFactory.getLogger(PublishWriter.class);
  private static final long LOOK_MILLIS = 50;

  /** Some errors close a channel without naming a message: then all in flight are suspects. */
  private static final int MAX_CHANNEL_ERRORS = 3;

  private final Clock clock;
  private final MessagingMetrics metrics;
  private final Supervisor supervisor;
  private final PublishChannel.Answers answers;
  private final BiConsumer<Outstanding, PublishFailedException> failed;
  private final Thread thread;
  private final BlockingDeque<Outstanding> unsent = new LinkedBlockingDeque<>();
  private volatile PublishChannel channel;

  PublishWriter(
      Clock clock,
      MessagingMetrics metrics,
      Supervisor supervisor,
      Threads threads,
      PublishChannel.Answers answers,
      BiConsumer<Outstanding, PublishFailedException> failed) {
    this.clock = clock;
    this.metrics = metrics;
    this.supervisor = supervisor;
    this.answers = answers;
    this.failed = failed;
    this.thread = threads.named("publish", this::run);
  }

  void start() {
    thread.start();
    supervisor.add(this);
  }

  /** Takes a message; the publisher bounds how many there are. */
  void add(Outstanding outstanding) {
    unsent.addLast(outstanding);
  }

  /** Whether a message added now can be written at once. */
  boolean ready() {
    PublishChannel now = channel;
    return now != null && now.isOpen() && !supervisor.blocked();
  }

  void close() {
    supervisor.remove(this);
    thread.interrupt();
    PublishChannel last = channel;
    if (last != null) {
      last.close();
    }
  }

  @Override
  public void attach(Session session) throws IOException {
    channel = PublishChannel.open(session, answers);
  }

  @Override
  public String describe() {
    return "publishing";
  }

  private void run() {
    PublishChannel current = null;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (current != null && (current != channel || !current.isOpen())) {
          reclaim(current);
          supervisor.reattach(this, current.session());
          current = null;
        }
        if (current == null) {
          PublishChannel next = channel;
          current = next != null && next.isOpen() ? next : null;
        }
        if (current == null || supervisor.blocked()) {
          unsent.removeIf(Outstanding::settled);
          TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } else {
          writeNext(current);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("The publishing thread ends");
    }
  }

  private void writeNext(PublishChannel to) throws InterruptedException {
    Outstanding next = unsent.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    if (next == null || next.settled()) {
      return;
    }
    try {
      to.send(next, clock.instant());
    } catch (RuntimeException e) {
      failed.accept(next, failure(next, "the client cannot encode it: " + e.getMessage(), false));
    }
  }

  private void reclaim(PublishChannel broken) {
    broken.close();
    List<Outstanding> unanswered = broken.unanswered();
    int code = broken.closeReason().map(Errors::replyCode).orElse(0);
    String text = broken.closeReason().map(Errors::brief).orElse("");
    boolean anyNamed = unanswered.stream().anyMatch(o -> names(text, o));
    for (int i = unanswered.size() - 1; i >= 0; i--) {
      Outstanding outstanding = unanswered.get(i);
      if (code != 0) {
        outstanding.channelErrors++;
      }
      boolean meant = anyNamed && names(text, outstanding);
      boolean suspect = !anyNamed && outstanding.channelErrors >= MAX_CHANNEL_ERRORS;
      if ((code == Errors.ACCESS_REFUSED || code == Errors.NOT_FOUND) && meant
          || code != 0 && suspect) {
        failed.accept(outstanding, failure(outstanding, text, code == Errors.ACCESS_REFUSED));
      } else if (!outstanding.again) {
        failed.accept(outstanding, failure(outstanding, "the connection broke", false));
      } else if (!outstanding.settled()) {
        metrics.republished.increment();
        unsent.addFirst(outstanding);
      }
    }
    if (!unanswered.isEmpty()) {
      LOG.info(
          "Publishing again what was not confirmed: messages={} reason={}",
          unanswered.size(),
          text);
    }
  }

  /** RabbitMQ and Qpid quote the exchange in their refusals; the default one has several names. */
  private static boolean names(String text, Outstanding outstanding) {
    String exchange = outstanding.message.exchange();
    return text.contains("'" + exchange + "'")
        || exchange.isEmpty() && text.contains("'amq.default'");
  }

  private static PublishFailedException failure(
      Outstanding outstanding, String why, boolean refused) {
    return new PublishFailedException(
        "publishing " + outstanding.message + ": the broker says: " + why,
        refused ? PublishFailedException.Answer.NO_RIGHT : PublishFailedException.Answer.NONE);
  }
}

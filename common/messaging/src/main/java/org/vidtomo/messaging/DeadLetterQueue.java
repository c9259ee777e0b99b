package org.vidtomo.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vidtomo.messaging.DeadLetter.Origin;

/**
 * Goes through the dead letters, for a person who decides what becomes of each. Nothing is lost
 * whenever this process dies: a letter stays with the broker until it is dropped, or until its copy
 * is confirmed by the queue it came from. Those that are only looked at lie where they lay.
 */
public final class DeadLetterQueue {
  private static final int REPLAYED_AHEAD = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BrokerConnection connection;

  DeadLetterQueue(BrokerConnection connection) {
    this.connection = connection;
  }

  /** What is to become of a letter. */
  public enum Decision {
    KEEP,
    REPLAY,
    DROP
  }

  /** Who goes through the letters. */
  public interface Visitor {
    /** A letter; what is to become of it. */
    Decision look(DeadLetter letter);

    /** It is back in its queue, or gone, as was decided. */
    default void done(DeadLetter letter, Decision decision) {}

    /**
     * It was not replayed, and stays where it is.
     *
     * @param why one line for a person
     */
    default void failed(DeadLetter letter, String why) {}
  }

  /**
   * Goes through those that are there when it begins, the oldest first.
   *
   * @param most letters that are looked at
   * @return how many were there; less than that are looked at if another process does so now
   * @throws BrokerUnavailableException if the broker cannot be reached, or no more; what was not
   *     done stays
   * @throws MessagingException if there is no such queue, or this user may not read it
   */
  public long visit(long most, Visitor visitor) {
    return connection.request("reading " + Topology.DEAD, channel -> visit(channel, most, visitor));
  }

  private long visit(Channel channel, long most, Visitor visitor) throws IOException {
    long there = channel.queueDeclarePassive(Topology.DEAD).getMessageCount();
    Deque<Replay> replays = new ArrayDeque<>();
    for (long looked = 0; looked < Math.min(there, most); looked++) {
      GetResponse message = channel.basicGet(Topology.DEAD, false);
      if (message == null) {
        break;
      }
      DeadLetter letter = DeadLetterReader.read(message);
      long tag = message.getEnvelope().getDeliveryTag();
      switch (visitor.look(letter)) {
        case KEEP -> {
          // It goes back to its place in the end.
        }
        case DROP -> settle(channel, tag, letter, Decision.DROP, visitor);
        case REPLAY -> replay(letter, tag, replays, visitor);
      }
      if (replays.size() >= REPLAYED_AHEAD) {
        confirm(channel, replays.remove(), visitor);
      }
    }
    while (!replays.isEmpty()) {
      confirm(channel, replays.remove(), visitor);
    }
    giveBack(channel);
    return there;
  }

  /** Closing would do it too, but not at once: whoever looks next would miss some. */
  private static void giveBack(Channel channel) throws IOException {
    channel.basicNack(0, true, true);
    channel.queueDeclarePassive(Topology.DEAD);
  }

  private record Replay(DeadLetter letter, long tag, CompletableFuture<Void> confirmed) {}

  private void replay(DeadLetter letter, long tag, Deque<Replay> replays, Visitor visitor) {
    if (letter.origin().isEmpty()) {
      visitor.failed(letter, "nobody noted which queue it came from");
      return;
    }
    try {
      replays.add(
          new Replay(
              letter, tag, connection.publisher().publish(copy(letter, letter.origin().get()))));
    } catch (IllegalArgumentException e) {
      visitor.failed(letter, e.getMessage());
    }
  }

  private static OutgoingMessage copy(DeadLetter letter, Origin origin) {
    // Through the exchange, so that the queue sees the key with its agent again.
    boolean report = origin.queue().equals(Topology.REPORTS_INGEST);
    return new OutgoingMessage(
        report ? Topology.REPORTS : "",
        report ? origin.routingKey() : origin.queue(),
        letter.body(),
        letter.headers(),
        letter
            .messageId()
            .filter(id -> !id.isEmpty())
            .orElseGet(() -> UUID.randomUUID().toString()),
        letter.contentType().orElse("application/octet-stream"),
        true,
        true);
  }

  private static void confirm(Channel channel, Replay replay, Visitor visitor) throws IOException {
    try {
      replay.confirmed().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      visitor.failed(replay.letter(), String.valueOf(e.getCause().getMessage()));
      return;
    } catch (TimeoutException e) {
      visitor.failed(replay.letter(), "the broker did not confirm it in time");
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MessagingException("replaying was interrupted; what is left stays", e);
    }
    settle(channel, replay.tag(), replay.letter(), Decision.REPLAY, visitor);
  }

  private static void settle(
      Channel channel, long tag, DeadLetter letter, Decision decision, Visitor visitor)
      throws IOException {
    channel.basicAck(tag, false);
    visitor.done(letter, decision);
  }
}

package org.vidtomo.gate;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.messaging.admin.AgentRights;

/**
 * An agent's connection, from its first byte to its end. All of it happens on one event loop but
 * {@link #end} and {@link #drop}.
 */
final class GateConnection {
  private static final Logger LOG = LoggerFactory.getLogger(GateConnection.class);

  /** For the other side to hear why, and to go. */
  private static final long PARTING_MILLIS = 1_000;

  /** The broker's frames carry what it was given, and what it says of it. */
  private static final int MOST_PAYLOAD_OF_BROKER = 1 << 20;

  private final AmqpGate gate;
  private final NetSocket client;
  private final Context loop;
  private final FrameSplitter fromClient;
  private Step step = Step.LOGIN;
  private Optional<AgentRights> rights = Optional.empty();
  private AgentFrames frames;
  private Traffic traffic;
  private NetSocket broker;
  private long patience;

  private enum Step {
    LOGIN,
    CONNECTING,
    OPEN,
    ENDING
  }

  GateConnection(AmqpGate gate, NetSocket client) {
    this.gate = gate;
    this.client = client;
    this.loop = gate.vertx().getOrCreateContext();
    this.fromClient =
        FrameSplitter.ofClient(
            AgentFrames.MOST_PAYLOAD,
            new FrameSplitter.Sink() {
              @Override
              public void begins() {
                client.write(gate.greeting());
              }

              @Override
              public void frame(Frame frame) throws RefusedException {
                take(frame);
              }
            });
  }

  /** From now on the other side is heard; it has this long to log in. */
  void begin(long loginMillis) {
    patience = gate.vertx().setTimer(loginMillis, late -> client.close());
    client.handler(this::heard);
    client.exceptionHandler(error -> LOG.debug("An agent's connection fails", error));
    client.closeHandler(closed -> gone());
  }

  private void heard(Buffer piece) {
    try {
      fromClient.feed(piece.getBytes());
    } catch (RefusedException e) {
      refuse(e);
    }
  }

  private void take(Frame frame) throws RefusedException {
    switch (step) {
      case LOGIN -> logIn(Login.of(frame));
      case CONNECTING -> throw RefusedException.malformed("a frame out of turn");
      case OPEN -> pass(frame);
      case ENDING -> {
        if (frame.method() == Method.CONNECTION_CLOSE_OK) {
          client.close();
        }
      }
    }
  }

  private void logIn(Login login) throws RefusedException {
    AgentRights found = gate.admission().admit(login, this);
    gate.strangers().known(this);
    rights = Optional.of(found);
    frames = new AgentFrames(found);
    traffic = gate.admission().traffic(found.agentId());
    step = Step.CONNECTING;
    client.pause();
    gate.connectToBroker().onSuccess(this::connected).onFailure(error -> unreachable());
  }

  private void unreachable() {
    LOG.warn("The embedded broker does not take a connection for an agent");
    client.close();
  }

  private void connected(NetSocket opened) {
    broker = opened;
    if (step != Step.CONNECTING) {
      opened.close();
      return;
    }
    FrameSplitter fromBroker = FrameSplitter.ofBroker(MOST_PAYLOAD_OF_BROKER, this::answer);
    opened.handler(
        piece -> {
          try {
            fromBroker.feed(piece.getBytes());
          } catch (RefusedException e) {
            LOG.warn("The embedded broker answers what is no AMQP: {}", e.getMessage());
            client.close();
          }
        });
    opened.exceptionHandler(error -> LOG.debug("A connection to the broker fails", error));
    opened.closeHandler(closed -> brokerGone());
    opened.write(Buffer.buffer(FrameSplitter.PROTOCOL));
  }

  /** From the broker: its greeting is answered here, all else is for the agent. */
  private void answer(Frame frame) throws RefusedException {
    if (step == Step.CONNECTING && frame.method() == Method.CONNECTION_START) {
      broker.write(gate.login());
      step = Step.OPEN;
      client.resume();
      return;
    }
    if (step == Step.OPEN) {
      frames.answered(frame);
      send(client, frame, broker);
    }
  }

  private void pass(Frame frame) throws RefusedException {
    boolean message = frames.check(frame);
    traffic.heard(frame.raw().length, message);
    if (frame.method() == Method.CONNECTION_OPEN) {
      gate.admission().open(rights.orElseThrow().agentId(), this);
      gate.vertx().cancelTimer(patience);
    }
    send(broker, frame, client);
  }

  /** Whoever sends faster than the other side takes it has to wait. */
  private static void send(NetSocket to, Frame frame, NetSocket from) {
    to.write(Buffer.buffer(frame.raw()));
    if (to.writeQueueFull()) {
      from.pause();
      to.drainHandler(drained -> from.resume());
    }
  }

  /** Says why, and ends it. */
  private void refuse(RefusedException why) {
    if (step == Step.ENDING) {
      client.close();
      return;
    }
    // Strangers are no news.
    rights.ifPresentOrElse(
        its ->
            LOG.info(
                "An agent's connection is ended: agent={} reason={}",
                its.agentId(),
                why.getMessage()),
        () -> LOG.debug("A stranger's connection is ended: reason={}", why.getMessage()));
    step = Step.ENDING;
    if (broker != null) {
      broker.close();
    }
    client.resume();
    client.write(Frames.close(why));
    gate.vertx().cancelTimer(patience);
    patience = gate.vertx().setTimer(PARTING_MILLIS, late -> client.close());
  }

  /** Ends it at once and says nothing; from any thread. */
  void drop() {
    loop.runOnContext(now -> client.close());
  }

  /** Ends it soon; from any thread. */
  void end(RefusedException why) {
    loop.runOnContext(now -> refuse(why));
  }

  private void brokerGone() {
    if (step != Step.ENDING) {
      client.close();
    }
  }

  private void gone() {
    gate.vertx().cancelTimer(patience);
    step = Step.ENDING;
    if (broker != null) {
      broker.close();
    }
    rights.ifPresent(its -> gate.admission().left(its.agentId(), this));
    gate.strangers().known(this);
  }
}

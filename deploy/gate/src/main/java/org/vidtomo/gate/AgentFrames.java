package org.vidtomo.gate;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import org.vidtomo.messaging.Topology;
import org.vidtomo.messaging.admin.AgentRights;

/**
 * What an agent may send once it has logged in: whatever is not named here is refused. It takes
 * from its own queue and publishes under its own key and user-id; it declares, binds, purges and
 * deletes nothing. Not thread-safe.
 */
public final class AgentFrames {
  /** A frame's payload, at the most. */
  public static final int MOST_PAYLOAD = 64 << 10;

  /** A message, at the most: reports have 32 KiB. */
  static final int MOST_BODY = 64 << 10;

  private static final int MOST_ARGUMENTS = 256;
  private static final int PASSIVE = 1;
  private static final int BASIC = 60;

  private final AgentRights rights;
  private final Map<Integer, ChannelState> channels = new HashMap<>();

  public AgentFrames(AgentRights rights) {
    this.rights = requireNonNull(rights, "rights");
  }

  /**
   * Looks at the next frame.
   *
   * @return whether it announces a message
   * @throws RefusedException when it may not pass
   */
  public boolean check(Frame frame) throws RefusedException {
    switch (frame.type()) {
      case Frame.METHOD:
        return method(frame);
      case Frame.HEADER:
        header(frame);
        return false;
      case Frame.BODY:
        channel(frame).body(frame.payloadBytes());
        return false;
      case Frame.HEARTBEAT:
        if (frame.channel() != 0 || frame.payloadBytes() != 0) {
          throw RefusedException.malformed("no heartbeat");
        }
        return false;
      default:
        throw RefusedException.malformed("a frame of unknown type " + frame.type());
    }
  }

  private boolean method(Frame frame) throws RefusedException {
    int method = frame.method();
    if (frame.channel() == 0) {
      ofConnection(method);
      return false;
    }
    if (method == Method.CHANNEL_OPEN) {
      open(frame.channel());
      return false;
    }
    if (method == Method.CHANNEL_CLOSE_OK) {
      closed(frame.channel());
      return false;
    }
    ChannelState channel = channel(frame);
    if (!channel.idle()) {
      throw RefusedException.malformed("a method in the middle of a message");
    }
    return ofChannel(method, frame, channel);
  }

  private static void ofConnection(int method) throws RefusedException {
    switch (method) {
      case Method.CONNECTION_TUNE_OK:
      case Method.CONNECTION_OPEN:
      case Method.CONNECTION_CLOSE:
      case Method.CONNECTION_CLOSE_OK:
        return;
      default:
        throw denied(method);
    }
  }

  /** The broker's own frames pass; they tell what the agent has to answer, and who consumes. */
  void answered(Frame frame) throws RefusedException {
    ChannelState channel = channels.get(frame.channel());
    // Of a channel alone that is open here, so that the broker's cannot add up.
    if (channel == null) {
      return;
    }
    switch (frame.method()) {
      case Method.CHANNEL_CLOSE -> channel.closedByBroker();
      case Method.CHANNEL_CLOSE_OK -> {
        if (channel.isClosing()) {
          channels.remove(frame.channel());
        }
      }
      case Method.BASIC_CONSUME_OK -> channel.consumes(tag(frame));
      case Method.BASIC_CANCEL, Method.BASIC_CANCEL_OK -> channel.cancelled(tag(frame));
      default -> {
        // Nothing is counted of the others.
      }
    }
  }

  private static String tag(Frame frame) throws RefusedException {
    Fields fields = frame.payload();
    fields.int32();
    return fields.shortString();
  }

  /** Unasked it would make room for another channel, while the broker still has this one. */
  private void closed(int channel) throws RefusedException {
    ChannelState closed = channels.get(channel);
    if (closed != null && !closed.isClosedByBroker()) {
      throw RefusedException.malformed("channel %d was not closed".formatted(channel));
    }
    channels.remove(channel);
  }

  private void open(int channel) throws RefusedException {
    if (channels.containsKey(channel)) {
      throw RefusedException.malformed("channel %d is not closed yet".formatted(channel));
    }
    if (channels.size() >= AgentRights.MAX_CHANNELS) {
      throw RefusedException.notAllowed(
          Method.CHANNEL_OPEN, "over %d channels".formatted(AgentRights.MAX_CHANNELS));
    }
    channels.put(channel, new ChannelState());
  }

  private boolean ofChannel(int method, Frame frame, ChannelState channel) throws RefusedException {
    switch (method) {
      case Method.CHANNEL_CLOSE:
        // The broker has it, and what it answers on it, until it says otherwise.
        channel.close();
        return false;
      case Method.CHANNEL_FLOW:
      case Method.CHANNEL_FLOW_OK:
      case Method.BASIC_QOS:
      case Method.BASIC_CANCEL:
      case Method.BASIC_ACK:
      case Method.BASIC_REJECT:
      case Method.BASIC_NACK:
      case Method.CONFIRM_SELECT:
        return false;
      case Method.TX_SELECT:
        channel.selectTransactions();
        return false;
      case Method.TX_ROLLBACK:
        channel.rolledBack();
        return false;
      case Method.BASIC_CONSUME:
        ownQueue(method, frame.payload());
        channel.consume();
        return false;
      case Method.QUEUE_DECLARE:
      case Method.BASIC_GET:
        ownQueue(method, frame.payload());
        return false;
      case Method.BASIC_PUBLISH:
        publish(frame.payload());
        channel.published();
        return true;
      default:
        throw denied(method);
    }
  }

  /** Takes, or asks for the depth of, its own queue. */
  private void ownQueue(int method, Fields fields) throws RefusedException {
    fields.int32();
    fields.int16();
    String queue = fields.shortString();
    if (!queue.equals(rights.queue())) {
      throw RefusedException.access(method, "that is not this agent's queue");
    }
    if (method == Method.QUEUE_DECLARE && (fields.int8() & PASSIVE) == 0) {
      throw denied(method);
    }
    if (method == Method.BASIC_CONSUME) {
      fields.shortString();
      fields.int8();
      fields.plainTable(MOST_ARGUMENTS);
    }
  }

  private void publish(Fields fields) throws RefusedException {
    fields.int32();
    fields.int16();
    String exchange = fields.shortString();
    String key = fields.shortString();
    if (!rights.mayPublish(exchange, key)) {
      throw RefusedException.access(
          Method.BASIC_PUBLISH,
          "an agent publishes to %s and %s, under its own key"
              .formatted(Topology.REPORTS, Topology.PRESENCE));
    }
  }

  private void header(Frame frame) throws RefusedException {
    ChannelState channel = channel(frame);
    if (!channel.awaitsHeader()) {
      throw RefusedException.malformed("the header of no message");
    }
    Fields fields = frame.payload();
    int of = fields.int16();
    fields.int16();
    long bodyBytes = fields.int64();
    if (of != BASIC || bodyBytes < 0) {
      throw RefusedException.malformed("no header of a message");
    }
    if (bodyBytes > MOST_BODY) {
      throw RefusedException.access(
          Method.BASIC_PUBLISH,
          "a message of %d bytes, over the %d allowed".formatted(bodyBytes, MOST_BODY));
    }
    MessageProperties properties = MessageProperties.read(fields);
    if (properties.userId().filter(rights.agentId()::equals).isEmpty()) {
      throw RefusedException.access(
          Method.BASIC_PUBLISH, "the user-id of a message must be its agent's");
    }
    channel.announced(bodyBytes);
  }

  private ChannelState channel(Frame frame) throws RefusedException {
    ChannelState channel = channels.get(frame.channel());
    if (channel == null || channel.isClosing()) {
      throw RefusedException.malformed("channel %d is not open".formatted(frame.channel()));
    }
    return channel;
  }

  private static RefusedException denied(int method) {
    return RefusedException.access(method, "agents may not use " + Method.shown(method));
  }
}

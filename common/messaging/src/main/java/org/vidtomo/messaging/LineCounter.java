package org.vidtomo.messaging;

import com.rabbitmq.client.Command;
import com.rabbitmq.client.TrafficListener;
import java.util.concurrent.atomic.LongAdder;

/** Counts what AMQP's commands cost on a line. */
final class LineCounter implements TrafficListener {
  /** A packet of Ethernet, IPv6 and TCP with its acknowledgement, TLS 1.3, and a method's frame. */
  private static final int COMMAND = 2 * 86 + 29 + 60;

  /** Frames of a message's header and body; properties with a signature and a key's id. */
  private static final int CONTENT = 400;

  /** Of a long body: a packet's headers for each 1,428 bytes, and half as much to acknowledge. */
  private static final double BODY = 1 + 1.5 * 86 / 1428;

  private final LongAdder bytes;

  LineCounter(LongAdder bytes) {
    this.bytes = bytes;
  }

  @Override
  public void write(Command outbound) {
    bytes.add(cost(outbound));
  }

  @Override
  public void read(Command inbound) {
    bytes.add(cost(inbound));
  }

  private static long cost(Command command) {
    byte[] body = command.getContentBody();
    return COMMAND
        + (command.getContentHeader() == null ? 0 : CONTENT)
        + Math.round((body == null ? 0 : body.length) * BODY);
  }
}

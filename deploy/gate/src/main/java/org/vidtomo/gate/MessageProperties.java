package org.vidtomo.gate;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What the gate looks at of a message's properties (specification §4.2.6.1).
 *
 * @param userId who sends it, by its own word
 */
record MessageProperties(Optional<String> userId) {
  private static final int MOST_HEADERS = 8 << 10;

  private static final int CONTENT_TYPE = 1 << 15;
  private static final int CONTENT_ENCODING = 1 << 14;
  private static final int HEADERS = 1 << 13;
  private static final int DELIVERY_MODE = 1 << 12;
  private static final int PRIORITY = 1 << 11;
  private static final int CORRELATION_ID = 1 << 10;
  private static final int REPLY_TO = 1 << 9;
  private static final int EXPIRATION = 1 << 8;
  private static final int MESSAGE_ID = 1 << 7;
  private static final int TIMESTAMP = 1 << 6;
  private static final int TYPE = 1 << 5;
  private static final int USER_ID = 1 << 4;
  private static final int APPLICATION_ID = 1 << 3;
  private static final int CLUSTER_ID = 1 << 2;

  MessageProperties {
    requireNonNull(userId, "userId");
  }

  /**
   * Reads the flags and what they announce, in their order.
   *
   * @throws RefusedException when there are others than the specification has, or large ones
   */
  static MessageProperties read(Fields fields) throws RefusedException {
    int flags = fields.int16();
    if ((flags & 0b11) != 0) {
      throw RefusedException.malformed("unknown properties of a message");
    }
    if ((flags & CONTENT_ENCODING) != 0) {
      // The broker would unpack it for who consumes it, whatever comes out.
      throw RefusedException.access(Method.BASIC_PUBLISH, "agents' messages have no encoding");
    }
    skipText(flags, CONTENT_TYPE, fields);
    if ((flags & HEADERS) != 0) {
      fields.plainTable(MOST_HEADERS);
    }
    skipByte(flags, DELIVERY_MODE, fields);
    skipByte(flags, PRIORITY, fields);
    skipText(flags, CORRELATION_ID, fields);
    skipText(flags, REPLY_TO, fields);
    skipText(flags, EXPIRATION, fields);
    skipText(flags, MESSAGE_ID, fields);
    if ((flags & TIMESTAMP) != 0) {
      fields.int64();
    }
    skipText(flags, TYPE, fields);
    Optional<String> userId =
        (flags & USER_ID) == 0 ? Optional.empty() : Optional.of(fields.shortString());
    skipText(flags, APPLICATION_ID, fields);
    skipText(flags, CLUSTER_ID, fields);
    fields.end();
    return new MessageProperties(userId);
  }

  private static void skipText(int flags, int flag, Fields fields) throws RefusedException {
    if ((flags & flag) != 0) {
      fields.shortString();
    }
  }

  private static void skipByte(int flags, int flag, Fields fields) throws RefusedException {
    if ((flags & flag) != 0) {
      fields.int8();
    }
  }
}

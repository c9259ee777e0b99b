package org.vidtomo.gate;

/** The methods of AMQP 0-9-1 that pass the gate or that it speaks itself: class and method. */
final class Method {
  static final int CONNECTION_START = 10 << 16 | 10;
  static final int CONNECTION_START_OK = 10 << 16 | 11;
  static final int CONNECTION_TUNE_OK = 10 << 16 | 31;
  static final int CONNECTION_OPEN = 10 << 16 | 40;
  static final int CONNECTION_CLOSE = 10 << 16 | 50;
  static final int CONNECTION_CLOSE_OK = 10 << 16 | 51;
  static final int CHANNEL_OPEN = 20 << 16 | 10;
  static final int CHANNEL_FLOW = 20 << 16 | 20;
  static final int CHANNEL_FLOW_OK = 20 << 16 | 21;
  static final int CHANNEL_CLOSE = 20 << 16 | 40;
  static final int CHANNEL_CLOSE_OK = 20 << 16 | 41;
  static final int QUEUE_DECLARE = 50 << 16 | 10;
  static final int BASIC_QOS = 60 << 16 | 10;
  static final int BASIC_CONSUME = 60 << 16 | 20;
  static final int BASIC_CONSUME_OK = 60 << 16 | 21;
  static final int BASIC_CANCEL = 60 << 16 | 30;
  static final int BASIC_CANCEL_OK = 60 << 16 | 31;
  static final int BASIC_PUBLISH = 60 << 16 | 40;
  static final int BASIC_GET = 60 << 16 | 70;
  static final int BASIC_ACK = 60 << 16 | 80;
  static final int BASIC_REJECT = 60 << 16 | 90;
  static final int BASIC_NACK = 60 << 16 | 120;
  static final int CONFIRM_SELECT = 85 << 16 | 10;
  static final int TX_SELECT = 90 << 16 | 10;
  static final int TX_ROLLBACK = 90 << 16 | 30;

  private Method() {}

  /** As the specification numbers them. */
  static String shown(int method) {
    return "method " + (method >>> 16) + "." + (method & 0xFFFF);
  }
}

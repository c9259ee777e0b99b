package org.vidtomo.gate;

/** What an agent sent may not pass; its connection ends. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int ACCESS_REFUSED = 403;
  private static final int FRAME_ERROR = 501;
  private static final int NOT_ALLOWED = 530;

  private final int code;
  private final int method;

  private RefusedException(int code, int method, String message) {
    super(message, null, false, false);
    this.code = code;
    this.method = method;
  }

  /** It is nothing that an agent may do. */
  static RefusedException access(int method, String what) {
    return new RefusedException(ACCESS_REFUSED, method, "ACCESS_REFUSED - " + what);
  }

  /** It is too much of what an agent may do. */
  static RefusedException notAllowed(int method, String what) {
    return new RefusedException(NOT_ALLOWED, method, "NOT_ALLOWED - " + what);
  }

  /** It is not AMQP 0-9-1. */
  static RefusedException malformed(String what) {
    return new RefusedException(FRAME_ERROR, 0, "FRAME_ERROR - " + what);
  }

  /** As AMQP numbers it. */
  public int code() {
    return code;
  }

  /** Class and method that it is about, as one number; 0: none. */
  int method() {
    return method;
  }
}

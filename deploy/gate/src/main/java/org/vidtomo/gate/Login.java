package org.vidtomo.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * With what somebody wants in.
 *
 * @param user as sent: may be anything
 * @param password a secret
 */
public record Login(String user, String password) {
  private static final int MOST_BYTES = 8 << 10;

  /**
   * Reads {@code connection.start-ok}, with the mechanism PLAIN (RFC 4616), which is the only one
   * that is offered.
   *
   * @throws RefusedException when it is anything else
   */
  public static Login of(Frame frame) throws RefusedException {
    if (frame.channel() != 0 || frame.method() != Method.CONNECTION_START_OK) {
      throw RefusedException.malformed("no login, which comes first");
    }
    Fields fields = frame.payload();
    fields.int32();
    fields.sized(MOST_BYTES);
    String mechanism = fields.shortString();
    String[] parts = new String(fields.sized(MOST_BYTES), UTF_8).split("\0", -1);
    if (!mechanism.equals("PLAIN") || parts.length != 3 || parts[1].isEmpty()) {
      throw RefusedException.access(
          Method.CONNECTION_START_OK, "log in by PLAIN with user and password");
    }
    return new Login(parts[1], parts[2]);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Login[" + user.length() + " characters]";
  }
}

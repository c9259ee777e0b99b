package org.vidtomo.messaging.admin;

import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;

/** With what an agent logs in. */
public final class AgentLogin {
  private static final int PASSWORD_BYTES = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  private AgentLogin() {}

  /** A password that nobody guesses; it needs no encoding in a URI. */
  public static String newPassword() {
    byte[] random = new byte[PASSWORD_BYTES];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /**
   * The broker's URI with this login in place of any other.
   *
   * @param user an agent's id, which needs no encoding
   */
  public static URI at(URI broker, String user, String password) {
    String host = broker.getRawAuthority().replaceFirst("^.*@", "");
    String path = broker.getRawPath() == null ? "" : broker.getRawPath();
    String query = broker.getRawQuery() == null ? "" : "?" + broker.getRawQuery();
    return URI.create(
        broker.getScheme() + "://" + user + ":" + password + "@" + host + path + query);
  }
}

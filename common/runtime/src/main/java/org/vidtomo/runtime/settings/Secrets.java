package org.vidtomo.runtime.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/** Keeps secrets out of errors and logs. */
public final class Secrets {
  private static final Pattern SECRET_KEY =
      Pattern.compile("(^|\\.)(token|password|secret|invite)$");
  private static final Pattern USER_INFO = Pattern.compile("://[^/?#\\s]*@");

  private Secrets() {}

  /** The text with the users and passwords of its URIs left out. */
  public static String withoutUserInfo(String text) {
    return USER_INFO.matcher(text).replaceAll("://…@");
  }

  /** Whether the values of this key are secrets as a whole. */
  static boolean isSecret(String key) {
    return SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).find()
        || key.toLowerCase(Locale.ROOT).endsWith("uri");
  }

  /** The message without the value, where that is one of a secret's. */
  static String hidden(String key, String value, String message) {
    String text = String.valueOf(message);
    return withoutUserInfo(isSecret(key) ? text.replace(value, "…") : text);
  }
}

package org.vidtomo.runtime.settings;

/**
 * A setting is missing or wrong; the message names the setting, where it is and what is allowed.
 */
public final class SettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** An error about what is set, with what to do. */
  public SettingException(String message, Throwable cause) {
    super(message, cause);
  }

  /** An error about what is set, with what to do. */
  public SettingException(String message) {
    super(message);
  }
}

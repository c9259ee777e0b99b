package org.vidtomo.core.network;

/** Bytes that are no table of networks. The message says why. */
public final class NetworkTableException extends Exception {
  private static final long serialVersionUID = 1L;

  public NetworkTableException(String message) {
    super(message);
  }

  public NetworkTableException(String message, Throwable cause) {
    super(message, cause);
  }
}

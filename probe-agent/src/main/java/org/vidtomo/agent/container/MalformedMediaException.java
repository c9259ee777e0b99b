package org.vidtomo.agent.container;

/** Bytes that are not what their container's rules ask for. */
final class MalformedMediaException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedMediaException(String message) {
    super(message);
  }
}

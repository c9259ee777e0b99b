package org.vidtomo.runtime;

import static java.util.Objects.requireNonNull;

/**
 * How a component is.
 *
 * @param detail one line for a person, without secrets
 */
public record Health(Status status, String detail) {

  /** From good to bad. */
  public enum Status {
    OK,
    /** It works, but someone should look. */
    DEGRADED,
    DOWN
  }

  public Health {
    requireNonNull(status, "status");
    detail = detail.replaceAll("\\s*\\R\\s*", " ").strip();
  }

  public static Health ok(String detail) {
    return new Health(Status.OK, detail);
  }

  public static Health degraded(String detail) {
    return new Health(Status.DEGRADED, detail);
  }

  public static Health down(String detail) {
    return new Health(Status.DOWN, detail);
  }
}

package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.vidtomo.core.wire.WireName;

/**
 * What a check found.
 *
 * @param saw one line
 * @param toDo one line, unless all is well
 */
public record Finding(Status status, String saw, Optional<String> toDo) {

  /** From good to bad, and what could not be said. */
  public enum Status implements WireName {
    OK,
    WARNING,
    FAILED,
    NOT_CHECKED
  }

  public Finding {
    requireNonNull(status, "status");
    saw = line(saw);
    toDo = toDo.map(Finding::line).filter(text -> !text.isEmpty());
  }

  static Finding ok(String saw) {
    return new Finding(Status.OK, saw, Optional.empty());
  }

  static Finding warning(String saw, String toDo) {
    return new Finding(Status.WARNING, saw, Optional.of(toDo));
  }

  static Finding failed(String saw, String toDo) {
    return new Finding(Status.FAILED, saw, Optional.of(toDo));
  }

  /** Nothing is configured that could be looked at, or what comes before it failed. */
  static Finding notChecked(String why) {
    return new Finding(Status.NOT_CHECKED, why, Optional.empty());
  }

  private static String line(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ").strip();
  }
}

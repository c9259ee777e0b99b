package org.vidtomo.core.task;

import static java.util.Objects.requireNonNull;

/**
 * Which video an assignment is of: what it is counted under, whatever its report says.
 *
 * @param service such as {@code youtube}
 * @param id canonical, {@code service:id}
 */
public record AssignedVideo(String service, String id) {
  public AssignedVideo {
    requireNonNull(service, "service");
    requireNonNull(id, "id");
  }
}

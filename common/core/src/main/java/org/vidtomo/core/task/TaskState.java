package org.vidtomo.core.task;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.vidtomo.core.wire.WireName;

/**
 * A task's way: planned → queued → running → done | expired | cancelled. A late report moves
 * expired → done, once.
 */
public enum TaskState implements WireName {
  @JsonEnumDefaultValue
  PLANNED,
  QUEUED,
  RUNNING,
  DONE,
  EXPIRED,
  CANCELLED;

  /** Nothing more is awaited. */
  public boolean ended() {
    return this == DONE || this == EXPIRED || this == CANCELLED;
  }
}

package org.vidtomo.storage;

import java.util.Optional;
import org.vidtomo.core.task.TaskState;

/**
 * How a conditional transition went.
 *
 * @param applied whether the row was as expected, and is changed
 * @param current the state that stood in the way; empty when applied, or when there is no such task
 */
public record Transition(boolean applied, Optional<TaskState> current) {}

package org.vidtomo.storage;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reports as they came. */
public interface ReportReader {
  Optional<StoredReport> find(UUID reportId);

  /** Every report of a task, the one that counts first. */
  List<TaskReport> ofTask(UUID taskId);

  /**
   * One report of a task.
   *
   * @param counted whether it is the one that counts
   */
  record TaskReport(int attempt, UUID reportId, String agentId, boolean counted) {}
}

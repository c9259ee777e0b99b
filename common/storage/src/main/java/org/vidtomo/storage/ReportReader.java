package org.vidtomo.storage;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reports as they came. */
public interface ReportReader {
  Optional<StoredReport> find(UUID reportId);

  /** Those of these reports that are there, in no order; two agents may have used one id. */
  List<StoredReport> findAll(Collection<UUID> reportIds);

  /** Every report of a task, the one that counts first. */
  List<TaskReport> ofTask(UUID taskId);

  /** The same for many tasks; those without a report are left out. */
  Map<UUID, List<TaskReport>> ofTasks(Collection<UUID> taskIds);

  /**
   * One report of a task.
   *
   * @param counted whether it is the one that counts
   */
  record TaskReport(int attempt, UUID reportId, String agentId, boolean counted) {}
}

package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/**
 * Deletes what was derived from a report, where that is what counts for its task. The report itself
 * says where its rows are. Deleted with today's time, they stay away also when a report of another
 * attempt is derived again.
 */
final class MeasurementErasure {
  private static final Logger LOG = LoggerFactory.getLogger(MeasurementErasure.class);

  private final Statements statements;
  private final DirtyHours dirty;
  private final PreparedStatement report;
  private final PreparedStatement ofCampaign;
  private final PreparedStatement ofSlot;
  private final PreparedStatement deleteOfCampaign;
  private final PreparedStatement deleteOfSlot;

  /** Of a report, read as it was when it was stored: JSON has several spellings of one value. */
  private record Body(Optional<Answered> assignment) {}

  /** Where the rows are. */
  private record Answered(UUID campaignId, int cycle, Instant scheduledAt) {
    Answered {
      requireNonNull(campaignId, "campaignId");
      requireNonNull(scheduledAt, "scheduledAt");
    }
  }

  MeasurementErasure(Statements statements) {
    this.statements = statements;
    dirty = new DirtyHours(statements);
    report =
        statements.prepare(
            "SELECT * FROM " + Schema.REPORT_BY_ID + " WHERE report_id = ? AND agent_id = ?");
    String cycle = " WHERE campaign_id = ? AND cycle = ? AND bucket = ? AND task_id = ?";
    String slot = " WHERE hour = ? AND shard = ? AND scheduled_at = ? AND task_id = ?";
    ofCampaign =
        statements.prepare("SELECT task_id, value FROM " + Schema.MEASUREMENT_BY_CAMPAIGN + cycle);
    ofSlot = statements.prepare("SELECT task_id, value FROM " + Schema.MEASUREMENT_BY_SLOT + slot);
    deleteOfCampaign = statements.prepare("DELETE FROM " + Schema.MEASUREMENT_BY_CAMPAIGN + cycle);
    deleteOfSlot = statements.prepare("DELETE FROM " + Schema.MEASUREMENT_BY_SLOT + slot);
  }

  void erase(String agentId, UUID taskId, UUID reportId) {
    Row row = statements.run("reading report " + reportId, report.bind(reportId, agentId)).one();
    if (row == null) {
      return;
    }
    answered(Reports.report(row))
        .ifPresent(
            assignment -> {
              ofCampaign(assignment, taskId, reportId);
              ofSlot(assignment.scheduledAt(), taskId, reportId);
            });
  }

  private void ofCampaign(Answered assignment, UUID taskId, UUID reportId) {
    UUID campaign = assignment.campaignId();
    int cycle = assignment.cycle();
    int bucket = Schema.cycleBucket(taskId);
    if (isOf(reportId, ofCampaign, campaign, cycle, bucket, taskId)) {
      run(reportId, deleteOfCampaign, campaign, cycle, bucket, taskId);
    }
  }

  private void ofSlot(Instant slot, UUID taskId, UUID reportId) {
    Instant hour = Schema.hour(slot);
    int shard = Schema.hourShard(taskId);
    if (isOf(reportId, ofSlot, hour, shard, slot, taskId)) {
      run(reportId, deleteOfSlot, hour, shard, slot, taskId);
      statements.await(
          "noting that the hour " + hour + " changed", dirty.note(slot).toCompletableFuture());
    }
  }

  private boolean isOf(UUID reportId, PreparedStatement select, Object... key) {
    List<Measurement> found = new ArrayList<>();
    statements.each(
        "reading what was derived from report " + reportId,
        List.of(select.bind(key)),
        each -> MeasurementValue.of(each).ifPresent(found::add));
    return found.stream().anyMatch(each -> each.reportId().equals(reportId));
  }

  private void run(UUID reportId, PreparedStatement delete, Object... key) {
    statements.run("deleting what was derived from report " + reportId, delete.bind(key));
  }

  /** What cannot be read was not derived from either. */
  private static Optional<Answered> answered(StoredReport stored) {
    try {
      return Wire.read(stored.json(), Body.class).assignment();
    } catch (IOException | WireException e) {
      LOG.warn(
          "a report that is to be erased cannot be read reportId={} error={}",
          stored.reportId(),
          e.getMessage());
      return Optional.empty();
    }
  }
}

package org.vidtomo.coordinator.assign;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vidtomo.coordinator.plan.PlannedTask;
import org.vidtomo.core.task.AssignedVideo;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Topology;

/** Writes assignments: signed, with the certificate of the key. Thread-safe. */
public final class Assignments {
  private final SigningKey key;
  private final String certificate;
  private final Clock clock;

  public Assignments(SigningKey key, String certificate, Clock clock) {
    this.key = key;
    this.certificate = certificate;
    this.clock = clock;
  }

  /** The message that tells an agent to measure. */
  public OutgoingMessage message(Held held, MeasurementParameters parameters, String queue) {
    byte[] body = Wire.toBytes(assignment(held, parameters));
    Map<String, String> headers = new LinkedHashMap<>(SignedMessage.sign(body, key).headers());
    headers.put(KeyCertificate.HEADER, certificate);
    return OutgoingMessage.json(
        Topology.TASKS, queue, body, headers, held.task().taskId() + "-" + held.attempt());
  }

  private Assignment assignment(Held held, MeasurementParameters parameters) {
    PlannedTask task = held.task();
    Assignment assignment =
        new Assignment(
            Assignment.SCHEMA_VERSION,
            task.taskId(),
            held.attempt(),
            task.campaignId(),
            task.cycle(),
            task.round(),
            held.agentId(),
            task.target(),
            task.sample(),
            task.scheduledAt(),
            held.leaseUntil(),
            task.video().url(),
            parameters);
    return assignment.given(
        clock.instant(), new AssignedVideo(task.video().service(), task.video().videoId()));
  }
}

package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.Map;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/** Tells assignments of the coordinator from anything else that comes on the queue. */
final class AssignmentVerifier {
  private final String agentId;
  private final VerifyingKey root;
  private final KeyGeneration generation;
  private final Clock clock;

  AssignmentVerifier(String agentId, VerifyingKey root, KeyGeneration generation, Clock clock) {
    this.agentId = requireNonNull(agentId, "agentId");
    this.root = requireNonNull(root, "root");
    this.generation = requireNonNull(generation, "generation");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * The assignment in a message.
   *
   * @throws TrustException when no key that the root certifies signed it, or it is for another
   *     agent
   * @throws WireException when it cannot be understood
   */
  VerifiedAssignment verify(byte[] body, Map<String, String> headers)
      throws TrustException, WireException {
    String certificate = headers.get(KeyCertificate.HEADER);
    if (certificate == null) {
      throw new TrustException("the header " + KeyCertificate.HEADER + " is missing");
    }
    KeyCertificate certified = KeyCertificate.read(certificate, KeyCertificate.COORDINATOR, root);
    VerifyingKey coordinator = certified.keyAt(clock.instant());
    generation.see(certified.generationNumber());
    SignedMessage message = SignedMessage.of(body, headers);
    Assignment assignment = Wire.read(message.verify(coordinator), Assignment.class);
    if (!assignment.agentId().equals(agentId)) {
      throw new TrustException("it is for agent " + assignment.agentId() + ", not for " + agentId);
    }
    if (assignment.schemaVersion() != Assignment.SCHEMA_VERSION) {
      throw new WireException(
          "it is of schema version %d, this agent understands %d: update it"
              .formatted(assignment.schemaVersion(), Assignment.SCHEMA_VERSION));
    }
    return new VerifiedAssignment(assignment, message.toToken(), certificate);
  }
}

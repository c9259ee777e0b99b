package org.vidtomo.dashboard.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vidtomo.core.dataset.Collected;
import org.vidtomo.core.report.AddressScrub;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.storage.ReportReader;
import org.vidtomo.storage.StoredReport;

/** Reports as the public may see them: nowhere in them stands the agent's full address. */
final class PublicReports {
  private static final String SIGNED = "signed";
  private static final byte[] NO_SIGNATURE = new byte[0];

  private final ReportReader reader;

  PublicReports(ReportReader reader) {
    this.reader = reader;
  }

  /** The report as a record, its agent's address left out. */
  Optional<Report> find(UUID reportId) {
    return reader.find(reportId).map(PublicReports::open);
  }

  /** All reports of a task, the one that counts first. */
  List<ReportReader.TaskReport> ofTask(UUID taskId) {
    return reader.ofTask(taskId);
  }

  /** The report as a line of a data set. */
  static ObjectNode line(StoredReport stored, Collected collected) {
    ObjectNode line = Wire.mapper().valueToTree(open(stored));
    line.set(Collected.MEMBER, Wire.mapper().valueToTree(collected));
    return line;
  }

  /** Takes out of a report's tree what tells its agent from others. */
  static void hideAgent(ObjectNode report) {
    if (report.path("agent") instanceof ObjectNode agent) {
      agent.remove(List.of("id", "prefix", "ticket", "clockOffsetMicros"));
    }
    // What the coordinator signed names the agent that it was signed for.
    assignment(report).ifPresent(assignment -> assignment.put(SIGNED, ""));
  }

  /** Gives its agent another name; what the coordinator signed is then no more signed. */
  static void renameAgent(ObjectNode report, String pseudonym) {
    String signed = assignment(report).map(each -> each.path(SIGNED).asText()).orElse("");
    hideAgent(report);
    if (report.path("agent") instanceof ObjectNode agent) {
      agent.put("id", pseudonym);
    }
    if (!signed.isEmpty()) {
      assignment(report).ifPresent(each -> each.put(SIGNED, renamed(signed, pseudonym)));
    }
  }

  private static Optional<ObjectNode> assignment(ObjectNode report) {
    return report.path("assignment") instanceof ObjectNode assignment
        ? Optional.of(assignment)
        : Optional.empty();
  }

  /** Whoever imports the data set finds in it what was asked for, as in a signed one. */
  private static String renamed(String signed, String pseudonym) {
    try {
      SignedMessage message = SignedMessage.parseToken(signed);
      ObjectNode body = Wire.read(message.body(), ObjectNode.class);
      if (body.path("target").equals(body.path("agentId"))) {
        body.put("target", pseudonym);
      }
      body.put("agentId", pseudonym);
      return new SignedMessage(Wire.toBytes(body), message.keyId(), NO_SIGNATURE).toToken();
    } catch (TrustException | WireException e) {
      return "";
    }
  }

  static Report open(StoredReport stored) {
    try {
      JsonNode tree = Wire.read(stored.json(), JsonNode.class);
      JsonNode agent = tree.path("agent");
      String address = agent.path("publicIp").asText("");
      if (agent instanceof ObjectNode object) {
        object.remove("publicIp");
      }
      if (!address.isEmpty()) {
        new AddressScrub(address).in(tree);
      }
      return Wire.mapper().treeToValue(tree, Report.class);
    } catch (IOException | WireException e) {
      throw new IllegalStateException(
          "reading the stored report " + stored.reportId() + ": " + e.getMessage(), e);
    }
  }
}

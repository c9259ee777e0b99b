package org.vidtomo.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.AddressFamily;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.Capabilities;
import org.vidtomo.core.task.HttpProtocol;
import org.vidtomo.core.task.PlayerRule;
import org.vidtomo.core.task.Presence;
import org.vidtomo.core.task.TaskOutcome;

/** Messages of writers that know more fields and more words than this version. */
class NewerMessagesTest {
  @Test
  void assignment_isRead_itsUnknownWordsAsTheDefaults() throws Exception {
    Assignment assignment = read("assignment.json", Assignment.class);
    assertThat(assignment.parameters().player()).isEqualTo(PlayerRule.FIXED);
    assertThat(assignment.parameters().http()).isEqualTo(HttpProtocol.AUTO);
    assertThat(assignment.parameters().addressFamily()).isEqualTo(AddressFamily.AUTO);
  }

  @Test
  void presence_ofAnUnknownStatus_isOfAnAgentThatTakesNothing() throws Exception {
    Presence presence = read("presence.json", Presence.class);
    assertThat(presence.status()).isEqualTo(Presence.Status.PAUSED);
    assertThat(presence.capabilities()).contains(Capabilities.ASSIGNMENT_1, "telepathy-2");
  }

  @Test
  void outcome_thatIsUnknown_isAFailureOfAnUnknownKind() throws Exception {
    TaskOutcome outcome = read("outcome.json", TaskOutcome.class);
    assertThat(outcome.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(outcome.failureKind()).contains(FailureKind.UNKNOWN);
  }

  @Test
  void report_isRead_andPingsOfAnUnknownTypeAreNotMixedWithOthers() throws Exception {
    Report report = read("report.json", Report.class);
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.failure())
        .hasValueSatisfying(f -> assertThat(f.kind()).isEqualTo(FailureKind.UNKNOWN));
    assertThat(report.pings().get(0).packetType()).isEqualTo(PacketType.UNKNOWN);
  }

  private static <T> T read(String name, Class<T> type) throws IOException, WireException {
    try (InputStream golden =
        NewerMessagesTest.class.getResourceAsStream("/golden/newer/" + name)) {
      assertThat(golden).as("golden file " + name).isNotNull();
      return Wire.read(golden.readAllBytes(), type);
    }
  }
}

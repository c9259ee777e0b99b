package org.vidtomo.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.wire.Wire;

class CapabilitiesTest {
  @Test
  void defaults_areWithinWhatTheFirstVersionCanDo() {
    assertThat(Capabilities.missing(MeasurementParameters.DEFAULTS, List.of())).isEmpty();
    assertThat(Capabilities.missing(MeasurementParameters.DEFAULTS, Capabilities.VERSION_1))
        .isEmpty();
  }

  @Test
  void agentThatAnnouncesNothing_canNeitherHttp3NorAdapt() throws Exception {
    assertThat(Capabilities.missing(with("http", "3"), List.of())).containsExactly("http-3");
    assertThat(Capabilities.missing(with("player", "bola"), List.of()))
        .containsExactly("player-bola");
    assertThat(Capabilities.missing(with("player", "throughput"), List.of()))
        .containsExactly("player-throughput");
  }

  @Test
  void agentThatAnnouncesIt_canDoIt() throws Exception {
    List<String> announced = List.of("assignment-1", "report-1", "http-3", "something-later");
    assertThat(Capabilities.missing(with("http", "3"), announced)).isEmpty();
    assertThat(Capabilities.missing(with("player", "bola"), announced))
        .containsExactly("player-bola");
  }

  @Test
  void agentThatUnderstandsOnlyLaterAssignments_getsNoneOfThisVersion() {
    assertThat(
            Capabilities.missing(
                MeasurementParameters.DEFAULTS, List.of("assignment-2", "report-2")))
        .containsExactly("assignment-1");
  }

  private static MeasurementParameters with(String field, String word) throws Exception {
    ObjectNode json = Wire.mapper().valueToTree(MeasurementParameters.DEFAULTS);
    json.put(field, word);
    return Wire.read(Wire.toBytes(json), MeasurementParameters.class);
  }
}

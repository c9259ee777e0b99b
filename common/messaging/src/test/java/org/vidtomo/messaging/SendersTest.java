package org.vidtomo.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SendersTest {
  private final Senders senders = new Senders(Set.of("vidtomo"));

  @Test
  void agentItself_andTheInstallation_maySend() {
    assertThat(senders.objection(Optional.of("a-1"), "a-1")).isEmpty();
    assertThat(senders.objection(Optional.of("vidtomo"), "a-1")).isEmpty();
  }

  @Test
  void nobodyElse_maySend() {
    assertThat(senders.objection(Optional.of("a-2"), "a-1").orElseThrow())
        .contains("by user a-2, not by agent a-1", "VIDTOMO_AGENTS_SHARED_USER");
    assertThat(senders.objection(Optional.empty(), "a-1").orElseThrow()).contains("user-id");
    assertThat(senders.objection(Optional.of(""), "a-1").orElseThrow()).contains("user-id");
  }
}

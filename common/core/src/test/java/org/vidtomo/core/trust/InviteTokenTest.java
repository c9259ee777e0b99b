package org.vidtomo.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class InviteTokenTest {
  private static final String FINGERPRINT = "abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE";

  @Test
  void inviteIsReadAsItIsWritten() {
    assertThat(InviteToken.parse(" s-1_x\n")).isEqualTo(new InviteToken("s-1_x", Optional.empty()));
    InviteToken pinned = new InviteToken("s", Optional.of(FINGERPRINT));
    assertThat(pinned.text()).isEqualTo("s." + FINGERPRINT);
    assertThat(InviteToken.parse(pinned.text())).isEqualTo(pinned);
  }

  @Test
  void cutInviteIsRefusedAndNotShown() {
    for (String cut : new String[] {"", "secret.", "secret." + FINGERPRINT.substring(1), "a b"}) {
      assertThatThrownBy(() -> InviteToken.parse(cut))
          .as(cut)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("copy all of it")
          .hasMessageNotContaining("secret");
    }
    assertThat(new InviteToken("hidden", Optional.empty()).toString()).doesNotContain("hidden");
  }
}

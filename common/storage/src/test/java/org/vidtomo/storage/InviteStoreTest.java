package org.vidtomo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InviteStoreTest {
  private static final Instant SLOT = Instant.parse("2026-11-21T10:15:30.123Z");

  private final Store store = TestStore.shared();

  @Test
  void invite_can_be_used_so_often_and_no_more_whoever_races() {
    Instant until = SLOT.plusSeconds(60);
    Invite invite = new Invite(UUID.randomUUID().toString(), 5, until, Optional.of("Fibrelink"));
    store.invites().insert(invite, SLOT);
    assertThat(store.invites().redeem(invite.tokenHash(), until)).isEmpty();
    List<CompletableFuture<Optional<Invite>>> tries = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      tries.add(
          CompletableFuture.supplyAsync(() -> store.invites().redeem(invite.tokenHash(), SLOT)));
    }
    assertThat(tries.stream().map(CompletableFuture::join).filter(Optional::isPresent)).hasSize(5);
    assertThat(store.invites().redeem("unknown", SLOT)).isEmpty();
  }

  @Test
  void invite_is_listed_until_it_is_taken_back_and_then_of_no_use() {
    Invite invite =
        new Invite(UUID.randomUUID().toString(), 5, SLOT.plusSeconds(60), Optional.empty());
    store.invites().insert(invite, SLOT);
    assertThat(store.invites().redeem(invite.tokenHash(), SLOT)).isPresent();
    assertThat(store.invites().list())
        .contains(new Invite(invite.tokenHash(), 4, invite.expiresAt(), Optional.empty()));
    assertThat(store.invites().revoke(invite.tokenHash())).isTrue();
    assertThat(store.invites().revoke(invite.tokenHash())).isFalse();
    assertThat(store.invites().redeem(invite.tokenHash(), SLOT)).isEmpty();
    assertThat(store.invites().list())
        .extracting(Invite::tokenHash)
        .doesNotContain(invite.tokenHash());
  }

  @Test
  void invite_is_forgotten_a_day_after_it_is_out_of_date_also_when_it_was_used_late() {
    Instant soon = SLOT.plus(Duration.ofDays(1)).minusSeconds(2);
    Invite unused = new Invite(UUID.randomUUID().toString(), 5, SLOT, Optional.empty());
    store.invites().insert(unused, soon);
    Invite used = new Invite(UUID.randomUUID().toString(), 5, SLOT, Optional.empty());
    store.invites().insert(used, soon);
    assertThat(store.invites().redeem(used.tokenHash(), SLOT.minusSeconds(1))).contains(used);

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(store.invites().list())
                    .extracting(Invite::tokenHash)
                    .doesNotContain(unused.tokenHash(), used.tokenHash()));
    assertThat(store.invites().redeem(used.tokenHash(), SLOT.minusSeconds(1))).isEmpty();
  }
}

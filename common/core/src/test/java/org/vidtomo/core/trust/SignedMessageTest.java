package org.vidtomo.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignedMessageTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

  private final SigningKey key = SigningKey.generate();

  @Test
  void message_survives_headers_and_token() throws Exception {
    SignedMessage message = SignedMessage.sign(BODY, key);
    VerifyingKey known = VerifyingKey.decode(key.publicKey().encoded());
    assertThat(SignedMessage.of(BODY, message.headers()).verify(known)).isEqualTo(BODY);
    assertThat(SignedMessage.parseToken(message.toToken()).verify(known)).isEqualTo(BODY);
  }

  @Test
  void one_changed_bit_is_refused() {
    SignedMessage message = SignedMessage.sign(BODY, key);
    for (int bit = 0; bit < BODY.length * 8; bit++) {
      byte[] changed = BODY.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> SignedMessage.of(changed, message.headers()).verify(key.publicKey()))
          .isInstanceOf(TrustException.class);
    }
  }

  @Test
  void signature_is_one_that_the_jdk_accepts_too_and_no_other_length_is() throws Exception {
    byte[] signature = key.sign(BODY);
    Signature jdk = Signature.getInstance("Ed25519");
    jdk.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(
                new X509EncodedKeySpec(Base64.getUrlDecoder().decode(key.publicKey().encoded()))));
    jdk.update(BODY);
    assertThat(jdk.verify(signature)).isTrue();
    assertThat(key.publicKey().verifies(BODY, signature)).isTrue();
    for (int length : new int[] {0, 1, 63, 65, 128}) {
      assertThat(key.publicKey().verifies(BODY, Arrays.copyOf(signature, length))).isFalse();
    }
  }

  @Test
  void unsigned_and_malformed_messages_are_refused() {
    assertThatThrownBy(() -> SignedMessage.of(BODY, Map.of())).hasMessageContaining("not signed");
    for (String token : new String[] {"", "a", "a.b", "a.b.c.d", "!.b.c"}) {
      assertThatThrownBy(() -> SignedMessage.parseToken(token)).isInstanceOf(TrustException.class);
    }
  }

  @Test
  void key_ids_that_no_store_can_look_up_are_refused() {
    for (String id : new String[] {"", " ", "a b", "k\u0000", "k".repeat(70_000)}) {
      assertThatThrownBy(
              () -> SignedMessage.of(BODY, Map.of("x-key-id", id, "x-signature", "c2ln")))
          .isInstanceOf(TrustException.class)
          .hasMessageContaining("no id of a key");
      assertThatThrownBy(() -> SignedMessage.parseToken("e30." + id + ".c2ln"))
          .isInstanceOf(TrustException.class);
    }
  }

  @Test
  void another_key_does_not_verify() {
    SignedMessage message = SignedMessage.sign(BODY, SigningKey.generate());
    SignedMessage renamed = new SignedMessage(BODY, key.publicKey().id(), message.signature());
    assertThatThrownBy(() -> message.verify(key.publicKey())).hasMessageContaining("not with");
    assertThatThrownBy(() -> renamed.verify(key.publicKey())).hasMessageContaining("does not fit");
  }

  @Test
  void key_pair_survives_its_text_and_mixed_halves_are_refused() throws Exception {
    assertThat(SigningKey.decode(key.encoded()).publicKey().id()).isEqualTo(key.publicKey().id());
    String mixed =
        key.encoded().split("\\.")[0] + "." + SigningKey.generate().publicKey().encoded();
    assertThatThrownBy(() -> SigningKey.decode(mixed)).hasMessageContaining("belong together");
    assertThatThrownBy(() -> SigningKey.decode("")).isInstanceOf(TrustException.class);
  }

  @Test
  void certificate_holds_for_its_role_root_and_time_only() throws Exception {
    SigningKey root = SigningKey.generate();
    String token =
        new KeyCertificate(
                KeyCertificate.COORDINATOR, key.publicKey().encoded(), NOW, NOW.plusSeconds(60))
            .signedBy(root);
    assertThat(KeyCertificate.verify(token, KeyCertificate.COORDINATOR, root.publicKey(), NOW).id())
        .isEqualTo(key.publicKey().id());
    assertThatThrownBy(() -> KeyCertificate.verify(token, "aggregator", root.publicKey(), NOW))
        .hasMessageContaining("not for aggregator");
    assertThatThrownBy(
            () ->
                KeyCertificate.verify(
                    token, KeyCertificate.COORDINATOR, root.publicKey(), NOW.plusSeconds(61)))
        .hasMessageContaining("clock");
    assertThatThrownBy(
            () -> KeyCertificate.verify(token, KeyCertificate.COORDINATOR, key.publicKey(), NOW))
        .isInstanceOf(TrustException.class);
  }
}

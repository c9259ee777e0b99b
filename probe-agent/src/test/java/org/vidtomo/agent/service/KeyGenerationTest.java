package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.runtime.files.PrivateFiles;

/** Certificates that the root took back by a later one. */
class KeyGenerationTest {
  @TempDir Path directory;

  @Test
  void earlier_generation_is_refused_once_a_later_one_was_seen_also_after_a_restart()
      throws Exception {
    Path file = directory.resolve("key-generation");
    KeyGeneration seen = KeyGeneration.load(file);
    seen.see(0);
    seen.see(2);

    assertThatThrownBy(() -> seen.see(1)).hasMessageContaining("taken back");
    assertThatThrownBy(() -> KeyGeneration.load(file).see(1)).isInstanceOf(TrustException.class);
    assertThatCode(() -> KeyGeneration.load(file).see(2)).doesNotThrowAnyException();
  }

  @Test
  void assignments_of_a_stolen_key_are_refused_and_raise_nothing_themselves() throws Exception {
    SigningKey root = SigningKey.generate();
    SigningKey stolen = SigningKey.generate();
    SigningKey present = SigningKey.generate();
    Path file = directory.resolve("key-generation");
    AssignmentVerifier verifier =
        new AssignmentVerifier(
            "agent-1", root.publicKey(), KeyGeneration.load(file), Clock.systemUTC());

    // Signed by the thief, not by the root: it raises nothing.
    assertThatThrownBy(() -> verify(verifier, stolen, certificate(stolen, stolen, 99)))
        .isInstanceOf(TrustException.class);
    // Trusted, and nonsense: what a message says comes after who signed it.
    assertThatThrownBy(() -> verify(verifier, stolen, certificate(root, stolen, 0)))
        .isInstanceOf(WireException.class);
    assertThatThrownBy(() -> verify(verifier, present, certificate(root, present, 1)))
        .isInstanceOf(WireException.class);
    assertThatThrownBy(() -> verify(verifier, stolen, certificate(root, stolen, 0)))
        .isInstanceOf(TrustException.class)
        .hasMessageContaining("taken back");
    assertThat(file).hasContent("1");
  }

  @Test
  void damaged_file_is_an_error_that_names_it() throws Exception {
    Path file = directory.resolve("key-generation");
    PrivateFiles.write(file, "many");

    assertThatThrownBy(() -> KeyGeneration.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  private static void verify(AssignmentVerifier verifier, SigningKey key, String certificate)
      throws Exception {
    byte[] body = {'{', '}'};
    Map<String, String> headers = new HashMap<>(SignedMessage.sign(body, key).headers());
    headers.put(KeyCertificate.HEADER, certificate);
    verifier.verify(body, headers);
  }

  private static String certificate(SigningKey by, SigningKey key, int generation) {
    Instant now = Instant.now();
    return KeyCertificate.ofCoordinator(
            key.publicKey(), now.minusSeconds(60), now.plusSeconds(600), generation)
        .signedBy(by);
  }
}

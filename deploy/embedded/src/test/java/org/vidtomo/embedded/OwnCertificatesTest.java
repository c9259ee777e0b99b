package org.vidtomo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCertificatesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

  @TempDir Path directory;

  private OwnCertificates.Issued issue(Instant at, String... needed) {
    return new OwnCertificates(directory.resolve("tls"), Clock.fixed(at, ZoneOffset.UTC))
        .issue(Set.of(needed), Set.of("further.example"));
  }

  @Test
  void filesAreMadeOnceAndForTheirOwnerAlone() throws Exception {
    OwnCertificates.Issued first = issue(NOW, "media.example", "192.0.2.7", "::1");
    byte[] chain = Files.readAllBytes(first.chain());
    OwnCertificates.Issued again = issue(NOW.plus(Duration.ofDays(200)), "192.0.2.7");

    assertThat(again).isEqualTo(first);
    assertThat(Files.readAllBytes(again.chain())).isEqualTo(chain);
    for (Path file : List.of(first.key(), directory.resolve("tls/authority.key"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void serversCertificateIsSignedByTheAuthorityAndNamesTheMachine() throws Exception {
    OwnCertificates.Issued issued = issue(NOW, "media.example", "192.0.2.7", "::1");
    List<X509Certificate> chain = PemFiles.certificates(issued.chain());
    X509Certificate authority = PemFiles.certificates(issued.authority()).get(0);

    assertThat(chain).hasSize(2).element(1).isEqualTo(authority);
    chain.get(0).verify(authority.getPublicKey());
    authority.verify(authority.getPublicKey());
    assertThat(authority.getBasicConstraints()).isZero();
    assertThat(CertificateMaker.names(chain.get(0)))
        .containsExactlyInAnyOrder(
            "media.example", "192.0.2.7", "0:0:0:0:0:0:0:1", "further.example");
    assertThat(PemFiles.key(issued.key()).getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void serversCertificateIsMadeAgainNearItsEndOrForAnotherNameByTheSameAuthority()
      throws Exception {
    OwnCertificates.Issued first = issue(NOW, "192.0.2.7");
    byte[] authority = Files.readAllBytes(first.authority());

    Instant late = first.expiresAt().minus(Duration.ofDays(100));
    OwnCertificates.Issued renewed = issue(late, "192.0.2.7");
    assertThat(renewed.expiresAt()).isAfter(first.expiresAt());

    byte[] before = Files.readAllBytes(renewed.chain());
    OwnCertificates.Issued other = issue(late, "192.0.2.8");
    assertThat(Files.readAllBytes(other.chain())).isNotEqualTo(before);
    assertThat(Files.readAllBytes(other.authority())).isEqualTo(authority);
  }

  @Test
  void damagedFilesAreAnErrorThatSaysWhatToDo() throws Exception {
    OwnCertificates.Issued issued = issue(NOW, "192.0.2.7");
    Files.writeString(issued.authority(), "nothing");

    assertThatThrownBy(() -> issue(NOW, "192.0.2.7"))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining(issued.authority().getParent().toString())
        .hasMessageContaining("enrol again");
  }
}

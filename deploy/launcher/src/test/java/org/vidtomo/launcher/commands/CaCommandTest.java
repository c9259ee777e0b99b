package org.vidtomo.launcher.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An authority of one's own, as an operator makes and uses it. */
class CaCommandTest {
  @TempDir Path directory;

  @Test
  void servers_certificate_is_the_authoritys_and_for_the_names_given() throws Exception {
    Path authority = directory.resolve("ca");
    Path server = directory.resolve("rabbit");
    assertThat(run("init", authority.toString())).isZero();
    assertThat(
            run(
                "issue",
                authority.toString(),
                "--out",
                server.toString(),
                "rabbit.example",
                "*.rabbit.example",
                "192.0.2.7",
                "2001:db8::7"))
        .isZero();

    List<X509Certificate> chain = certificates(server.resolve("server.pem"));
    List<X509Certificate> trusted = certificates(authority.resolve("authority.pem"));
    chain.get(0).verify(trusted.get(0).getPublicKey());
    assertThat(chain.get(1)).isEqualTo(trusted.get(0));
    assertThat(chain.get(0).getSubjectAlternativeNames())
        .extracting(each -> String.valueOf(each.get(1)))
        .containsExactlyInAnyOrder(
            "rabbit.example", "*.rabbit.example", "192.0.2.7", "2001:db8:0:0:0:0:0:7");
    for (Path key : List.of(authority.resolve("authority.key"), server.resolve("server.key"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void authority_that_is_there_is_not_replaced() throws Exception {
    run("init", directory.toString());
    String made = Files.readString(directory.resolve("authority.pem"));

    assertThat(run("init", directory.toString())).isNotZero();

    assertThat(directory.resolve("authority.pem")).hasContent(made);
  }

  @Test
  void certificate_that_is_issued_again_is_another_of_the_same_authority() throws Exception {
    run("init", directory.toString());
    run("issue", directory.toString(), "one.example");
    X509Certificate first = certificates(directory.resolve("server.pem")).get(0);
    run("issue", directory.toString(), "two.example");

    X509Certificate second = certificates(directory.resolve("server.pem")).get(0);
    assertThat(second.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
    assertThat(second.getIssuerX500Principal()).isEqualTo(first.getIssuerX500Principal());
  }

  @Test
  void what_is_no_name_is_refused_before_anything_is_written() {
    run("init", directory.toString());
    for (String wrong : List.of("https://a.example", "a.example:443", "a b", "-a", "a..b", "")) {
      assertThat(run("issue", directory.toString(), wrong)).as(wrong).isNotZero();
    }
    assertThat(run("issue", directory.resolve("none").toString(), "a.example")).isNotZero();
    assertThat(directory.resolve("server.pem")).doesNotExist();
  }

  private static int run(String... arguments) {
    return new CommandLine(new CaCommand())
        .setExecutionExceptionHandler((failure, command, parsed) -> 1)
        .execute(arguments);
  }

  private static List<X509Certificate> certificates(Path file) throws Exception {
    try (var in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (IOException e) {
      throw new IOException("reading " + file, e);
    }
  }
}

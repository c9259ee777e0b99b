package org.vidtomo.launcher.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.coordinator.enrol.CoordinatorKeys;
import org.vidtomo.core.trust.KeyCertificate;
import picocli.CommandLine;

/** Keys as an operator makes, changes and takes them back, with the root on another machine. */
class KeysCommandTest {
  @TempDir Path offline;
  @TempDir Path server;

  @Test
  void coordinator_starts_with_a_key_that_a_root_elsewhere_certified() throws Exception {
    CoordinatorKeys keys = certifiedElsewhere();

    assertThat(server.resolve("root.key")).doesNotExist();
    assertThat(keys.generation()).isZero();
    assertThat(
            KeyCertificate.read(keys.certificate(), KeyCertificate.COORDINATOR, keys.root())
                .notAfter())
        .isBetween(
            Instant.now().plus(Duration.ofDays(29)), Instant.now().plus(Duration.ofDays(31)));
  }

  @Test
  void key_is_changed_without_the_root_leaving_its_machine() throws Exception {
    CoordinatorKeys first = certifiedElsewhere();
    done("rotate", server.toString());
    assertThat(load().key().publicKey().id()).isEqualTo(first.key().publicKey().id());
    certify("certify", "--root", offline.resolve("root.key").toString());
    Files.copy(
        offline.resolve("coordinator.key.cert"), server.resolve("coordinator.key.next.cert"));
    done("rotate", server.toString());

    CoordinatorKeys second = load();
    assertThat(second.key().publicKey().id()).isNotEqualTo(first.key().publicKey().id());
    assertThat(second.root().id()).isEqualTo(first.root().id());
    assertThat(server.resolve("coordinator.key.next")).doesNotExist();
    done("list", server.toString());
  }

  @Test
  void stolen_key_is_taken_back_by_a_certificate_of_the_next_generation() throws Exception {
    certifiedElsewhere();
    Path stolen =
        Files.copy(server.resolve("coordinator.key.cert"), offline.resolve("stolen.cert"));
    done("rotate", server.toString());
    certify(
        "revoke", "--root", offline.resolve("root.key").toString(), "--last", stolen.toString());
    Files.copy(
        offline.resolve("coordinator.key.cert"), server.resolve("coordinator.key.next.cert"));
    done("rotate", server.toString());

    assertThat(load().generation()).isEqualTo(1);
    // A certificate of before does not undo it, nor does whoever certifies the key again later.
    done("rotate", server.toString());
    certify("certify", "--root", offline.resolve("root.key").toString(), "--generation", "0");
    Path next = server.resolve("coordinator.key.next.cert");
    Files.copy(offline.resolve("coordinator.key.cert"), next);
    assertThat(run("rotate", server.toString())).isNotZero();
    assertThat(load().generation()).isEqualTo(1);
    certify("certify", "--root", offline.resolve("root.key").toString(), "--generation", "1");
    Files.copy(offline.resolve("coordinator.key.cert"), next, StandardCopyOption.REPLACE_EXISTING);
    done("rotate", server.toString());
    Path copy = offline.resolve("coordinator.pub");
    done("certify", "--root", offline.resolve("root.key").toString(), copy.toString());
    assertThat(Files.exists(offline.resolve("coordinator.key.cert"))).isTrue();
    assertThat(CoordinatorKeys.generation(offline.resolve("coordinator.key.cert"), load().root()))
        .isEqualTo(1);
  }

  @Test
  void what_would_do_harm_is_refused() throws Exception {
    certifiedElsewhere();
    String root = offline.resolve("root.key").toString();

    assertThat(run("root", offline.toString())).isNotZero();
    Path own = offline.resolve("coordinator.pub");
    assertThat(
            run(
                "revoke",
                "--root",
                root,
                "--last",
                server.resolve("coordinator.key.cert").toString(),
                own.toString()))
        .isNotZero();
    assertThat(run("certify", "--root", root, "--days", "0", own.toString())).isNotZero();
    assertThat(run("certify", "--root", own.toString(), own.toString())).isNotZero();
    // A certificate of another key, or of another root.
    done("rotate", server.toString());
    Files.copy(server.resolve("coordinator.key.cert"), server.resolve("coordinator.key.next.cert"));
    assertThat(run("rotate", server.toString())).isNotZero();
    assertThat(load().generation()).isZero();
    assertThatThrownBy(() -> CertificateFiles.publicKey(server.resolve("none.pub")))
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void where_the_root_is_at_hand_changing_a_key_is_one_step() throws Exception {
    CoordinatorKeys first = load();
    done("rotate", server.toString());

    assertThat(load().key().publicKey().id()).isNotEqualTo(first.key().publicKey().id());
    assertThat(load().root().id()).isEqualTo(first.root().id());
  }

  /** Root in one directory; the coordinator's key, certified by it for 30 days, in the other. */
  private CoordinatorKeys certifiedElsewhere() throws Exception {
    done("root", offline.toString());
    Files.copy(offline.resolve("root.pub"), server.resolve("root.pub"));
    done("rotate", server.toString());
    certify("certify", "--root", offline.resolve("root.key").toString(), "--days", "30");
    Files.copy(
        offline.resolve("coordinator.key.cert"), server.resolve("coordinator.key.next.cert"));
    done("rotate", server.toString());
    return load();
  }

  /** On the machine of the root, of which the server's public half came. */
  private void certify(String... words) throws Exception {
    Path carried = offline.resolve("coordinator.pub");
    Files.deleteIfExists(carried);
    Files.deleteIfExists(offline.resolve("coordinator.key.cert"));
    Files.copy(server.resolve("coordinator.pub"), carried);
    List<String> all = new java.util.ArrayList<>(List.of(words));
    all.add(carried.toString());
    done(all.toArray(String[]::new));
  }

  private CoordinatorKeys load() throws Exception {
    return CoordinatorKeys.loadOrCreate(
        server, server.resolve("coordinator.key"), Clock.systemUTC());
  }

  private static void done(String... arguments) {
    assertThat(run(arguments)).as(List.of(arguments).toString()).isZero();
  }

  private static int run(String... arguments) {
    return new CommandLine(new KeysCommand())
        .setExecutionExceptionHandler((failure, command, parsed) -> 1)
        .execute(arguments);
  }
}

package org.vidtomo.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vidtomo.testkit.Programs;
import org.vidtomo.testkit.TempDirectories;

/** The package for Debian, unpacked and not installed: that would change this machine. */
class DebTest {
  @Test
  void package_unpacks_to_an_agent_that_runs() throws Exception {
    Optional<Path> unpacked = unpacked("-x");
    if (unpacked.isEmpty()) {
      return;
    }
    Path root = unpacked.get();
    assertThat(Image.done(root.resolve("usr/lib/vidtomo-agent/bin/vidtomo"), "--version"))
        .contains("vidtomo");
    assertThat(root.resolve("usr/bin/vidtomo")).isExecutable();
    assertThat(root.resolve("lib/systemd/system/vidtomo-agent.service"))
        .hasSameTextualContentAs(Path.of("../systemd/vidtomo-agent.service"));
    assertThat(root.resolve("etc/vidtomo/agent.properties"))
        .hasSameTextualContentAs(Path.of("../settings/agent.properties"));
    try (Stream<Path> all = Files.walk(root)) {
      assertThat(all.filter(Files::isRegularFile))
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isIn("rw-r--r--", "rwxr-xr-x"));
    }
  }

  @Test
  void programs_that_its_unit_starts_are_those_that_it_installs() throws Exception {
    Optional<Path> root = unpacked("-x");
    if (root.isEmpty()) {
      return;
    }
    String unit = Files.readString(root.get().resolve("lib/systemd/system/vidtomo-agent.service"));
    String program = unit.replaceAll("(?s).*\\nExecStart=/(\\S+).*", "$1");
    assertThat(root.get().resolve(program)).isExecutable();
    String wrapper = Files.readString(root.get().resolve("usr/bin/vidtomo"));
    String inner = wrapper.replaceAll("(?s).*\\nprogram=/(\\S+).*", "$1");
    assertThat(root.get().resolve(inner)).isExecutable();
    String documentation = unit.replaceAll("(?s).*\\nDocumentation=file:/(\\S+).*", "$1");
    assertThat(root.get().resolve(documentation)).exists();
  }

  @Test
  void control_says_what_it_is_and_its_scripts_are_well_formed() throws Exception {
    Optional<Path> control = unpacked("-e");
    if (control.isEmpty()) {
      return;
    }
    assertThat(Files.readString(control.get().resolve("control")))
        .containsPattern("(?m)^Package: vidtomo-agent$")
        .containsPattern("(?m)^Version: 0\\.1\\.0")
        .containsPattern("(?m)^Architecture: (amd64|arm64)$")
        .containsPattern("(?m)^Installed-Size: \\d+$")
        .doesNotContain("[[");
    assertThat(Files.readString(control.get().resolve("conffiles")).lines())
        .containsExactlyInAnyOrder(
            "/etc/vidtomo/agent.properties", "/etc/vidtomo/policy.properties");
    for (String script : List.of("postinst", "prerm", "postrm")) {
      Path file = control.get().resolve(script);
      assertThat(file).isExecutable();
      Image.done(Path.of("/bin/sh"), "-n", file.toString());
    }
  }

  @Test
  void lintian_has_no_errors_to_tell() throws Exception {
    Optional<Path> lintian = Programs.find("lintian");
    if (lintian.isEmpty()) {
      Programs.notTried("the package for Debian with lintian", "lintian");
      return;
    }
    Programs.done(
        List.of(
            lintian.get().toString(),
            "--fail-on",
            "error",
            "--tag-display-limit",
            "0",
            Image.deb().toString()),
        TempDirectories.create("lintian"));
  }

  private static Optional<Path> unpacked(String how) throws Exception {
    Optional<Path> dpkg = Programs.find("dpkg-deb");
    if (dpkg.isEmpty()) {
      Programs.notTried("the package for Debian", "dpkg-deb");
      return Optional.empty();
    }
    Path root = TempDirectories.create("deb").resolve("root");
    Image.done(dpkg.get(), how, Image.deb().toString(), root.toString());
    return Optional.of(root);
  }
}

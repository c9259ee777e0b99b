package org.vidtomo.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What is in the archives. */
class ArchivesTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  @Test
  void zip_holds_what_tar_holds() throws Exception {
    Set<String> zipped;
    try (ZipFile zip = new ZipFile(Unpacked.zip().toFile())) {
      zipped =
          zip.stream()
              .filter(entry -> !entry.isDirectory())
              .map(entry -> entry.getName().substring(entry.getName().indexOf('/') + 1))
              .collect(Collectors.toCollection(TreeSet::new));
    }

    assertThat(zipped).isEqualTo(files(Unpacked.home()));
  }

  @Test
  void launchers_start_where_they_are_for() throws Exception {
    assertThat(Unpacked.home().resolve("vidtomo")).isExecutable();
    assertThat(Unpacked.home().resolve("deploy/docker/prepare")).isExecutable();
    assertThat(Files.readString(Unpacked.home().resolve("vidtomo.cmd")).lines().count())
        .isEqualTo(Files.readString(Unpacked.home().resolve("vidtomo.cmd")).split("\r\n").length);
  }

  @Test
  void jars_are_those_that_a_source_checkout_runs_with() throws Exception {
    Path target = Unpacked.checkout().resolve("deploy/launcher/target");
    Set<String> expected =
        Arrays.stream(Files.readString(target.resolve("classpath")).split(File.pathSeparator))
            .map(path -> withoutVersion(Path.of(path.strip()).getFileName().toString()))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> packed =
        files(Unpacked.home().resolve("lib/vidtomo")).stream()
            .map(ArchivesTest::withoutVersion)
            .collect(Collectors.toCollection(TreeSet::new));
    expected.add("vidtomo-launcher");

    assertThat(packed).isEqualTo(expected);
    assertThat(packed).noneMatch(name -> name.contains("junit") || name.endsWith("-tests.jar"));
    assertThat(files(Unpacked.home().resolve("lib/cassandra")))
        .anyMatch(name -> name.startsWith("cassandra-all-"));
  }

  private static String withoutVersion(String jar) {
    return jar.startsWith("vidtomo-") ? jar.replaceAll("-[0-9].*", "") : jar;
  }

  @Test
  void links_between_documents_lead_somewhere() throws Exception {
    Set<String> broken = new TreeSet<>();
    for (String name : files(Unpacked.home())) {
      if (name.endsWith(".md") && !name.startsWith("docs/adr")) {
        Path document = Unpacked.home().resolve(name);
        Matcher links = LINK.matcher(Files.readString(document));
        while (links.find()) {
          String target = links.group(1).replaceAll("#.*", "");
          if (!target.isEmpty() && URI.create(target).getScheme() == null) {
            Path path = document.resolveSibling(target).normalize();
            if (!Files.exists(path)) {
              broken.add(name + " → " + links.group(1));
            }
          }
        }
      }
    }
    // Directories of the sources, which only the modules' table of the front page names.
    broken.removeIf(each -> each.matches("README.md → (common|deploy)/[a-z]+"));

    assertThat(broken).isEmpty();
  }

  private static Set<String> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}

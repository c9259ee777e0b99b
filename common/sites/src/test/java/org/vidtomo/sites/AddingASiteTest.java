package org.vidtomo.sites;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example in docs/adding-a-site.md is the code, and as short as it says. */
class AddingASiteTest {
  private static final Path DOCS = Path.of("../../docs/adding-a-site.md");
  private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");

  @Test
  void example_isTheCodeAndItsTest() throws IOException {
    Matcher blocks = JAVA.matcher(Files.readString(DOCS));
    List<String> shown = new ArrayList<>();
    while (blocks.find()) {
      shown.add(blocks.group(1));
    }
    Path site = Path.of("src/main/java/org/vidtomo/sites/archive/ArchiveSite.java");
    Path test = Path.of("src/test/java/org/vidtomo/sites/archive/ArchiveSiteTest.java");
    assertThat(shown).containsExactly(Files.readString(site), Files.readString(test));
    assertThat(String.join("", shown).lines()).hasSizeLessThan(100);
  }
}

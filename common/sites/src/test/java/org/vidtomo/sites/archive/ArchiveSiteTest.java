package org.vidtomo.sites.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Walk;

class ArchiveSiteTest {
  private static final URI URL = URI.create("https://archive.org/details/clip-1");
  private static final String METADATA =
      "{\"metadata\": {\"title\": \"A clip\"}, \"files\": [{\"name\": \"a b.mp4\", \"height\": \"480\"},"
          + " {\"name\": \"a.ogv\", \"height\": \"240\"}, {\"name\": \"a.gif\", \"height\": \"110\"}]}";

  @Test
  void item_itsVideosAndTitle() {
    byte[] body = METADATA.getBytes(StandardCharsets.UTF_8);
    Page page =
        Walk.of(
            new ArchiveSite(),
            URL,
            request -> new Document(request.url(), 200, Optional.empty(), body, true));
    assertThat(page.media()).extracting(m -> m.height().getAsInt()).containsExactly(480, 240);
    assertThat(page.media().get(0).url())
        .hasToString("https://archive.org/download/clip-1/a%20b.mp4");
    assertThat(page.title()).contains("A clip");
  }
}

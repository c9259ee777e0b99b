package org.vidtomo.sites.page;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.MediaType;

/** Links from what was read of them. */
final class Links {
  private Links() {}

  static MediaLink of(URI url, Facts facts) {
    OptionalInt height = facts.height().isPresent() ? facts.height() : Labels.height(url);
    // What the URL ends with is the form itself; a type may be that of a group.
    Optional<String> mime =
        facts
            .mime()
            .filter(type -> MediaType.ofMime(type).isPresent() && !type.startsWith("audio/"));
    boolean ends = MediaType.ofEnding(url).isPresent();
    boolean codecs = mime.filter(type -> type.contains("codecs")).isPresent();
    return MediaLink.of(url, ends && !codecs ? Optional.empty() : mime, facts.width(), height)
        .sized(facts.bitrateBps(), facts.contentLength())
        .graded(Labels.grade(facts.label(), url));
  }
}

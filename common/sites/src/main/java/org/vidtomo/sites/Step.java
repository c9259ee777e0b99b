package org.vidtomo.sites;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;

/** On the way from a URL to its media: fetch this, or this is it. */
public sealed interface Step {

  /**
   * One thing to fetch.
   *
   * @param then reads what came, whatever its status, and says what is next
   * @param otherwise what is known if nothing comes; absent: the lookup fails with the reason
   */
  record Fetch(SiteRequest request, Function<Document, Step> then, Optional<Page> otherwise)
      implements Step {
    public Fetch {
      requireNonNull(request, "request");
      requireNonNull(then, "then");
      requireNonNull(otherwise, "otherwise");
    }

    /** A fetch without which there is nothing. */
    public Fetch(SiteRequest request, Function<Document, Step> then) {
      this(request, then, Optional.empty());
    }
  }

  /** The end: media, or why there is none; related links in either case. */
  record Found(Page page) implements Step {
    public Found {
      requireNonNull(page, "page");
    }
  }
}

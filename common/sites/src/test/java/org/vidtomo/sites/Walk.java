package org.vidtomo.sites;

import java.net.URI;
import java.util.function.Function;

/** Takes a site's steps with answers that a test gives. */
public final class Walk {
  private static final int MAX_REQUESTS = 8;

  private Walk() {}

  /** The page at the steps' end. */
  public static Page of(Site site, URI url, Function<SiteRequest, Document> answers) {
    Step step = site.begin(url);
    for (int i = 0; i < MAX_REQUESTS && step instanceof Step.Fetch fetch; i++) {
      step = fetch.then().apply(answers.apply(fetch.request()));
    }
    return ((Step.Found) step).page();
  }
}

package org.vidtomo.agent.locate;

import java.util.Optional;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Step;

/** Takes a site's steps, one request after another, to their end. */
final class StepRunner {
  /** In one lookup; redirects count apart. */
  static final int MAX_REQUESTS = 8;

  private final PageFetcher pages;

  StepRunner(PageFetcher pages) {
    this.pages = pages;
  }

  Page run(Step first, Deadline deadline) {
    Step step = first;
    Optional<Failure> cut = Optional.empty();
    for (int requests = 0; step instanceof Step.Fetch fetch; requests++) {
      Fetched fetched =
          requests < MAX_REQUESTS
              ? pages.fetch(fetch.request(), deadline)
              : Fetched.failed(tooMany());
      // What was only followed in case does not speak for the page.
      cut = fetched.document().isPresent() ? fetched.failure() : Optional.empty();
      step =
          fetched
              .document()
              .map(fetch.then())
              .orElseGet(() -> new Step.Found(lost(fetch, fetched.failure().orElseThrow())));
    }
    Page page = ((Step.Found) step).page();
    // What was cut off may have named the media.
    return cut.isPresent() && missing(page) ? page.failing(cut.get()) : page;
  }

  private static Page lost(Step.Fetch fetch, Failure failure) {
    return fetch.otherwise().orElseGet(() -> Page.failed(failure));
  }

  private static boolean missing(Page page) {
    return page.failure().filter(f -> f.kind() == FailureKind.MEDIA_NOT_FOUND).isPresent();
  }

  private static Failure tooMany() {
    return new Failure(
        FailureKind.MEDIA_NOT_FOUND,
        "locate",
        "the media was not found within " + MAX_REQUESTS + " requests");
  }
}

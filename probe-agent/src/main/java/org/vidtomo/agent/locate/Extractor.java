package org.vidtomo.agent.locate;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.sites.Page;

/** A program beside the agent that finds the media of sites which the agent can't read. */
@FunctionalInterface
public interface Extractor {

  /**
   * What an extractor found.
   *
   * @param name the program's, with its version, as it stands in reports
   */
  record Extraction(Page page, String name) {
    public Extraction {
      requireNonNull(page, "page");
      requireNonNull(name, "name");
    }
  }

  /**
   * Asks it, within its own time limit and the deadline. Whatever goes wrong is in the page.
   *
   * @param url http or https
   */
  Extraction extract(URI url, Deadline deadline);
}

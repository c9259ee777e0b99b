package org.vidtomo.agent.download.segmented;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import org.vidtomo.agent.http.Requester;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;

/**
 * What came of fetching one resource; times in microseconds of the session.
 *
 * @param end {@code END_OF_BODY} when it came whole
 * @param url where it was found after redirects
 * @param status 0 when no response came
 * @param body what was kept of it
 * @param failure present exactly when the end is {@code FAILED}
 */
record Fetch(
    DownloadEnd end,
    URI url,
    int status,
    long requestedAtMicros,
    long firstByteMicros,
    long lastByteMicros,
    long bytes,
    byte[] body,
    Optional<Requester.Answer> answer,
    Optional<Failure> failure) {
  Fetch {
    requireNonNull(end, "end");
    requireNonNull(answer, "answer");
    requireNonNull(failure, "failure");
  }

  boolean whole() {
    return end == DownloadEnd.END_OF_BODY;
  }
}

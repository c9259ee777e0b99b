package org.vidtomo.agent.download.segmented;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Exchange;
import org.vidtomo.agent.http.Requester;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.agent.manifest.Resource;
import org.vidtomo.agent.redirect.RedirectChain;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;

/**
 * One segmented download's requests: each follows redirects, passes the guards, and ends with the
 * session's time or bytes at the latest.
 */
final class Session {
  /** A time limit that strikes while connecting shows as a failure so much before it. */
  private static final long TOLERANCE_MICROS = 20_000;

  private final Requester requester;
  private final SessionClock clock;
  private final SessionBytes bytes;
  private final Deadline deadline;

  Session(Requester requester, SessionClock clock, SessionBytes bytes, Deadline deadline) {
    this.requester = requester;
    this.clock = clock;
    this.bytes = bytes;
    this.deadline = deadline;
  }

  SessionClock clock() {
    return clock;
  }

  SessionBytes bytes() {
    return bytes;
  }

  /** Fetches media, which is counted and not kept. */
  Fetch media(Resource resource) {
    return fetch(resource, Map.of("Accept-Encoding", "identity"), 0);
  }

  /** Fetches a part of a file that has to be read. */
  Fetch index(Resource resource, int maxBytes) {
    return fetch(resource, Map.of("Accept-Encoding", "identity"), maxBytes);
  }

  /** Fetches a manifest, as players do: compressed where the server can. */
  Fetch manifest(URI url, int maxBytes) {
    return fetch(Resource.whole(url), Map.of("Accept-Encoding", "gzip"), maxBytes);
  }

  private Fetch fetch(Resource resource, Map<String, String> headers, int maxKept) {
    Map<String, String> all = new HashMap<>(headers);
    resource.span().ifPresent(span -> all.put("Range", span.header()));
    long requestedAt = clock.now();
    bytes.requested(requestedAt);
    RedirectChain chain = new RedirectChain(resource.url());
    URI url = resource.url();
    while (true) {
      FetchSink sink = new FetchSink(clock, bytes, resource.span().isPresent(), maxKept);
      Requester.Answer answer = ask(url, all, sink);
      Optional<RedirectChain.Verdict> verdict =
          sink.status() >= 300 && sink.status() < 400
              ? sink.head().map(head -> chain.judge(answer.url(), head))
              : Optional.empty();
      Optional<URI> next = verdict.flatMap(RedirectChain.Verdict::next);
      if (next.isEmpty()) {
        bytes.ended(clock.now());
        return result(answer, sink, requestedAt, verdict.flatMap(RedirectChain.Verdict::failure));
      }
      url = next.get();
    }
  }

  private Requester.Answer ask(URI url, Map<String, String> headers, FetchSink sink) {
    Duration left = Duration.ofNanos(clock.leftMicros() * 1000);
    return requester.get(
        url, UrlGuard.Use.FOLLOWED, headers, sink, Optional.of(left), deadline.within(left));
  }

  private Fetch result(
      Requester.Answer answer, FetchSink sink, long requestedAt, Optional<Failure> redirect) {
    DownloadEnd end = end(answer.exchange(), sink, redirect);
    return new Fetch(
        end,
        answer.url(),
        sink.status(),
        requestedAt,
        sink.firstByteAt(),
        sink.lastByteAt(),
        sink.count(),
        sink.kept(),
        Optional.of(answer),
        end == DownloadEnd.FAILED
            ? Optional.of(failure(answer.exchange(), sink, redirect))
            : Optional.empty());
  }

  private DownloadEnd end(Exchange exchange, FetchSink sink, Optional<Failure> redirect) {
    if (exchange.end() == Exchange.End.TIME_LIMIT || exchange.failure().isPresent() && timeIsUp()) {
      return DownloadEnd.TIME_LIMIT;
    }
    boolean whole =
        exchange.end() == Exchange.End.COMPLETE && sink.status() >= 200 && sink.status() < 300;
    if (whole && redirect.isEmpty()) {
      return DownloadEnd.END_OF_BODY;
    }
    // The sink's own limit, or the owner's budget, which stops an exchange in the same way.
    boolean budget = exchange.end() == Exchange.End.STOPPED && requester.leftBytes() <= 0;
    return sink.limited() || budget ? DownloadEnd.BYTE_LIMIT : DownloadEnd.FAILED;
  }

  private boolean timeIsUp() {
    return clock.now() > 0 && clock.leftMicros() <= TOLERANCE_MICROS;
  }

  private static Failure failure(Exchange exchange, FetchSink sink, Optional<Failure> redirect) {
    if (exchange.failure().isPresent()) {
      Failure failure = exchange.failure().get();
      return sink.head().isEmpty()
          ? failure
          : new Failure(failure.kind(), "download", failure.detail());
    }
    if (redirect.isPresent()) {
      return new Failure(redirect.get().kind(), "download", redirect.get().detail());
    }
    if (sink.overflow()) {
      return new Failure(
          FailureKind.BODY_TOO_LARGE,
          "download",
          "the manifest is larger than what is read of one");
    }
    return sink.rangeIgnored()
        ? new Failure(
            FailureKind.HTTP_PROTOCOL,
            "download",
            "the server sends the whole file where a part was asked for")
        : Failure.ofStatus(sink.status(), "download");
  }
}

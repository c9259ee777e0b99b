package org.vidtomo.agent.locate;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Exchange;
import org.vidtomo.agent.http.Requester;
import org.vidtomo.agent.http.ResponseHead;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.agent.redirect.RedirectChain;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Document;

/** Fetches pages, over redirects, within bounds of size and time. */
final class PageFetcher {
  /** For a page with all its redirects. */
  static final Duration LIMIT = Duration.ofSeconds(30);

  private static final Map<String, String> HEADERS =
      Map.of("Accept-Encoding", "gzip", "Accept-Language", "en,*;q=0.5");

  private final Requester requester;

  PageFetcher(Requester requester) {
    this.requester = requester;
  }

  Fetched fetch(URI start, Deadline deadline) {
    Deadline limit = deadline.within(LIMIT);
    RedirectChain chain = new RedirectChain(start);
    UrlGuard.Use use = UrlGuard.Use.PAGE;
    URI url = start;
    while (true) {
      PageSink sink = new PageSink();
      Exchange exchange = requester.get(url, use, HEADERS, sink, limit).exchange();
      // A body cut short may still hold the head of the page, where the media is named.
      boolean unusable = exchange.failure().isPresent() && sink.body().length == 0;
      if (unusable || exchange.head().isEmpty()) {
        return Fetched.failed(url, located(exchange.failure().orElseThrow()));
      }
      RedirectChain.Verdict verdict = chain.judge(url, exchange.head().get());
      if (verdict.failure().isPresent()) {
        return Fetched.failed(url, located(verdict.failure().get()));
      }
      if (verdict.next().isEmpty()) {
        return read(url, exchange, sink);
      }
      url = verdict.next().get();
      use = UrlGuard.Use.FOLLOWED;
    }
  }

  private static Failure located(Failure failure) {
    return new Failure(failure.kind(), "locate", failure.detail());
  }

  private static Fetched read(URI url, Exchange exchange, PageSink sink) {
    ResponseHead head = exchange.head().orElseThrow();
    Optional<String> type = sink.manifestType().or(() -> head.header("content-type"));
    if (sink.media()) {
      return new Fetched(
          url, true, Optional.of(new Document(type, new byte[0], false)), Optional.empty());
    }
    boolean gzip = head.header("content-encoding").map("gzip"::equalsIgnoreCase).orElse(false);
    byte[] body = gzip ? inflated(sink.body()) : sink.body();
    boolean whole = exchange.end() == Exchange.End.COMPLETE && body.length < Document.MAX_BYTES;
    Optional<Failure> failure =
        sink.overflow()
            ? Optional.of(
                new Failure(
                    FailureKind.BODY_TOO_LARGE,
                    "locate",
                    "the page is larger than " + (Document.MAX_BYTES >> 20) + " MiB"))
            : exchange.failure().map(PageFetcher::located);
    return new Fetched(url, false, Optional.of(new Document(type, body, whole)), failure);
  }

  /** What there is, up to the bound: a bomb or a broken end costs no more. */
  private static byte[] inflated(byte[] gzip) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return upTo(in, Document.MAX_BYTES);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private static byte[] upTo(InputStream in, int max) throws IOException {
    byte[] buffer = new byte[max];
    int size = 0;
    try {
      for (int n; size < max && (n = in.read(buffer, size, max - size)) >= 0; ) {
        size += n;
      }
    } catch (EOFException | java.util.zip.ZipException e) {
      // The body was cut short; what came before is still the page's beginning.
    }
    return java.util.Arrays.copyOf(buffer, size);
  }
}

package org.vidtomo.agent.locate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
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
import org.vidtomo.sites.MediaType;
import org.vidtomo.sites.SiteRequest;

/** Fetches what the sites of one lookup ask for, over redirects, within bounds of size and time. */
final class PageFetcher {
  /** For a page with all its redirects. */
  static final Duration LIMIT = Duration.ofSeconds(30);

  private static final Map<String, String> HEADERS =
      Map.of("Accept-Encoding", "gzip", "Accept-Language", "en,*;q=0.5");

  private final Requester requester;
  private final Cookies cookies = new Cookies();

  PageFetcher(Requester requester) {
    this.requester = requester;
  }

  /** Whatever the status: services tell reasons in the bodies of errors. */
  Fetched fetch(SiteRequest start, Deadline deadline) {
    Deadline limit = deadline.within(LIMIT);
    RedirectChain chain = new RedirectChain(start.url());
    SiteRequest request = start;
    while (true) {
      PageSink sink = new PageSink();
      Exchange exchange =
          requester.ask(complete(request), UrlGuard.Use.FOLLOWED, sink, limit).exchange();
      // A body cut short may still hold the head of the page, where the media is named.
      boolean unusable = exchange.failure().isPresent() && sink.body().length == 0;
      if (unusable || exchange.head().isEmpty()) {
        return Fetched.failed(exchange.failure().orElseThrow());
      }
      ResponseHead head = exchange.head().get();
      if (cookies.take(request.url(), head)) {
        chain.forget();
      }
      RedirectChain.Verdict verdict = chain.judge(request.url(), head);
      if (verdict.next().isPresent()) {
        request = redirected(request, verdict.next().get(), head.status());
      } else if (head.redirects()) {
        return Fetched.failed(verdict.failure().orElseThrow());
      } else {
        return read(request.url(), exchange, sink);
      }
    }
  }

  private SiteRequest complete(SiteRequest request) {
    Map<String, String> headers = new LinkedHashMap<>(HEADERS);
    headers.putAll(request.headers());
    cookies
        .header(request.url(), Optional.ofNullable(headers.get("Cookie")))
        .ifPresent(cookie -> headers.put("Cookie", cookie));
    return new SiteRequest(request.method(), request.url(), headers, request.body());
  }

  /** A POST stays one only where the server says so (Fetch standard, HTTP-redirect fetch). */
  private static SiteRequest redirected(SiteRequest request, URI next, int status) {
    boolean same = status == 307 || status == 308;
    Map<String, String> headers = new LinkedHashMap<>(request.headers());
    if (!next.getHost().equals(request.url().getHost())) {
      headers.remove("Cookie");
    }
    if (same || request.body().isEmpty()) {
      return new SiteRequest(request.method(), next, headers, request.body());
    }
    headers.remove("Content-Type");
    return new SiteRequest("GET", next, headers, Optional.empty());
  }

  private static Fetched read(URI url, Exchange exchange, PageSink sink) {
    ResponseHead head = exchange.head().orElseThrow();
    boolean gzip = head.header("content-encoding").map("gzip"::equalsIgnoreCase).orElse(false);
    byte[] body = gzip ? inflated(sink.body()) : sink.body();
    Optional<String> shown = sink.mediaType(body);
    Optional<String> type = shown.or(() -> head.header("content-type"));
    if (sink.media() || shown.filter(t -> !MediaType.isManifest(t)).isPresent()) {
      Document media = new Document(url, head.status(), type, new byte[0], false);
      return new Fetched(Optional.of(media), Optional.empty());
    }
    boolean whole = exchange.end() == Exchange.End.COMPLETE && body.length < Document.MAX_BYTES;
    Optional<Failure> failure =
        sink.overflow()
            ? Optional.of(
                new Failure(
                    FailureKind.BODY_TOO_LARGE,
                    "locate",
                    "the page is larger than " + (Document.MAX_BYTES >> 20) + " MiB"))
            : exchange.failure().map(f -> new Failure(f.kind(), "locate", f.detail()));
    return new Fetched(Optional.of(new Document(url, head.status(), type, body, whole)), failure);
  }

  /** What there is, up to the bound: a bomb or a broken end costs no more. */
  private static byte[] inflated(byte[] gzip) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(gzip.length * 4);
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      for (int n; (n = in.read(buffer)) >= 0 && out.size() < Document.MAX_BYTES; ) {
        out.write(buffer, 0, Math.min(n, Document.MAX_BYTES - out.size()));
      }
    } catch (IOException e) {
      // The body was cut short; what came before is still the page's beginning.
      return out.toByteArray();
    }
    return out.toByteArray();
  }
}

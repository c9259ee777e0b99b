package org.vidtomo.agent.redirect;

import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.vidtomo.agent.http.ResponseHead;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Urls;

/**
 * Where responses lead, one after another. Where no cookies are kept, a URL that comes again is a
 * loop.
 */
public final class RedirectChain {
  /** Redirects that are followed at most, as browsers do (Fetch standard, HTTP-redirect fetch). */
  public static final int MAX_REDIRECTS = 20;

  private final Set<URI> seen = new HashSet<>();
  private int redirects;

  /** A chain that begins at a URL. */
  public RedirectChain(URI start) {
    seen.add(start);
  }

  /**
   * What a response asks for: exactly one of the two, or neither when it is the end.
   *
   * @param next where to go
   * @param failure why the chain cannot go on
   */
  public record Verdict(Optional<URI> next, Optional<Failure> failure) {
    static final Verdict END = new Verdict(Optional.empty(), Optional.empty());

    static Verdict go(URI next) {
      return new Verdict(Optional.of(next), Optional.empty());
    }

    static Verdict fail(FailureKind kind, String detail) {
      return new Verdict(Optional.empty(), Optional.of(new Failure(kind, "trace", detail)));
    }
  }

  /** A cookie was set: the same URL may now answer otherwise. The number of redirects counts on. */
  public void forget() {
    seen.clear();
  }

  /** Judges the response of the chain's newest URL. */
  public Verdict judge(URI url, ResponseHead head) {
    Optional<String> location = head.header("location");
    // 300 offers a choice, and its Location is the server's own (RFC 9110 §15.4.1).
    if (head.redirects() || head.status() == 300 && location.isPresent()) {
      return location
          .map(link -> follow(url, link))
          .orElse(Verdict.fail(FailureKind.REDIRECT_INVALID, "a redirect without Location"));
    }
    // 416: nothing there has the two bytes that were asked for, and it is for the download to say.
    boolean end = head.successful() || head.status() == 416;
    return end
        ? Verdict.END
        : new Verdict(Optional.empty(), Optional.of(Failure.ofStatus(head.status(), "trace")));
  }

  private Verdict follow(URI url, String location) {
    Optional<URI> next = Urls.resolve(url, location);
    if (next.isEmpty()) {
      return Verdict.fail(
          FailureKind.REDIRECT_INVALID, "a redirect to what is no http or https URL");
    }
    if (!seen.add(next.get())) {
      return Verdict.fail(FailureKind.REDIRECT_LOOP, "a redirect to a URL that was there before");
    }
    if (++redirects > MAX_REDIRECTS) {
      return Verdict.fail(
          FailureKind.TOO_MANY_REDIRECTS, "more than " + MAX_REDIRECTS + " redirects");
    }
    return Verdict.go(next.get());
  }
}

package org.vidtomo.agent.redirect;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.vidtomo.agent.http.BodySink;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Endpoint;
import org.vidtomo.agent.http.Requester;
import org.vidtomo.agent.http.ResponseHead;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Hop;
import org.vidtomo.sites.Urls;

/**
 * Follows redirects one request at a time.
 *
 * <p>It asks with GET for the first two bytes. HEAD is refused or answered otherwise by many
 * caches; a whole GET makes caches send what is thrown away; {@code bytes=0-1} is what the players
 * of iPhones and Macs ask first, so whatever serves video answers it well. The body is not read.
 */
public final class RedirectTracer {
  static final Map<String, String> HEADERS =
      Map.of("Range", "bytes=0-1", "Accept-Encoding", "identity");

  private static final List<String> KEPT =
      List.of(
          "server",
          "via",
          "age",
          "x-cache",
          "cache-control",
          "alt-svc",
          "content-length",
          "content-type",
          "accept-ranges",
          "content-range",
          "location");
  private static final int MAX_VALUE = 1000;

  private final Requester requester;

  public RedirectTracer(Requester requester) {
    this.requester = requester;
  }

  /** Follows from a URL to the end, or as far as it goes. */
  public Trace trace(URI start, Deadline deadline) {
    RedirectChain chain = new RedirectChain(start);
    List<Hop> hops = new ArrayList<>();
    List<String> hosts = new ArrayList<>();
    List<Trace.Server> servers = new ArrayList<>();
    URI url = start;
    while (true) {
      Requester.Answer answer =
          requester.get(url, UrlGuard.Use.FOLLOWED, HEADERS, BodySink.NONE, deadline);
      if (!refused(answer)) {
        hosts.add(answer.host());
      }
      answer.endpoint().ifPresent(e -> servers.add(server(answer, e)));
      Optional<RedirectChain.Verdict> verdict = judge(chain, url, answer);
      Optional<Failure> failure =
          answer.exchange().failure().or(() -> verdict.flatMap(RedirectChain.Verdict::failure));
      hops.add(hop(hops.size(), answer, failure));
      Optional<URI> next = verdict.flatMap(RedirectChain.Verdict::next);
      if (next.isEmpty()) {
        return new Trace(
            hops, hosts, servers, failure.isPresent() ? Optional.empty() : last(answer));
      }
      url = next.get();
    }
  }

  private static boolean refused(Requester.Answer answer) {
    return answer.exchange().failedFor(FailureKind.PRIVATE_ADDRESS);
  }

  private static Optional<RedirectChain.Verdict> judge(
      RedirectChain chain, URI url, Requester.Answer answer) {
    return answer.exchange().failure().isPresent()
        ? Optional.empty()
        : answer.exchange().head().map(head -> chain.judge(url, head));
  }

  private static Optional<Trace.Last> last(Requester.Answer answer) {
    return answer
        .endpoint()
        .map(
            endpoint ->
                new Trace.Last(
                    answer.url(), answer.host(), endpoint, answer.exchange().head().orElseThrow()));
  }

  private static Hop hop(int index, Requester.Answer answer, Optional<Failure> failure) {
    Optional<ResponseHead> head = answer.exchange().head();
    return new Hop(
        index,
        answer.url().toString(),
        "GET",
        head.map(h -> OptionalInt.of(h.status())).orElse(OptionalInt.empty()),
        head.flatMap(h -> h.header("location")).map(RedirectTracer::cut),
        answer.endpoint().map(Endpoint::addressText),
        answer.exchange().protocol(),
        answer.exchange().tls(),
        answer.exchange().alpn(),
        answer.exchange().http3Failure(),
        answer.endpoint().flatMap(Endpoint::proxy).map(proxy -> true),
        answer.exchange().phases(),
        head.map(RedirectTracer::selected).orElse(Map.of()),
        failure);
  }

  private static Map<String, String> selected(ResponseHead head) {
    Map<String, String> selected = new LinkedHashMap<>();
    KEPT.forEach(name -> head.header(name).ifPresent(value -> selected.put(name, cut(value))));
    return selected;
  }

  private static String cut(String value) {
    return value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE);
  }

  private static Trace.Server server(Requester.Answer answer, Endpoint endpoint) {
    return new Trace.Server(answer.host(), Urls.host(answer.url()), endpoint.address());
  }
}

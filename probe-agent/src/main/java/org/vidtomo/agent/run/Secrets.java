package org.vidtomo.agent.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vidtomo.core.report.ChosenMedia;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.Hop;
import org.vidtomo.runtime.AddressMask;

/**
 * Takes the secrets out of URLs before they leave the agent: who holds a signed URL may use it, and
 * it may name the client's address. The parameter's name stays, so that one sees it was there.
 */
final class Secrets {
  static final String MARK = "redacted";

  private static final Set<String> NAMES =
      Set.of(
          "ip",
          "sig",
          "lsig",
          "sign",
          "sigh",
          "hash",
          "hmac",
          "md5",
          "sha1",
          "sha256",
          "policy",
          "auth",
          "key",
          "apikey",
          "token",
          "tok",
          "st",
          "session",
          "sid",
          "ticket",
          "jwt",
          "credential",
          "password",
          "pass",
          "pw",
          "user",
          "userid",
          "uid",
          "email",
          "cpn",
          "visitordata",
          "pot",
          "hdnea",
          "hdnts",
          "hdntl",
          "hdnes",
          "wmsauthsign",
          "secure",
          "s",
          "n");
  private static final Pattern PART_OF_NAME =
      Pattern.compile("signature|token|auth|secret|credential|session|key-pair|hmac|policy");
  // Long and without structure: a digest, an id or something encrypted.
  private static final Pattern LONG_RANDOM =
      Pattern.compile("(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9_~%+/=-]{32,}");
  private static final Pattern LONG_WORD =
      Pattern.compile(
          "(?<![A-Za-z0-9_~%+/=-])(?=[A-Za-z_~%+/=-]*[0-9])(?=[0-9_~%+/=-]*[A-Za-z])[A-Za-z0-9_~%+/=-]{32,}");

  private static final Pattern URL_IN_TEXT =
      Pattern.compile("[a-z][a-z0-9+.-]{2,10}://[^\\s\"'<>]+", Pattern.CASE_INSENSITIVE);
  private static final Pattern ASSIGNED =
      Pattern.compile("([A-Za-z][A-Za-z0-9_-]{1,30})([\"']?\\s?[=:]\\s?[\"']?)([^\\s\"'&;,]{4,})");

  private Secrets() {}

  /**
   * A sentence, such as a server or another program may have put together, without secrets: URLs
   * lose theirs, words that are long and random and values of secrets' names go, and public
   * addresses become their networks.
   */
  static String text(String sentence) {
    String urls =
        URL_IN_TEXT
            .matcher(sentence)
            .replaceAll(url -> Matcher.quoteReplacement(redact(url.group())));
    String assigned =
        ASSIGNED.matcher(urls).replaceAll(pair -> Matcher.quoteReplacement(assigned(pair)));
    return AddressMask.mask(LONG_WORD.matcher(assigned).replaceAll(MARK));
  }

  private static String assigned(MatchResult pair) {
    return secret(pair.group(1)) ? pair.group(1) + pair.group(2) + MARK : pair.group();
  }

  static Failure failure(Failure failure) {
    return new Failure(failure.kind(), failure.operation(), text(failure.detail()));
  }

  /** A URL without its secrets, user information and fragment. */
  static String redact(String url) {
    String bare = url.replaceFirst("#.*", "").replaceFirst("^([a-zA-Z]+:)?//[^/?@]*@", "$1//");
    int query = bare.indexOf('?');
    String path = query < 0 ? bare : bare.substring(0, query);
    return path(path) + (query < 0 ? "" : "?" + query(bare.substring(query + 1)));
  }

  private static String query(String query) {
    return Arrays.stream(query.split("&")).map(Secrets::parameter).collect(Collectors.joining("&"));
  }

  private static String parameter(String parameter) {
    int equals = parameter.indexOf('=');
    if (equals < 0) {
      return LONG_RANDOM.matcher(parameter).matches() ? MARK : parameter;
    }
    String name = parameter.substring(0, equals);
    String value = parameter.substring(equals + 1);
    boolean secret = secret(name) || LONG_RANDOM.matcher(value).matches();
    return name + "=" + (secret && !value.isEmpty() ? MARK : value);
  }

  /** Some services write parameters as path segments: {@code /sig/…/} or {@code /token=…/}. */
  private static String path(String path) {
    String[] segments = path.split("/", -1);
    for (int i = 3; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      if (segments[i].contains("=")) {
        segments[i] = parameter(segments[i]);
      } else if (!last && !segments[i].isEmpty() && pathName(segments[i - 1])) {
        segments[i] = MARK;
      }
    }
    return String.join("/", segments);
  }

  /** Shorter names are too common as folders to mean a secret there. */
  private static boolean pathName(String segment) {
    return segment.length() >= 2 && !segment.equals("user") && secret(segment);
  }

  private static boolean secret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAMES.contains(lower) || PART_OF_NAME.matcher(lower).find();
  }

  static List<Hop> hops(List<Hop> hops) {
    return hops.stream().map(Secrets::hop).toList();
  }

  private static Hop hop(Hop hop) {
    Map<String, String> headers = new TreeMap<>(hop.headers());
    headers.computeIfPresent("location", (name, value) -> redact(value));
    return new Hop(
        hop.index(),
        redact(hop.url()),
        hop.method(),
        hop.status(),
        hop.location().map(Secrets::redact),
        hop.address(),
        hop.protocol(),
        hop.tls(),
        hop.alpn(),
        hop.http3Failure(),
        hop.proxied(),
        hop.phases(),
        headers,
        hop.failure().map(Secrets::failure));
  }

  static ChosenMedia chosen(ChosenMedia media) {
    return new ChosenMedia(
        redact(media.url()),
        media.protocol(),
        media.container(),
        media.width(),
        media.height(),
        media.bitrateBps());
  }
}

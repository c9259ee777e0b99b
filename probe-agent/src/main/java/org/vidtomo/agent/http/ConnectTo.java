package org.vidtomo.agent.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.core.network.Literals;
import org.vidtomo.sites.Urls;

/**
 * Connects to another host and port than a URL says, as curl's {@code --connect-to
 * HOST1:PORT1:HOST2:PORT2}: Host header and TLS name stay those of the URL.
 *
 * @param fromHost empty for any
 * @param fromPort 0 for any
 * @param toHost empty for the URL's own
 * @param toPort 0 for the URL's own
 */
public record ConnectTo(String fromHost, int fromPort, String toHost, int toPort) {
  private static final String HOST = "(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]*)";
  private static final Pattern FORM =
      Pattern.compile(HOST + ":([0-9]{0,5}):" + HOST + ":([0-9]{0,5})");

  public ConnectTo {
    requireNonNull(fromHost, "fromHost");
    requireNonNull(toHost, "toHost");
    if (fromPort < 0 || fromPort > 65_535 || toPort < 0 || toPort > 65_535) {
      throw new IllegalArgumentException("ports must be 0 to 65535: " + fromPort + ", " + toPort);
    }
  }

  /**
   * Reads curl's form, IPv6 addresses in brackets.
   *
   * @throws IllegalArgumentException when it is not of that form
   */
  public static ConnectTo parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "connect-to '" + text + "' is not of the form HOST1:PORT1:HOST2:PORT2");
    }
    return new ConnectTo(
        Literals.bare(form.group(1)),
        port(form.group(2)),
        Literals.bare(form.group(3)),
        port(form.group(4)));
  }

  /** Whether it is about what a URL names. */
  public boolean matches(URI url) {
    return matches(Urls.host(url), Urls.port(url));
  }

  boolean matches(String host, int port) {
    return (fromHost.isEmpty() || fromHost.equalsIgnoreCase(host))
        && (fromPort == 0 || fromPort == port);
  }

  /** Where to connect to. */
  public record Target(String host, int port) {}

  /** Where the first rule that fits leads a URL; where it says itself if none does. */
  public static Target target(List<ConnectTo> rules, URI url) {
    Optional<ConnectTo> rule = rules.stream().filter(each -> each.matches(url)).findFirst();
    return new Target(
        rule.map(ConnectTo::toHost).filter(host -> !host.isEmpty()).orElse(Urls.host(url)),
        rule.map(ConnectTo::toPort).filter(port -> port > 0).orElse(Urls.port(url)));
  }

  private static int port(String digits) {
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}

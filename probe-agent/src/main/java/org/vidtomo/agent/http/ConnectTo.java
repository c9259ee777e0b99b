package org.vidtomo.agent.http;

import static java.util.Objects.requireNonNull;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
        bare(form.group(1)), port(form.group(2)), bare(form.group(3)), port(form.group(4)));
  }

  /** Whether it is about what a URL names. */
  public boolean matches(String host, int port) {
    return (fromHost.isEmpty() || fromHost.equalsIgnoreCase(host))
        && (fromPort == 0 || fromPort == port);
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(String digits) {
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}

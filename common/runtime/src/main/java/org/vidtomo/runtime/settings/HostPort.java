package org.vidtomo.runtime.settings;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code host:port} as people write it. */
final class HostPort {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F:.%a-z]+)]|([^\\s:/\\[\\]]+))(?::(\\d{1,5}))?");

  private HostPort() {}

  static InetSocketAddress parse(String text, int defaultPort) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw notOne(text);
    }
    String host = form.group(1) == null ? form.group(2) : form.group(1);
    int port = form.group(3) == null ? defaultPort : Integer.parseInt(form.group(3));
    if (port > 65_535) {
      throw notOne(text);
    }
    return InetSocketAddress.createUnresolved(host, port);
  }

  private static IllegalArgumentException notOne(String text) {
    return new IllegalArgumentException(
        "must be host:port, such as 127.0.0.1:8080 or [::1]:8080, is \"" + text + "\"");
  }
}

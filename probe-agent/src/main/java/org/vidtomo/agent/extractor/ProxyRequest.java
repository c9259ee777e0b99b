package org.vidtomo.agent.extractor;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vidtomo.sites.Urls;

/**
 * What an HTTP client asks of a proxy (RFC 9112 §3.2.2 and §3.2.3).
 *
 * @param method such as {@code CONNECT}
 * @param url where it wants to go; of a tunnel with the scheme https
 * @param headers lines as they came
 */
public record ProxyRequest(String method, URI url, List<String> headers) {
  private static final int MAX_HEAD_BYTES = 64 << 10;

  private static final String CONNECT = "CONNECT";
  private static final String AUTHORIZATION = "proxy-authorization:";

  public ProxyRequest {
    headers = List.copyOf(headers);
  }

  /**
   * Reads a head, and nothing of what follows it.
   *
   * @return empty when it is none that a proxy is sent
   * @throws IOException when it does not end, or is too long
   */
  public static Optional<ProxyRequest> read(InputStream in) throws IOException {
    return parse(head(in));
  }

  /**
   * A head with the empty line that ends it, and nothing of what follows it.
   *
   * @throws IOException when it does not end, or is too long
   */
  static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    boolean lineIsEmpty = false;
    while (head.length() < MAX_HEAD_BYTES) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the other side left before its head had ended");
      }
      head.append((char) next);
      if (next == '\n' && lineIsEmpty) {
        return head.toString();
      }
      lineIsEmpty = next == '\n' || lineIsEmpty && next == '\r';
    }
    throw new IOException("the head is longer than " + MAX_HEAD_BYTES + " bytes");
  }

  static Optional<ProxyRequest> parse(String head) {
    List<String> lines = head.lines().filter(line -> !line.isEmpty()).toList();
    String[] words = lines.isEmpty() ? new String[0] : lines.get(0).split(" ");
    if (words.length != 3 || !words[0].matches("[A-Z]{1,20}") || !words[2].startsWith("HTTP/1.")) {
      return Optional.empty();
    }
    String target = words[0].equals(CONNECT) ? "https://" + words[1] + "/" : words[1];
    return Urls.http(target)
        .filter(url -> url.getRawUserInfo() == null)
        .map(url -> new ProxyRequest(words[0], url, lines.subList(1, lines.size())));
  }

  boolean tunnel() {
    return method.equals(CONNECT);
  }

  /** The credentials for the proxy, as they were sent. */
  Optional<String> authorization() {
    return headers.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(AUTHORIZATION))
        .map(line -> line.substring(AUTHORIZATION.length()).strip())
        .findFirst();
  }

  /**
   * The head for the next server: without what is for this proxy, and on a connection that serves
   * no other request.
   *
   * @param target path and query, or an absolute URL for another proxy
   */
  byte[] headFor(String target) {
    String kept =
        headers.stream()
            .filter(line -> !line.toLowerCase(Locale.ROOT).matches("(proxy-|connection:).*"))
            .map(line -> line + "\r\n")
            .collect(Collectors.joining());
    return (method + " " + target + " HTTP/1.1\r\n" + kept + "Connection: close\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}

package org.vidtomo.core.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Addresses written out, without asking anyone. */
public final class Literals {
  /**
   * RFC 4291's longest form and the name of an interface; a pattern over more may take for ever.
   */
  private static final int MAX_LENGTH = 100;

  private Literals() {}

  /**
   * The address that a text is.
   *
   * @return empty when it is a name or no address
   */
  public static Optional<InetAddress> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    // With a zero before it a number is octal to some readers and decimal to others (RFC 6943
    // §3.1.1).
    if (text.matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}")) {
      return ofFour(text.split("\\."));
    }
    if (!text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%[0-9a-zA-Z]+)?")) {
      return Optional.empty();
    }
    try {
      // With a colon in it, the platform asks no one.
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** A URL's host without the brackets of an IPv6 address. */
  public static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** A host as it stands before a port: an IPv6 address in brackets (RFC 3986 §3.2.2). */
  public static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  private static Optional<InetAddress> ofFour(String[] numbers) {
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      int number = Integer.parseInt(numbers[i]);
      if (number > 255) {
        return Optional.empty();
      }
      bytes[i] = (byte) number;
    }
    try {
      return Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}

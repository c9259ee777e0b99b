package org.vidtomo.testsite.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a body that a request asks for: RFC 9110 §14.
 *
 * @param from first byte
 * @param to the byte after the last
 * @param kind whether it is all, a part, or nothing that could be had
 */
record ByteRange(long from, long to, Kind kind) {

  enum Kind {
    WHOLE,
    PART,
    UNSATISFIABLE
  }

  private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** Reads a Range header; what is not one range of bytes counts as none, as the RFC allows. */
  static ByteRange parse(String header, long length) {
    Matcher matcher = ONE_RANGE.matcher(header == null ? "" : header.trim());
    if (!matcher.matches() || (matcher.group(1) + matcher.group(2)).isEmpty()) {
      return new ByteRange(0, length, Kind.WHOLE);
    }
    boolean suffix = matcher.group(1).isEmpty();
    long first =
        suffix
            ? Math.max(0, length - Long.parseLong(matcher.group(2)))
            : Long.parseLong(matcher.group(1));
    boolean open = suffix || matcher.group(2).isEmpty();
    long last = open ? length - 1 : Math.min(length - 1, Long.parseLong(matcher.group(2)));
    if (!open && Long.parseLong(matcher.group(2)) < first) {
      return new ByteRange(0, length, Kind.WHOLE);
    }
    return first >= length
        ? new ByteRange(0, 0, Kind.UNSATISFIABLE)
        : new ByteRange(first, last + 1, Kind.PART);
  }
}

package org.vidtomo.agent.manifest;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file.
 *
 * @param first the first byte, from 0
 * @param last the last byte, included; absent for the file's end
 */
public record ByteSpan(long first, OptionalLong last) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})?");

  public ByteSpan {
    if (first < 0 || last.isPresent() && last.getAsLong() < first) {
      throw new IllegalArgumentException("a byte range cannot be " + first + " to " + last);
    }
  }

  /** So many bytes from a position. */
  public static ByteSpan of(long first, long length) {
    return new ByteSpan(first, OptionalLong.of(Math.addExact(first, length) - 1));
  }

  /** DASH's form, {@code 0-670} (ISO/IEC 23009-1 §5.3.9.2, after RFC 9110 §14.1.2). */
  public static Optional<ByteSpan> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(form.group(1));
    if (form.group(2) == null) {
      return Optional.of(new ByteSpan(first, OptionalLong.empty()));
    }
    long last = Long.parseLong(form.group(2));
    return last < first
        ? Optional.empty()
        : Optional.of(new ByteSpan(first, OptionalLong.of(last)));
  }

  /** The value of a Range header. */
  public String header() {
    return "bytes=" + first + "-" + (last.isPresent() ? last.getAsLong() : "");
  }
}

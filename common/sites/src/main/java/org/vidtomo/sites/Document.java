package org.vidtomo.sites;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/**
 * What a server answered, or its beginning.
 *
 * @param url where it was found after redirects
 * @param status of the response; services tell reasons in the bodies of errors as well
 * @param contentType the header's value, or the type that the bytes show where that is media
 * @param body at most {@value #MAX_BYTES} bytes; not copied, not to be changed; empty for media,
 *     but not for its manifests
 * @param whole false when the body went on
 */
public record Document(
    URI url, int status, Optional<String> contentType, byte[] body, boolean whole) {
  /**
   * No more is read. Watch and search pages of large sites reach 2 MiB; what is JSON is read by
   * {@link Wire}, which takes no more than this.
   */
  public static final int MAX_BYTES = Wire.MAX_BYTES;

  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([A-Za-z0-9._:-]{1,40})", Pattern.CASE_INSENSITIVE);

  public Document {
    requireNonNull(url, "url");
    requireNonNull(contentType, "contentType");
    if (body.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a document of " + body.length + " bytes is over " + MAX_BYTES);
    }
  }

  /** 2xx. */
  public boolean successful() {
    return status >= 200 && status < 300;
  }

  /** The URL leads to media or to a manifest in place of a document. */
  public boolean media() {
    return successful() && contentType.filter(MediaType::isMedia).isPresent();
  }

  /** The charset that the header names, when it is a known one. */
  public Optional<Charset> charset() {
    Matcher matcher = CHARSET.matcher(contentType.orElse(""));
    try {
      return matcher.find() && Charset.isSupported(matcher.group(1))
          ? Optional.of(Charset.forName(matcher.group(1)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The body as text, UTF-8 where the header names no charset. */
  public String text() {
    return new String(body, charset().orElse(StandardCharsets.UTF_8));
  }

  /** The body as JSON; missing when it is none. */
  public JsonNode json() {
    try {
      return Wire.read(text(), JsonNode.class);
    } catch (WireException e) {
      return Wire.mapper().missingNode();
    }
  }
}

package org.vidtomo.sites;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vidtomo.core.report.Candidate;

/**
 * One form in which a page offers its video.
 *
 * @param protocol {@code http}, {@code https}, {@code hls}, {@code dash}; others, such as {@code
 *     rtmp} and {@code hds}, are recognised and never chosen
 * @param container such as {@code mp4}
 * @param width pixels; here and in what follows, numbers that nobody can mean are not known
 * @param grade how good the page's words for it say that it is, where no height is told; greater is
 *     better, 0 is not known
 */
public record MediaLink(
    URI url,
    String protocol,
    Optional<String> container,
    Optional<String> videoCodec,
    Optional<String> audioCodec,
    OptionalInt width,
    OptionalInt height,
    OptionalLong bitrateBps,
    OptionalLong contentLength,
    int grade) {
  private static final int MAX_PIXELS = 99_999;
  private static final long MAX_BPS = 1_000_000_000_000L;

  public MediaLink {
    requireNonNull(url, "url");
    requireNonNull(protocol, "protocol");
    width = within(width, MAX_PIXELS);
    height = within(height, MAX_PIXELS);
    bitrateBps = within(bitrateBps, MAX_BPS);
    contentLength = within(contentLength, Long.MAX_VALUE);
  }

  private static OptionalInt within(OptionalInt value, int most) {
    boolean credible = value.isPresent() && value.getAsInt() > 0 && value.getAsInt() <= most;
    return credible ? value : OptionalInt.empty();
  }

  private static OptionalLong within(OptionalLong value, long most) {
    boolean credible = value.isPresent() && value.getAsLong() > 0 && value.getAsLong() <= most;
    return credible ? value : OptionalLong.empty();
  }

  /** A link of which the page says nothing in words. */
  public MediaLink(
      URI url,
      String protocol,
      Optional<String> container,
      Optional<String> videoCodec,
      Optional<String> audioCodec,
      OptionalInt width,
      OptionalInt height,
      OptionalLong bitrateBps,
      OptionalLong contentLength) {
    this(
        url,
        protocol,
        container,
        videoCodec,
        audioCodec,
        width,
        height,
        bitrateBps,
        contentLength,
        0);
  }

  /** A link of which only the URL and perhaps a MIME type are known. */
  public static MediaLink of(URI url, Optional<String> mimeType) {
    return of(url, mimeType, OptionalInt.empty(), OptionalInt.empty());
  }

  /** A link with its MIME type, codecs parameter included (RFC 6381), and picture size. */
  public static MediaLink of(
      URI url, Optional<String> mimeType, OptionalInt width, OptionalInt height) {
    MediaType type = MediaType.of(url, mimeType);
    return new MediaLink(
        url,
        type.protocol().orElse(url.getScheme()),
        type.container(),
        type.videoCodec(),
        type.audioCodec(),
        width,
        height,
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /** One body that a single request fetches. */
  public boolean progressive() {
    return protocol.equals("http") || protocol.equals("https");
  }

  /** The same with what else is known of it. */
  public MediaLink sized(OptionalLong bitrate, OptionalLong length) {
    return new MediaLink(
        url, protocol, container, videoCodec, audioCodec, width, height, bitrate, length, grade);
  }

  /** The same with what words such as HD say of it. */
  public MediaLink graded(int how) {
    return new MediaLink(
        url,
        protocol,
        container,
        videoCodec,
        audioCodec,
        width,
        height,
        bitrateBps,
        contentLength,
        how);
  }

  /** As it stands in a report. */
  public Candidate candidate() {
    return new Candidate(
        protocol, container, videoCodec, audioCodec, width, height, bitrateBps, contentLength);
  }
}

package org.vidtomo.sites.youtube;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.vidtomo.core.report.Candidate;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.MediaType;
import org.vidtomo.sites.Query;
import org.vidtomo.sites.Urls;

/**
 * One form of a video in a player's response.
 *
 * @param muxed picture and sound in one file
 * @param url where it is; absent when it is enciphered or served by YouTube's own protocol
 * @param enciphered the URL is there, and its signature needs the player's script
 * @param whole one body that a single request fetches, and no dubbed sound, and not protected
 */
record Format(
    boolean muxed,
    MediaType type,
    OptionalInt width,
    OptionalInt height,
    OptionalLong bitrateBps,
    OptionalLong contentLength,
    OptionalLong durationMillis,
    Optional<URI> url,
    boolean enciphered,
    boolean whole) {
  private static final URI NOWHERE = URI.create("https://www.youtube.com/");

  /** Of the browser's client; unless the player's script has changed it, delivery is throttled. */
  private static final Pattern THROTTLED = Pattern.compile("[?&/]n[=/]");

  Format {
    requireNonNull(type, "type");
    requireNonNull(url, "url");
  }

  static Format read(JsonNode json, boolean muxed) {
    OptionalLong length = number(json, "contentLength");
    OptionalLong millis = number(json, "approxDurationMs");
    Optional<URI> url = Urls.http(json.path("url").asText(""));
    return new Format(
        muxed,
        MediaType.of(NOWHERE, Optional.of(json.path("mimeType").asText(""))),
        size(json, "width"),
        size(json, "height"),
        bitrate(json, length, millis),
        length.isPresent() ? length : url.map(Format::lengthInUrl).orElse(length),
        millis,
        url,
        json.has("signatureCipher") || json.has("cipher"),
        whole(json));
  }

  /** What is sent on average; the peak, {@code bitrate}, only where nothing gives that. */
  private static OptionalLong bitrate(JsonNode json, OptionalLong length, OptionalLong millis) {
    OptionalLong average = number(json, "averageBitrate");
    if (average.isPresent()) {
      return average;
    }
    if (length.isPresent() && millis.isPresent()) {
      return OptionalLong.of(Math.round(length.getAsLong() * 8000.0 / millis.getAsLong()));
    }
    return number(json, "bitrate");
  }

  /** Live and on-the-fly forms come in pieces, by numbers that only a manifest or player knows. */
  private static boolean whole(JsonNode json) {
    boolean pieces =
        json.has("targetDurationSec")
            || json.path("type").asText("").equals("FORMAT_STREAM_TYPE_OTF");
    boolean dubbed = !json.path("audioTrack").path("audioIsDefault").asBoolean(true);
    boolean isProtected = !json.path("drmFamilies").isEmpty();
    return !pieces && !dubbed && !isProtected;
  }

  private static OptionalLong lengthInUrl(URI url) {
    return Query.parameter(url, "clen").map(Format::number).orElse(OptionalLong.empty());
  }

  /**
   * Fetched as it stands, the network would seem slower than it is. A manifest's URL carries its
   * parameters in the path.
   */
  static boolean throttled(URI url) {
    return THROTTLED.matcher(url.toString()).find();
  }

  boolean picture() {
    return type.videoCodec().isPresent() || height.isPresent();
  }

  MediaLink link() {
    Candidate form = candidate("https");
    return new MediaLink(
        url.orElseThrow(),
        form.protocol(),
        form.container(),
        form.videoCodec(),
        form.audioCodec(),
        width,
        height,
        bitrateBps,
        contentLength);
  }

  Candidate candidate(String protocol) {
    return new Candidate(
        protocol,
        type.container(),
        type.videoCodec(),
        type.audioCodec(),
        width,
        height,
        bitrateBps,
        contentLength);
  }

  private static OptionalInt size(JsonNode json, String name) {
    OptionalLong value = number(json, name);
    return value.isPresent() && value.getAsLong() < 100_000
        ? OptionalInt.of((int) value.getAsLong())
        : OptionalInt.empty();
  }

  /** JSON of Google's writes long numbers as strings. */
  private static OptionalLong number(JsonNode json, String name) {
    return number(json.path(name).asText(""));
  }

  private static OptionalLong number(String digits) {
    return digits.matches("[1-9][0-9]{0,15}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }
}

package org.vidtomo.agent.download.segmented;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.vidtomo.agent.http.ResponseHead;
import org.vidtomo.agent.manifest.ManifestException;

/** A manifest's body as text, and what its response says of the server's clock. */
final class ManifestText {
  /** Larger ones are refused, compressed or not. A day of segments takes less than half of it. */
  static final int MAX_BYTES = 8 << 20;

  private ManifestText() {}

  static String of(Fetch fetch) throws ManifestException {
    Optional<ResponseHead> head = fetch.answer().flatMap(a -> a.exchange().head());
    boolean gzip =
        head.flatMap(h -> h.header("content-encoding"))
            .filter(encoding -> encoding.toLowerCase(java.util.Locale.ROOT).contains("gzip"))
            .isPresent();
    byte[] body = gzip ? inflated(fetch.body()) : fetch.body();
    return new String(body, StandardCharsets.UTF_8);
  }

  private static byte[] inflated(byte[] gzip) throws ManifestException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      for (int n; (n = in.read(buffer)) >= 0; ) {
        out.write(buffer, 0, n);
        if (out.size() > MAX_BYTES) {
          throw ManifestException.tooLarge("the manifest is too large once decompressed");
        }
      }
    } catch (IOException e) {
      throw ManifestException.malformed("the manifest's compression is damaged");
    }
    return out.toByteArray();
  }

  /** Unix time at the server by its Date header, to the second (RFC 9110 §6.6.1). */
  static OptionalLong serverMicros(Fetch fetch) {
    Optional<String> date =
        fetch.answer().flatMap(a -> a.exchange().head()).flatMap(h -> h.header("date"));
    try {
      return date.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(
              ZonedDateTime.parse(date.get(), DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond()
                  * 1_000_000);
    } catch (DateTimeParseException e) {
      return OptionalLong.empty();
    }
  }
}

package org.vidtomo.testsite.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Binds media URLs to a client's address and a time, as video sites do. Not thread-safe. */
final class Signer {

  private static final Duration VALID = Duration.ofHours(6);
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIGNATURE_BYTES = 20;

  private final Clock clock;
  private final Mac mac;

  Signer(Clock clock) {
    this.clock = clock;
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    try {
      this.mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
    }
  }

  /** A query, without question mark, that lets this client fetch this video for six hours. */
  String query(String videoId, String client) {
    long expire = clock.instant().plus(VALID).getEpochSecond();
    return "ip=" + client + "&expire=" + expire + "&sig=" + signature(videoId, client, expire);
  }

  /** Why a client may not fetch a video with this token; nothing when it may. */
  Optional<String> refusal(String videoId, String client, Exchange exchange) {
    long expire = exchange.number("expire", 0, Long.MAX_VALUE, 0);
    String given = String.valueOf(exchange.request().getParam("sig"));
    if (!client.equals(exchange.request().getParam("ip"))) {
      return Optional.of("This URL belongs to another address");
    }
    if (clock.instant().getEpochSecond() > expire) {
      return Optional.of("This URL has expired");
    }
    return same(given, signature(videoId, client, expire))
        ? Optional.empty()
        : Optional.of("This URL's signature is wrong");
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private String signature(String videoId, String client, long expire) {
    byte[] text = (videoId + "\n" + client + "\n" + expire).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(mac.doFinal(text), 0, SIGNATURE_BYTES);
  }
}

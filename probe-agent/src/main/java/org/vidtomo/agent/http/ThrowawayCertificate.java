package org.vidtomo.agent.http;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * A certificate that signs itself, for the names given and 127.0.0.1, made in memory (RFC 5280
 * §4.1). It is for the warm-up, which talks to itself, and for tests.
 *
 * @param certificatePem the certificate
 * @param keyPem its private key, PKCS #8
 */
public record ThrowawayCertificate(String certificatePem, String keyPem) {
  // ecdsa-with-SHA256 (RFC 5758), id-at-commonName, id-ce-subjectAltName, as DER.
  private static final byte[] ECDSA_SHA256 = {
    0x06, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2
  };
  private static final byte[] COMMON_NAME = {0x06, 3, 0x55, 4, 3};
  private static final byte[] SUBJECT_ALT_NAME = {0x06, 3, 0x55, 0x1d, 0x11};
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  /**
   * Makes one.
   *
   * @param name its common name and DNS name
   */
  public static ThrowawayCertificate of(String name, Instant from, Instant until) {
    return of(List.of(name), from, until);
  }

  /**
   * Makes one for several names.
   *
   * @param names DNS names, which may begin with {@code *.}; the first is its common name too
   */
  public static ThrowawayCertificate of(List<String> names, Instant from, Instant until) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      byte[] body = body(names, from, until, keys.getPublic().getEncoded());
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(body);
      byte[] bits = der(0x03, new byte[] {0}, signature.sign());
      byte[] certificate = der(0x30, body, der(0x30, ECDSA_SHA256), bits);
      return new ThrowawayCertificate(
          pem("CERTIFICATE", certificate), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has ECDSA on P-256", e);
    }
  }

  private static byte[] body(List<String> dnsNames, Instant from, Instant until, byte[] publicKey) {
    byte[] commonName = der(0x0c, dnsNames.get(0).getBytes(StandardCharsets.UTF_8));
    byte[] subject = der(0x30, der(0x31, der(0x30, COMMON_NAME, commonName)));
    byte[][] names =
        Stream.concat(
                dnsNames.stream().map(n -> der(0x82, n.getBytes(StandardCharsets.US_ASCII))),
                Stream.of(der(0x87, new byte[] {127, 0, 0, 1})))
            .toArray(byte[][]::new);
    byte[] extension = der(0x30, SUBJECT_ALT_NAME, der(0x04, der(0x30, names)));
    return der(
        0x30,
        der(0xa0, der(0x02, new byte[] {2})),
        der(0x02, BigInteger.valueOf(from.toEpochMilli()).toByteArray()),
        der(0x30, ECDSA_SHA256),
        subject,
        der(0x30, time(from), time(until)),
        subject,
        publicKey,
        der(0xa3, der(0x30, extension)));
  }

  private static byte[] time(Instant at) {
    return der(0x18, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.write(part, 0, part.length);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length > 0xff) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length > 0x7f) {
      out.write(0x81);
    }
    out.write(length & 0xff);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static String pem(String type, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
  }
}

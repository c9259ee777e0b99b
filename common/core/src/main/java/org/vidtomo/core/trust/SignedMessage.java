package org.vidtomo.core.trust;

import static java.util.Objects.requireNonNull;

import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A body, who signed it, and the signature over its exact bytes. Travels as an AMQP body with two
 * headers, or as one token of text.
 */
public record SignedMessage(byte[] body, String keyId, byte[] signature) {
  /** Header with the id of the key. */
  public static final String KEY_ID_HEADER = "x-key-id";

  /** Header with the signature in unpadded base64url. */
  public static final String SIGNATURE_HEADER = "x-signature";

  /** Ids are looked up: a store takes none that is empty or long, and would be asked for ever. */
  private static final Pattern KEY_ID = Pattern.compile("[0-9A-Za-z_-]{1,64}");

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  public SignedMessage {
    requireNonNull(body, "body");
    requireNonNull(keyId, "keyId");
    requireNonNull(signature, "signature");
  }

  /** Signs a body. */
  public static SignedMessage sign(byte[] body, SigningKey key) {
    return new SignedMessage(body, key.publicKey().id(), key.sign(body));
  }

  /**
   * A message as received.
   *
   * @throws TrustException when it is not signed
   */
  public static SignedMessage of(byte[] body, Map<String, String> headers) throws TrustException {
    String keyId = headers.get(KEY_ID_HEADER);
    String signature = headers.get(SIGNATURE_HEADER);
    if (keyId == null || signature == null) {
      throw new TrustException("the message is not signed");
    }
    return new SignedMessage(body, keyId(keyId), base64(signature));
  }

  /**
   * Reads {@link #toToken()}.
   *
   * @throws TrustException when it is no such token
   */
  public static SignedMessage parseToken(String token) throws TrustException {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw new TrustException("not a signed token");
    }
    return new SignedMessage(base64(parts[0]), keyId(parts[1]), base64(parts[2]));
  }

  /** {@code body.keyId.signature}, body and signature in unpadded base64url. */
  public String toToken() {
    return ENCODER.encodeToString(body) + "." + keyId + "." + ENCODER.encodeToString(signature);
  }

  /** The headers of an AMQP message with this body. */
  public Map<String, String> headers() {
    return Map.of(KEY_ID_HEADER, keyId, SIGNATURE_HEADER, ENCODER.encodeToString(signature));
  }

  /**
   * The body, if the key's owner signed it.
   *
   * @throws TrustException when another key is named or the signature does not fit
   */
  public byte[] verify(VerifyingKey key) throws TrustException {
    if (!key.id().equals(keyId)) {
      throw new TrustException("signed with key " + keyId + ", not with " + key.id());
    }
    if (!key.verifies(body, signature)) {
      throw new TrustException("the signature of key " + keyId + " does not fit the message");
    }
    return body;
  }

  private static String keyId(String text) throws TrustException {
    if (!KEY_ID.matcher(text).matches()) {
      throw new TrustException("signed with what is no id of a key");
    }
    return text;
  }

  private static byte[] base64(String text) throws TrustException {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new TrustException("not base64url", e);
    }
  }
}

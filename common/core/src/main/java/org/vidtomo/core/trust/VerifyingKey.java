package org.vidtomo.core.trust;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** An Ed25519 public key. Thread-safe. */
public final class VerifyingKey {
  /** RFC 8410 §4: the key is the end of its SubjectPublicKeyInfo. */
  private static final int KEY_BYTES = 32;

  private final PublicKey key;
  private final Ed25519PublicKeyParameters point;
  private final String id;

  VerifyingKey(PublicKey key) {
    this.key = key;
    byte[] encoded = key.getEncoded();
    this.point = new Ed25519PublicKeyParameters(encoded, encoded.length - KEY_BYTES);
    this.id = idOf(key);
  }

  /**
   * Reads {@link #encoded()}.
   *
   * @throws TrustException when it is no Ed25519 public key
   */
  public static VerifyingKey decode(String encoded) throws TrustException {
    try {
      byte[] der = Base64.getUrlDecoder().decode(encoded);
      return new VerifyingKey(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new TrustException("not an Ed25519 public key", e);
    }
  }

  /** X.509 SubjectPublicKeyInfo in unpadded base64url. */
  public String encoded() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getEncoded());
  }

  /** First 16 bytes of the key's SHA-256, in hex. */
  public String id() {
    return id;
  }

  /** Whether this key's owner signed exactly these bytes. */
  public boolean verifies(byte[] body, byte[] signature) {
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, point);
    verifier.update(body, 0, body.length);
    return verifier.verifySignature(signature);
  }

  private static String idOf(PublicKey key) {
    byte[] hash = Sha256.of(key.getEncoded());
    return HexFormat.of().formatHex(hash, 0, 16);
  }
}

package org.vidtomo.core.trust;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** An Ed25519 private key with its public half. Thread-safe; never printed. */
public final class SigningKey {
  private final PrivateKey key;
  private final VerifyingKey publicKey;

  private SigningKey(PrivateKey key, VerifyingKey publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /** A new random key. */
  public static SigningKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new SigningKey(pair.getPrivate(), new VerifyingKey(pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 15 and later have Ed25519", e);
    }
  }

  /**
   * Reads {@link #encoded()}.
   *
   * @throws TrustException when it is no Ed25519 key pair
   */
  public static SigningKey decode(String encoded) throws TrustException {
    String[] halves = encoded.strip().split("\\.", -1);
    if (halves.length != 2) {
      throw new TrustException("not an Ed25519 key pair");
    }
    try {
      byte[] der = Base64.getUrlDecoder().decode(halves[0]);
      PrivateKey key =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
      SigningKey pair = new SigningKey(key, VerifyingKey.decode(halves[1]));
      byte[] probe = {1, 2, 3};
      if (!pair.publicKey.verifies(probe, pair.sign(probe))) {
        throw new TrustException("the two halves of the key pair do not belong together");
      }
      return pair;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new TrustException("not an Ed25519 key pair", e);
    }
  }

  /** Both halves in one line of text, for a file that only its owner reads. */
  public String encoded() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getEncoded())
        + "."
        + publicKey.encoded();
  }

  public VerifyingKey publicKey() {
    return publicKey;
  }

  /** The 64-byte signature over exactly these bytes. */
  public byte[] sign(byte[] body) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(body);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign", e);
    }
  }
}

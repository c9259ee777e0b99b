package org.vidtomo.core.trust;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalInt;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/**
 * The root's word that a key belongs to a coordinator. Agents pin the root only, so that
 * coordinators' keys can change.
 *
 * @param role {@code coordinator}
 * @param publicKey {@link VerifyingKey#encoded()}
 * @param generation absent: 0. The root raises it to take back all certificates of the ones before:
 *     who has seen one of a generation trusts no earlier one any more
 */
public record KeyCertificate(
    String role, String publicKey, Instant notBefore, Instant notAfter, OptionalInt generation) {
  /** Header of an assignment with the certificate of the key that signed it. */
  public static final String HEADER = "x-certificate";

  public static final String COORDINATOR = "coordinator";

  public KeyCertificate {
    requireNonNull(role, "role");
    requireNonNull(publicKey, "publicKey");
    requireNonNull(notBefore, "notBefore");
    requireNonNull(notAfter, "notAfter");
    requireNonNull(generation, "generation");
    if (generation.orElse(0) < 0) {
      throw new IllegalArgumentException("generation must be >= 0, is " + generation.getAsInt());
    }
  }

  /** One of the first generation. */
  public KeyCertificate(String role, String publicKey, Instant notBefore, Instant notAfter) {
    this(role, publicKey, notBefore, notAfter, OptionalInt.empty());
  }

  /** One for a coordinator's key. */
  public static KeyCertificate ofCoordinator(
      VerifyingKey key, Instant notBefore, Instant notAfter, int generation) {
    return new KeyCertificate(
        COORDINATOR, key.encoded(), notBefore, notAfter, OptionalInt.of(generation));
  }

  /** The generation as a number. */
  public int generationNumber() {
    return generation.orElse(0);
  }

  /** This certificate as a token signed by the root. */
  public String signedBy(SigningKey root) {
    return SignedMessage.sign(Wire.toBytes(this), root).toToken();
  }

  /**
   * What a token certifies for a role, whenever that holds.
   *
   * @throws TrustException when the root did not sign it, or it is for another role
   */
  public static KeyCertificate read(String token, String role, VerifyingKey root)
      throws TrustException {
    KeyCertificate certificate;
    try {
      certificate = Wire.read(SignedMessage.parseToken(token).verify(root), KeyCertificate.class);
    } catch (WireException e) {
      throw new TrustException("the certificate is malformed", e);
    }
    if (!certificate.role.equals(role)) {
      throw new TrustException("a certificate for " + certificate.role + ", not for " + role);
    }
    return certificate;
  }

  /**
   * The key that a token certifies for a role.
   *
   * @throws TrustException when the root did not sign it, it is for another role, or {@code now} is
   *     outside its time
   */
  public static VerifyingKey verify(String token, String role, VerifyingKey root, Instant now)
      throws TrustException {
    return read(token, role, root).keyAt(now);
  }

  /**
   * The certified key.
   *
   * @throws TrustException when {@code now} is outside the certificate's time
   */
  public VerifyingKey keyAt(Instant now) throws TrustException {
    if (now.isBefore(notBefore) || now.isAfter(notAfter)) {
      throw new TrustException(
          "the certificate holds from %s to %s, now is %s; check this machine's clock"
              .formatted(notBefore, notAfter, now));
    }
    return VerifyingKey.decode(publicKey);
  }
}

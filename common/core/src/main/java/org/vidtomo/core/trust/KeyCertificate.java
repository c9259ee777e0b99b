package org.vidtomo.core.trust;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/**
 * The root's word that a key belongs to a coordinator. Agents pin the root only, so that
 * coordinators' keys can change.
 *
 * @param role {@code coordinator}
 * @param publicKey {@link VerifyingKey#encoded()}
 */
public record KeyCertificate(String role, String publicKey, Instant notBefore, Instant notAfter) {
  /** Header of an assignment with the certificate of the key that signed it. */
  public static final String HEADER = "x-certificate";

  public static final String COORDINATOR = "coordinator";

  public KeyCertificate {
    requireNonNull(role, "role");
    requireNonNull(publicKey, "publicKey");
    requireNonNull(notBefore, "notBefore");
    requireNonNull(notAfter, "notAfter");
  }

  /** This certificate as a token signed by the root. */
  public String signedBy(SigningKey root) {
    return SignedMessage.sign(Wire.toBytes(this), root).toToken();
  }

  /**
   * The key that a token certifies for a role.
   *
   * @throws TrustException when the root did not sign it, it is for another role, or {@code now} is
   *     outside its time
   */
  public static VerifyingKey verify(String token, String role, VerifyingKey root, Instant now)
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
    if (now.isBefore(certificate.notBefore) || now.isAfter(certificate.notAfter)) {
      throw new TrustException(
          "the certificate holds from %s to %s, now is %s; check this machine's clock"
              .formatted(certificate.notBefore, certificate.notAfter, now));
    }
    return VerifyingKey.decode(certificate.publicKey);
  }
}

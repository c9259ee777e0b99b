package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

/**
 * A coordinator's public key.
 *
 * @param certificate the root's word for it ({@link org.vidtomo.core.trust.KeyCertificate})
 */
public record CoordinatorKey(String keyId, String publicKey, String certificate) {
  /**
   * The id of the row of the root itself: its public key, and the certificate of the coordinator
   * that led last. No key has this id.
   */
  public static final String ROOT = "root";

  public CoordinatorKey {
    requireNonNull(keyId, "keyId");
    requireNonNull(publicKey, "publicKey");
    requireNonNull(certificate, "certificate");
  }
}

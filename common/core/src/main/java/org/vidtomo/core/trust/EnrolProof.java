package org.vidtomo.core.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/**
 * What an agent signs when it enrols, so that nobody enrols with a key that is not theirs, and so
 * that an answer that was lost can be asked for again.
 *
 * @param inviteHash of the invite's secret: a proof for one coordinator is none for another
 */
public record EnrolProof(String inviteHash) {
  /**
   * The proof as a token.
   *
   * @param invite the secret that goes with it in the request
   */
  public static String token(String invite, SigningKey key) {
    return SignedMessage.sign(Wire.toBytes(new EnrolProof(hash(invite))), key).toToken();
  }

  /**
   * Checks a token.
   *
   * @throws TrustException when it is not of this key's owner, or for another invite
   */
  public static void verify(String token, String invite, VerifyingKey key) throws TrustException {
    try {
      EnrolProof proof = Wire.read(SignedMessage.parseToken(token).verify(key), EnrolProof.class);
      if (!hash(invite).equals(proof.inviteHash())) {
        throw new TrustException("it is for another invite");
      }
    } catch (WireException e) {
      throw new TrustException("it is no proof: " + e.getMessage(), e);
    }
  }

  private static String hash(String invite) {
    return HexFormat.of().formatHex(Sha256.of(invite.getBytes(UTF_8)));
  }
}

package org.vidtomo.coordinator.enrol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.coordinator.request.InvalidRequestException.Fault;
import org.vidtomo.core.trust.EnrolProof;
import org.vidtomo.core.trust.InviteToken;
import org.vidtomo.core.trust.Sha256;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;

/** What a request to enrol must be like, whoever sends it. */
final class EnrolChecks {
  private static final int MAX_PROVIDER = 100;

  private EnrolChecks() {}

  /**
   * The key, when all that is asked is well-formed.
   *
   * @throws InvalidRequestException with every field that is wrong
   */
  static VerifyingKey key(EnrolRequest request) throws InvalidRequestException {
    List<Fault> faults = new ArrayList<>();
    invite(request.invite(), faults);
    request.provider().ifPresent(name -> provider(name, faults));
    VerifyingKey key = null;
    try {
      key = VerifyingKey.decode(request.publicKey().orElse(""));
    } catch (TrustException e) {
      faults.add(
          new Fault(
              "publicKey",
              "must be an Ed25519 public key, X.509 SubjectPublicKeyInfo in base64url"));
    }
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
    proof(request, key);
    return key;
  }

  private static void proof(EnrolRequest request, VerifyingKey key) throws InvalidRequestException {
    String invite = InviteToken.parse(request.invite().orElseThrow()).secret();
    if (request.proof().isPresent()) {
      try {
        EnrolProof.verify(request.proof().get(), invite, key);
      } catch (TrustException e) {
        throw new InvalidRequestException(
            "proof", "must be the invite's hash signed with this key: " + e.getMessage());
      }
    }
  }

  private static void invite(Optional<String> token, List<Fault> faults) {
    try {
      InviteToken.parse(token.orElse(""));
    } catch (IllegalArgumentException e) {
      faults.add(new Fault("invite", "must be the token that you were given, whole"));
    }
  }

  static void provider(String name, List<Fault> faults) {
    if (name.isBlank() || name.length() > MAX_PROVIDER || name.chars().anyMatch(c -> c < ' ')) {
      faults.add(
          new Fault(
              "provider", "must be 1 to " + MAX_PROVIDER + " characters, none a control one"));
    }
  }

  static String hash(String token) {
    return HexFormat.of().formatHex(Sha256.of(token.getBytes(StandardCharsets.UTF_8)));
  }
}

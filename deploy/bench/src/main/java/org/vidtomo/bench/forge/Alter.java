package org.vidtomo.bench.forge;

import java.math.BigInteger;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.vidtomo.bench.forge.Draft.Sent;
import org.vidtomo.core.trust.SignedMessage;

/** Changes to a message that was good. */
final class Alter {
  /** The order of Ed25519's group (RFC 8032 §5.1). */
  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static final int HALF = 32;

  private Alter() {}

  static Sent headers(Sent good, Consumer<Map<String, String>> change) {
    Map<String, String> headers = new HashMap<>(good.headers());
    change.accept(headers);
    return new Sent(good.body(), headers);
  }

  static Sent body(Sent good, UnaryOperator<byte[]> change) {
    return new Sent(change.apply(good.body()), good.headers());
  }

  static Sent signature(Sent good, UnaryOperator<byte[]> change) {
    byte[] signature =
        Base64.getUrlDecoder().decode(good.headers().get(SignedMessage.SIGNATURE_HEADER));
    String changed =
        Base64.getUrlEncoder().withoutPadding().encodeToString(change.apply(signature));
    return headers(good, headers -> headers.put(SignedMessage.SIGNATURE_HEADER, changed));
  }

  /** The same point and the same scalar, written as another: S + L in the place of S. */
  static byte[] plusL(byte[] signature) {
    byte[] bigEndian = new byte[HALF];
    for (int i = 0; i < HALF; i++) {
      bigEndian[i] = signature[signature.length - 1 - i];
    }
    byte[] sum = new BigInteger(1, bigEndian).add(L).toByteArray();
    byte[] changed = signature.clone();
    for (int i = 0; i < HALF; i++) {
      changed[HALF + i] = i < sum.length ? sum[sum.length - 1 - i] : 0;
    }
    return changed;
  }
}

package org.vidtomo.core.trust;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an operator hands to a volunteer: the leave to enrol and, where the coordinator's
 * certificates come from an authority of its own, that authority's fingerprint, so that one line is
 * enough to trust it. Written {@code SECRET} or {@code SECRET.FINGERPRINT}.
 *
 * @param secret what the coordinator knows the invite by
 * @param authority SHA-256 over the authority's certificate (DER), in base64url without padding
 */
public record InviteToken(String secret, Optional<String> authority) {
  private static final Pattern FORM = Pattern.compile("([^.\\s]+)(?:\\.([A-Za-z0-9_-]{43}))?");

  public InviteToken {
    requireNonNull(secret, "secret");
    requireNonNull(authority, "authority");
    if (!FORM.matcher(secret + authority.map(a -> "." + a).orElse("")).matches()) {
      throw new IllegalArgumentException("the invite is not whole: copy all of it");
    }
  }

  /**
   * Reads an invite.
   *
   * @throws IllegalArgumentException when it is cut off or changed; the message does not show it
   */
  public static InviteToken parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("the invite is not whole: copy all of it");
    }
    return new InviteToken(form.group(1), Optional.ofNullable(form.group(2)));
  }

  /** As it is handed over. */
  public String text() {
    return secret + authority.map(fingerprint -> "." + fingerprint).orElse("");
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "InviteToken[authority=" + authority.orElse("none") + "]";
  }
}

package org.vidtomo.agent.manifest;

import static java.util.Objects.requireNonNull;

import org.vidtomo.core.report.FailureKind;

/** A manifest that cannot be measured. The message is fit for a person. */
public final class ManifestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  public ManifestException(FailureKind kind, String message) {
    super(message);
    this.kind = requireNonNull(kind, "kind");
  }

  /** Nothing that players could read. */
  public static ManifestException malformed(String message) {
    return new ManifestException(FailureKind.MALFORMED_MANIFEST, message);
  }

  /** Well-formed, and beyond what is measured. */
  public static ManifestException unsupported(String message) {
    return new ManifestException(FailureKind.UNSUPPORTED_MEDIA, message);
  }

  /** Larger than any manifest that is read. */
  public static ManifestException tooLarge(String message) {
    return new ManifestException(FailureKind.BODY_TOO_LARGE, message);
  }

  public FailureKind kind() {
    return kind;
  }
}

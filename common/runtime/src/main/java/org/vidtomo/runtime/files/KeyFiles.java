package org.vidtomo.runtime.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.trust.TrustException;

/** Ed25519 key pairs in files of mode 0600. */
public final class KeyFiles {
  private KeyFiles() {}

  /** The key in the file; a new one is made if there is none. */
  public static SigningKey loadOrCreate(Path file) throws IOException {
    if (!Files.exists(file)) {
      PrivateFiles.writeNew(file, SigningKey.generate().encoded() + "\n");
    }
    return load(file);
  }

  /**
   * The key in the file.
   *
   * @throws IOException when there is none, it is damaged, or others may read it
   */
  public static SigningKey load(Path file) throws IOException {
    try {
      return SigningKey.decode(PrivateFiles.read(file));
    } catch (TrustException e) {
      throw new IOException(
          "reading the key in %s: %s; put back a copy of the file, or remove it to get a new key, which others will not know"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}

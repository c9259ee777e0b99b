package org.vidtomo.runtime.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** Bearer tokens, and files of mode 0600 with one token each. */
public final class Tokens {
  private static final int RANDOM_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Tokens() {}

  /**
   * A new token of 256 random bits, fit for headers, URLs and command lines: there a minus at the
   * beginning would make it an option.
   */
  public static String newToken() {
    byte[] random = new byte[RANDOM_BYTES];
    String token;
    do {
      RANDOM.nextBytes(random);
      token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    } while (token.startsWith("-"));
    return token;
  }

  /** The token in the file; a new one is made if there is none. */
  public static String loadOrCreate(Path file) throws IOException {
    if (!Files.exists(file)) {
      PrivateFiles.writeNew(file, newToken() + "\n");
    }
    return load(file);
  }

  /**
   * The token in the file.
   *
   * @throws IOException when there is none or others may read it
   */
  public static String load(Path file) throws IOException {
    String token = PrivateFiles.read(file).strip();
    if (token.isEmpty()) {
      throw new IOException("the token file " + file + " is empty: remove it to get a new token");
    }
    return token;
  }

  /** Whether two tokens are the same, in a time that does not tell how much of them is. */
  public static boolean same(String given, String expected) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}

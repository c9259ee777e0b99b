package org.vidtomo.core.task;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Ids of tasks: planning again after a crash makes the same ones. */
public final class TaskIds {
  private TaskIds() {}

  /**
   * UUIDv5 (RFC 9562 §5.5) in the campaign's namespace.
   *
   * @param videoId the canonical video id, {@code service:id}
   */
  public static UUID of(
      UUID campaign, int cycle, int round, String videoId, String target, int sample) {
    // The only free text that may hold a separator is last but one; lengths keep it unambiguous.
    String name =
        cycle + "/" + round + "/" + sample + "/" + target.length() + ":" + target + "/" + videoId;
    return uuid5(campaign, name);
  }

  static UUID uuid5(UUID namespace, String name) {
    MessageDigest sha1 = sha1();
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(namespace.getMostSignificantBits())
            .putLong(namespace.getLeastSignificantBits())
            .array());
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
    long most = (hash.getLong() & ~0xF000L) | 0x5000L;
    long least = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(most, least);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}

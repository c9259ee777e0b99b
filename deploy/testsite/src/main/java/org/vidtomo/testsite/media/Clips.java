package org.vidtomo.testsite.media;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The clips' bytes, held in memory: 10 MB in all. */
public final class Clips {

  private static final String FOLDER = "/org/vidtomo/testsite/media/";

  private final Map<Clip, Buffer> bytes = new EnumMap<>(Clip.class);

  private Clips() {}

  /** Reads all clips from the class path. */
  public static Clips load() {
    Clips clips = new Clips();
    for (Clip clip : Clip.values()) {
      clips.bytes.put(clip, Buffer.buffer(read(FOLDER + clip.file())));
    }
    return clips;
  }

  private static byte[] read(String resource) {
    try (InputStream in = Clips.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "Loading the test site's clips: " + resource + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Loading the test site's clip " + resource, e);
    }
  }

  public Buffer bytes(Clip clip) {
    return bytes.get(clip);
  }

  public static Optional<Clip> named(String file) {
    for (Clip clip : Clip.values()) {
      if (clip.file().equals(file)) {
        return Optional.of(clip);
      }
    }
    return Optional.empty();
  }
}

package org.vidtomo.testsite.media;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The clips' bytes and the ladder's, held in memory: 13 MB in all. */
public final class Clips {

  private static final String FOLDER = "/org/vidtomo/testsite/media/";

  private static final Pattern MAP = Pattern.compile("#EXT-X-MAP:URI=\"([^\"]+)\"");
  private static final String LADDER = FOLDER + "ladder/";

  /** Media playlists name all that a ladder has: three of pictures, one of sound. */
  private static final int TRACKS = 4;

  private final Map<Clip, Buffer> bytes = new EnumMap<>(Clip.class);
  private final Map<String, Piece> pieces = new HashMap<>();

  private Clips() {}

  /** Reads all clips from the class path. */
  public static Clips load() {
    Clips clips = new Clips();
    for (Clip clip : Clip.values()) {
      String folder = clip.manifest() ? LADDER : FOLDER;
      clips.bytes.put(clip, Buffer.buffer(read(folder + clip.file())));
    }
    for (int track = 0; track < TRACKS; track++) {
      clips.loadTrack("media_" + track + ".m3u8");
    }
    return clips;
  }

  private void loadTrack(String playlist) {
    String text = new String(read(LADDER + playlist), StandardCharsets.UTF_8);
    piece(playlist, Clip.HLS.contentType());
    MAP.matcher(text).results().forEach(match -> piece(match.group(1), "video/mp4"));
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(line -> piece(line, "video/mp4"));
  }

  private void piece(String name, String contentType) {
    pieces.put(name, new Piece(name, contentType, Buffer.buffer(read(LADDER + name))));
  }

  /** A clip as a file. */
  public Piece piece(Clip clip) {
    return new Piece(clip.file(), clip.contentType(), bytes(clip));
  }

  /** What a ladder's manifests name: playlists, initialization segments, segments. */
  public Optional<Piece> pieceOfLadder(String name) {
    return Optional.ofNullable(pieces.get(name));
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

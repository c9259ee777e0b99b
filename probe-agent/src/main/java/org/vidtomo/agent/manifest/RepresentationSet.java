package org.vidtomo.agent.manifest;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Representations of the same content: a DASH adaptation set, an HLS group of renditions, or all
 * variants of an HLS playlist.
 *
 * @param id the manifest's own, or empty
 * @param switchableWith ids of the sets that a player may change to within a track
 * @param alternative dubbed, described, signed …: never taken where the original is there
 */
public record RepresentationSet(
    Kind kind,
    String id,
    List<String> switchableWith,
    boolean alternative,
    List<Representation> representations) {

  /** A set of the original. */
  public RepresentationSet(
      Kind kind, String id, List<String> switchableWith, List<Representation> representations) {
    this(kind, id, switchableWith, false, representations);
  }

  /** What a set shows. */
  public enum Kind {
    /** The picture, with or without sound. */
    VIDEO,
    AUDIO,
    /** Subtitles, thumbnails, trick play: nothing that playing needs. */
    OTHER
  }

  public RepresentationSet {
    requireNonNull(kind, "kind");
    requireNonNull(id, "id");
    switchableWith = List.copyOf(switchableWith);
    representations = List.copyOf(representations);
  }
}

package org.vidtomo.agent.manifest;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.vidtomo.core.playback.Ladder;
import org.vidtomo.sites.Quality;

/**
 * What a player takes of a period.
 *
 * @param representations of the main track, worst first
 * @param audio the sound, where it comes apart
 */
public record Selection(List<Representation> representations, Optional<Representation> audio) {
  /** What nearly every player decodes; others follow in the manifest's order. */
  private static final List<String> COMMON = List.of("avc1", "avc3", "mp4a");

  public Selection {
    representations = List.copyOf(representations);
    requireNonNull(audio, "audio");
  }

  /**
   * Chooses: of the original, the first set of the most common codec, within the wished quality,
   * with the best sound that goes with it. Without a picture the sound is the main track.
   *
   * @return empty when the period has neither
   */
  public static Optional<Selection> of(Period period, Quality quality) {
    Optional<RepresentationSet> video = first(period, RepresentationSet.Kind.VIDEO);
    if (video.isEmpty()) {
      return first(period, RepresentationSet.Kind.AUDIO)
          .map(set -> new Selection(List.of(best(set.representations())), Optional.empty()));
    }
    List<Representation> alike = alike(switchable(period, video.get()));
    List<Representation> ladder =
        quality.among(alike, Representation::height).stream()
            .sorted(
                Comparator.comparingLong(Representation::bandwidthBps)
                    .thenComparingInt(r -> r.height().orElse(0)))
            .toList();
    return Optional.of(new Selection(ladder, audio(period, ladder.get(0))));
  }

  private static Optional<RepresentationSet> first(Period period, RepresentationSet.Kind kind) {
    return period.sets().stream()
        .filter(set -> set.kind() == kind && !set.representations().isEmpty())
        .min(
            Comparator.comparing(RepresentationSet::alternative)
                .thenComparingInt(set -> rarity(set.representations().get(0))));
  }

  private static List<Representation> switchable(Period period, RepresentationSet main) {
    return period.sets().stream()
        .filter(set -> set == main || main.switchableWith().contains(set.id()))
        .filter(set -> set.kind() == main.kind())
        .flatMap(set -> set.representations().stream())
        .toList();
  }

  /** Those of the most common picture codec, and of the audio group of the first of these. */
  private static List<Representation> alike(List<Representation> all) {
    boolean pictures = all.stream().anyMatch(r -> r.height().isPresent());
    List<Representation> seen =
        all.stream().filter(r -> !pictures || r.height().isPresent()).toList();
    Representation model =
        seen.stream().min(Comparator.comparingInt(Selection::rarity)).orElseThrow();
    return seen.stream()
        .filter(r -> family(r).equals(family(model)))
        .filter(r -> r.audioGroup().equals(model.audioGroup()))
        .toList();
  }

  private static Optional<Representation> audio(Period period, Representation main) {
    if (main.audioGroup().isPresent()) {
      return period.sets().stream()
          .filter(set -> set.kind() == RepresentationSet.Kind.AUDIO)
          .filter(set -> set.id().equals(main.audioGroup().get()))
          .flatMap(set -> set.representations().stream())
          .findFirst();
    }
    if (main.audioCodec().isPresent()) {
      return Optional.empty();
    }
    return first(period, RepresentationSet.Kind.AUDIO)
        .filter(set -> set.representations().get(0).audioGroup().isEmpty())
        .map(set -> best(set.representations()));
  }

  private static Representation best(List<Representation> representations) {
    return representations.stream()
        .max(Comparator.comparingLong(Representation::bandwidthBps))
        .orElseThrow();
  }

  private static int rarity(Representation representation) {
    int at = COMMON.indexOf(family(representation));
    return at < 0 ? COMMON.size() : at;
  }

  /** What stands before the first dot of the picture's codec, else of the sound's. */
  private static String family(Representation representation) {
    return representation
        .videoCodec()
        .or(representation::audioCodec)
        .map(codec -> codec.replaceFirst("\\..*", ""))
        .orElse("");
  }

  /** The main track's bitrates, for a player's rule. */
  public Ladder ladder() {
    return new Ladder(representations.stream().map(Representation::bandwidthBps).toList());
  }
}

package org.vidtomo.agent.manifest.dash;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.agent.manifest.ByteSpan;
import org.vidtomo.agent.manifest.ListedSegments;
import org.vidtomo.agent.manifest.ManifestException;
import org.vidtomo.agent.manifest.MediaSegment;
import org.vidtomo.agent.manifest.Resource;
import org.vidtomo.agent.manifest.Source;
import org.vidtomo.sites.Urls;

/**
 * Where the segments of one representation are: SegmentTemplate, SegmentList or SegmentBase, each
 * with what it inherits (ISO/IEC 23009-1 §5.3.9).
 */
final class Addressing {
  static final List<String> FORMS = List.of("SegmentTemplate", "SegmentList", "SegmentBase");
  private static final long MAX_TIMESCALE = 1_000_000_000_000L;

  private final Place place;
  private final List<XmlNode> forms;
  private final long timescale;
  private final long offset;

  /**
   * A representation's surroundings.
   *
   * @param bounds of all representations together
   * @param levels the representation, its adaptation set, its period
   * @param base what its URLs are relative to
   * @param zeroMicros Unix time of media time 0; absent for recorded media
   */
  record Place(
      Bounds bounds,
      List<XmlNode> levels,
      URI base,
      String id,
      long bandwidth,
      long startMicros,
      OptionalLong endMicros,
      OptionalLong zeroMicros) {}

  private Addressing(Place place, List<XmlNode> forms) throws ManifestException {
    this.place = place;
    this.forms = forms;
    this.timescale = number("timescale").orElse(1);
    this.offset = number("presentationTimeOffset").orElse(0);
    if (timescale < 1 || timescale > MAX_TIMESCALE) {
      throw ManifestException.malformed("a timescale of " + timescale + " is stated");
    }
  }

  static Source of(Place place) throws ManifestException {
    for (XmlNode level : place.levels()) {
      for (String form : FORMS) {
        if (level.child(form).isPresent()) {
          List<XmlNode> forms =
              place.levels().stream().flatMap(l -> l.child(form).stream()).toList();
          place.bounds().entries(forms.stream().mapToInt(f -> f.children().size()).sum());
          return new Addressing(place, forms).source(form);
        }
      }
    }
    return new Source.Listed(wholeFile(place, Optional.empty()));
  }

  private Source source(String form) throws ManifestException {
    return switch (form) {
      case "SegmentTemplate" -> new Source.Listed(template());
      case "SegmentList" -> new Source.Listed(list());
      default -> base();
    };
  }

  private Optional<String> attribute(String name) {
    return forms.stream().flatMap(form -> form.attribute(name).stream()).findFirst();
  }

  private OptionalLong number(String name) {
    return forms.stream()
        .filter(form -> form.attribute(name).isPresent())
        .findFirst()
        .map(form -> form.number(name))
        .orElse(OptionalLong.empty());
  }

  private Optional<XmlNode> child(String name) {
    return forms.stream().flatMap(form -> form.child(name).stream()).findFirst();
  }

  private TimedSegments template() throws ManifestException {
    // Without one the BaseURL is the segment.
    String media = attribute("media").orElse("");
    Optional<Resource> init =
        attribute("initialization").flatMap(t -> resolved(fill(t, 0, 0))).map(Resource::whole);
    return timed(
        runs(Long.MAX_VALUE),
        (number, time) -> resolved(fill(media, number, time)).map(Resource::whole),
        init.or(this::initialization));
  }

  private String fill(String template, long number, long time) {
    return UrlTemplate.fill(template, place.id(), place.bandwidth(), number, time);
  }

  private TimedSegments list() throws ManifestException {
    List<XmlNode> urls =
        forms.stream()
            .map(form -> form.children("SegmentURL").toList())
            .filter(list -> !list.isEmpty())
            .findFirst()
            .orElseThrow(() -> ManifestException.malformed("a SegmentList without SegmentURL"));
    long first = number("startNumber").orElse(1);
    return timed(
        runs(urls.size()),
        (number, time) ->
            number >= first && number - first < urls.size()
                ? segmentUrl(urls.get((int) (number - first)))
                : Optional.empty(),
        initialization());
  }

  private Optional<Resource> segmentUrl(XmlNode node) {
    return node.attribute("media")
        .map(this::resolved)
        .orElse(Optional.of(place.base()))
        .map(url -> new Resource(url, node.attribute("mediaRange").flatMap(ByteSpan::parse)));
  }

  private TimedSegments timed(
      List<TimedSegments.Run> runs, TimedSegments.Addresses addresses, Optional<Resource> init) {
    boolean listed = child("SegmentTimeline").isPresent();
    boolean open =
        runs.stream().anyMatch(run -> run.count() == TimedSegments.Run.ENDLESS) || !listed;
    Optional<TimedSegments.Clock> clock =
        place.zeroMicros().isPresent() && open
            ? Optional.of(new TimedSegments.Clock(place.zeroMicros().getAsLong(), earlyMicros()))
            : Optional.empty();
    return new TimedSegments(
        runs,
        timescale,
        place.startMicros(),
        place.endMicros(),
        offset,
        number("startNumber").orElse(1),
        clock,
        addresses,
        init);
  }

  /** Seconds, possibly with a fraction, or INF: then segments are there as they are made. */
  private long earlyMicros() {
    Optional<String> seconds = attribute("availabilityTimeOffset");
    return seconds
        .filter(text -> text.matches("[0-9]{1,6}(\\.[0-9]{1,9})?"))
        .map(text -> Math.round(Double.parseDouble(text) * 1e6))
        .orElse(0L);
  }

  private List<TimedSegments.Run> runs(long most) throws ManifestException {
    Optional<XmlNode> timeline = child("SegmentTimeline");
    if (timeline.isPresent()) {
      return Timeline.runs(timeline.get(), timescale, offset, place);
    }
    OptionalLong duration = number("duration");
    if (duration.isEmpty()) {
      return single();
    }
    if (duration.getAsLong() <= 0) {
      throw ManifestException.malformed("segments of length " + duration.getAsLong());
    }
    long count =
        Math.min(most, Timeline.untilPeriodEnd(place, timescale, offset, offset, duration));
    return List.of(new TimedSegments.Run(offset, duration.getAsLong(), count));
  }

  /** Without a length there is one segment, as long as the period. */
  private List<TimedSegments.Run> single() throws ManifestException {
    long micros = place.endMicros().orElse(0) - place.startMicros();
    if (micros <= 0) {
      throw ManifestException.malformed("segments without length in a period without end");
    }
    long units = Math.max(1, Math.round(micros * (timescale / 1e6)));
    return List.of(new TimedSegments.Run(offset, units, 1));
  }

  private Source base() throws ManifestException {
    Optional<ByteSpan> index = attribute("indexRange").flatMap(ByteSpan::parse);
    if (index.isEmpty()) {
      return new Source.Listed(wholeFile(place, initialization()));
    }
    Optional<Resource> init =
        initialization()
            .or(
                () ->
                    index.get().first() > 0
                        ? Optional.of(
                            new Resource(
                                place.base(), Optional.of(ByteSpan.of(0, index.get().first()))))
                        : Optional.empty());
    return new Source.IndexBox(
        new Resource(place.base(), index),
        init,
        place.startMicros(),
        Math.round(offset * (1e6 / timescale)));
  }

  /** A file of one piece. */
  private static ListedSegments wholeFile(Place place, Optional<Resource> init) {
    long micros = place.endMicros().orElse(0) - place.startMicros();
    return new ListedSegments(
        micros <= 0
            ? List.of()
            : List.of(
                new MediaSegment(
                    Resource.whole(place.base()),
                    init.filter(i -> !i.url().equals(place.base())),
                    place.startMicros(),
                    micros,
                    OptionalLong.empty())));
  }

  private Optional<Resource> initialization() {
    return child("Initialization")
        .or(() -> child("Initialisation"))
        .flatMap(
            node ->
                node.attribute("sourceURL")
                    .map(this::resolved)
                    .orElse(Optional.of(place.base()))
                    .map(
                        url ->
                            new Resource(url, node.attribute("range").flatMap(ByteSpan::parse))));
  }

  private Optional<URI> resolved(String link) {
    return Urls.resolve(place.base(), link);
  }
}

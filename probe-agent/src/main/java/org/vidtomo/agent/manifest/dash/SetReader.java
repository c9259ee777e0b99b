package org.vidtomo.agent.manifest.dash;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.vidtomo.agent.manifest.ManifestException;
import org.vidtomo.agent.manifest.Representation;
import org.vidtomo.agent.manifest.RepresentationSet;
import org.vidtomo.agent.manifest.RepresentationSet.Kind;

/** Reads a period's adaptation sets. */
final class SetReader {
  private static final int MAX_CODECS = 16;
  private static final int MAX_SWITCHABLE = 100;
  private static final String SWITCHING = "urn:mpeg:dash:adaptation-set-switching:2016";
  private static final String TRICK_MODE = "http://dashif.org/guidelines/trickmode";
  private static final String ROLE = "urn:mpeg:dash:role:2011";

  /** ISO/IEC 23009-1 table 22: in place of the original, for some viewers. */
  private static final Set<String> ALTERNATIVE =
      Set.of(
          "alternate",
          "supplementary",
          "commentary",
          "dub",
          "description",
          "sign",
          "emergency",
          "enhanced-audio-intelligibility");

  private static final Map<String, String> CONTAINERS =
      Map.of("mp4", "mp4", "webm", "webm", "mp2t", "mpegts", "x-matroska", "webm");

  private final Bounds bounds;
  private final XmlNode period;
  private final XmlNode periodForms;
  private final URI base;
  private final long startMicros;
  private final OptionalLong endMicros;
  private final OptionalLong zeroMicros;

  SetReader(
      Bounds bounds,
      XmlNode period,
      URI base,
      long startMicros,
      OptionalLong endMicros,
      OptionalLong zeroMicros) {
    this.bounds = bounds;
    this.period = period;
    this.periodForms = period.withFirst(Addressing.FORMS);
    this.base = base;
    this.startMicros = startMicros;
    this.endMicros = endMicros;
    this.zeroMicros = zeroMicros;
  }

  List<RepresentationSet> sets() throws ManifestException {
    List<RepresentationSet> sets = new ArrayList<>();
    for (XmlNode set : period.children("AdaptationSet").toList()) {
      URI url = MpdReader.baseUrl(base, set);
      XmlNode forms = set.withFirst(Addressing.FORMS);
      List<Representation> representations = new ArrayList<>();
      for (XmlNode node : set.children("Representation").toList()) {
        bounds.representation();
        representations.add(representation(forms, url, node));
      }
      sets.add(
          new RepresentationSet(
              kind(set, representations),
              set.attribute("id").orElse(""),
              switchable(set),
              alternative(set),
              representations));
    }
    return sets;
  }

  /**
   * Reads one.
   *
   * @param set with nothing inside but what it inherits
   */
  private Representation representation(XmlNode set, URI url, XmlNode node)
      throws ManifestException {
    String id = node.attribute("id").orElse("");
    long bandwidth = Math.max(0, node.number("bandwidth").orElse(0));
    Addressing.Place place =
        new Addressing.Place(
            bounds,
            List.of(node, set, periodForms),
            MpdReader.baseUrl(url, node),
            id,
            bandwidth,
            startMicros,
            endMicros,
            zeroMicros);
    return new Representation(
        id,
        bandwidth,
        size(set, node, "width"),
        size(set, node, "height"),
        frameRate(either(set, node, "frameRate")),
        codecs(either(set, node, "codecs")),
        either(set, node, "mimeType")
            .map(type -> CONTAINERS.get(type.replaceFirst(".*/", "").replaceFirst("[; ].*", ""))),
        Optional.empty(),
        Addressing.of(place));
  }

  private static Optional<String> either(XmlNode set, XmlNode node, String attribute) {
    return node.attribute(attribute).or(() -> set.attribute(attribute));
  }

  private static OptionalInt size(XmlNode set, XmlNode node, String attribute) {
    OptionalLong own = node.number(attribute);
    OptionalLong size = own.isPresent() ? own : set.number(attribute);
    return size.isPresent() && size.getAsLong() > 0 && size.getAsLong() < 100_000
        ? OptionalInt.of((int) size.getAsLong())
        : OptionalInt.empty();
  }

  private static List<String> codecs(Optional<String> list) {
    return list.map(text -> Arrays.stream(text.split(",", MAX_CODECS + 1)).map(String::strip))
        .orElse(Stream.empty())
        .limit(MAX_CODECS)
        .filter(codec -> !codec.isEmpty())
        .toList();
  }

  /** {@code 30} or {@code 30000/1001}. */
  private static OptionalDouble frameRate(Optional<String> text) {
    String rate = text.orElse("");
    if (!rate.matches("[0-9]{1,9}(/[1-9][0-9]{0,8})?")) {
      return OptionalDouble.empty();
    }
    String[] parts = rate.split("/");
    double divisor = parts.length == 1 ? 1 : Double.parseDouble(parts[1]);
    return OptionalDouble.of(Double.parseDouble(parts[0]) / divisor);
  }

  private static Kind kind(XmlNode set, List<Representation> representations) {
    boolean trick =
        Stream.concat(set.children("EssentialProperty"), set.children("SupplementalProperty"))
            .anyMatch(p -> p.attribute("schemeIdUri").filter(TRICK_MODE::equals).isPresent());
    if (trick || representations.stream().anyMatch(Representation::text)) {
      return Kind.OTHER;
    }
    String stated =
        set.attribute("contentType")
            .or(() -> set.child("ContentComponent").flatMap(c -> c.attribute("contentType")))
            .or(() -> mimeType(set))
            .orElse("");
    if (stated.startsWith("video")) {
      return Kind.VIDEO;
    }
    if (stated.startsWith("audio")) {
      return Kind.AUDIO;
    }
    boolean picture = representations.stream().anyMatch(r -> r.height().isPresent());
    return stated.isEmpty() && picture ? Kind.VIDEO : Kind.OTHER;
  }

  private static Optional<String> mimeType(XmlNode set) {
    return set.attribute("mimeType")
        .or(
            () ->
                set.children("Representation")
                    .flatMap(r -> r.attribute("mimeType").stream())
                    .findFirst());
  }

  private static boolean alternative(XmlNode set) {
    return set.children("Role")
        .filter(role -> role.attribute("schemeIdUri").filter(ROLE::equals).isPresent())
        .anyMatch(role -> role.attribute("value").filter(ALTERNATIVE::contains).isPresent());
  }

  private static List<String> switchable(XmlNode set) {
    return set.children("SupplementalProperty")
        .filter(p -> p.attribute("schemeIdUri").filter(SWITCHING::equals).isPresent())
        .flatMap(p -> Arrays.stream(p.attribute("value").orElse("").split(",")))
        .map(String::strip)
        .limit(MAX_SWITCHABLE)
        .toList();
  }
}

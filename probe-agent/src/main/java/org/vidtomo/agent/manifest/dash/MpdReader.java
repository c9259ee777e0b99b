package org.vidtomo.agent.manifest.dash;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.agent.manifest.ManifestException;
import org.vidtomo.agent.manifest.Period;
import org.vidtomo.agent.manifest.Presentation;
import org.vidtomo.agent.manifest.RepresentationSet;
import org.vidtomo.sites.Urls;

/**
 * Reads MPDs: what measuring needs of them, leniently. Of several BaseURLs the first counts; remote
 * elements (xlink) are left out; content protection does not matter, nothing is decrypted.
 */
public final class MpdReader {
  private static final int MAX_PERIODS = 1_000;

  private MpdReader() {}

  /**
   * Reads an MPD.
   *
   * @param base the URL that it was found at
   * @throws ManifestException when it is none, or larger than any that is read
   */
  public static Presentation read(URI base, String xml) throws ManifestException {
    XmlNode mpd = XmlReader.read(xml);
    if (!mpd.name().equals("MPD")) {
      throw ManifestException.malformed("the manifest is no MPD but a " + cut(mpd.name()));
    }
    try {
      return presentation(base, mpd);
    } catch (ArithmeticException e) {
      throw ManifestException.malformed("the MPD has times beyond counting");
    }
  }

  private static String cut(String name) {
    return name.substring(0, Math.min(name.length(), 40));
  }

  private static Presentation presentation(URI base, XmlNode mpd) throws ManifestException {
    boolean live = mpd.attribute("type").filter("dynamic"::equals).isPresent();
    OptionalLong duration = MpdTime.duration(mpd.attribute("mediaPresentationDuration"));
    OptionalLong zero =
        live
            ? OptionalLong.of(MpdTime.date(mpd.attribute("availabilityStartTime")).orElse(0))
            : OptionalLong.empty();
    List<Period> periods = periods(baseUrl(base, mpd), mpd, duration, zero);
    OptionalLong end = periods.get(periods.size() - 1).endMicros();
    return new Presentation(
        live ? Optional.of(live(base, mpd)) : Optional.empty(),
        duration.isPresent() ? duration : live ? OptionalLong.empty() : end,
        periods);
  }

  private static Presentation.Live live(URI base, XmlNode mpd) {
    OptionalLong suggested = MpdTime.duration(mpd.attribute("suggestedPresentationDelay"));
    OptionalLong target =
        mpd.children("ServiceDescription")
            .flatMap(description -> description.children("Latency"))
            .map(latency -> latency.number("target"))
            .findFirst()
            .orElse(OptionalLong.empty());
    OptionalLong delay =
        suggested.isPresent() || target.isEmpty()
            ? suggested
            : OptionalLong.of(Math.multiplyExact(target.getAsLong(), 1000L));
    Optional<String> now =
        mpd.children("UTCTiming")
            .filter(t -> t.attribute("schemeIdUri").orElse("").contains(":utc:direct:"))
            .flatMap(t -> t.attribute("value").stream())
            .findFirst();
    return new Presentation.Live(
        MpdTime.duration(mpd.attribute("minimumUpdatePeriod")),
        delay,
        MpdTime.date(now),
        mpd.child("Location").flatMap(l -> Urls.resolve(base, l.text())));
  }

  private static List<Period> periods(
      URI base, XmlNode mpd, OptionalLong duration, OptionalLong zero) throws ManifestException {
    List<XmlNode> nodes = mpd.children("Period").toList();
    if (nodes.isEmpty() || nodes.size() > MAX_PERIODS) {
      throw ManifestException.malformed("the MPD has " + nodes.size() + " periods");
    }
    List<Long> starts = starts(nodes);
    List<Period> periods = new ArrayList<>();
    Bounds bounds = new Bounds();
    for (int i = 0; i < nodes.size(); i++) {
      OptionalLong end = end(nodes, starts, i, duration);
      URI url = baseUrl(base, nodes.get(i));
      List<RepresentationSet> sets =
          new SetReader(bounds, nodes.get(i), url, starts.get(i), end, zero).sets();
      periods.add(new Period(starts.get(i), end, sets));
    }
    return periods;
  }

  /** ISO/IEC 23009-1 §5.3.2.1: stated, or the end of the one before. */
  private static List<Long> starts(List<XmlNode> periods) throws ManifestException {
    List<Long> starts = new ArrayList<>();
    long next = 0;
    for (XmlNode period : periods) {
      long start = MpdTime.duration(period.attribute("start")).orElse(next);
      if (!starts.isEmpty() && start < starts.get(starts.size() - 1)) {
        throw ManifestException.malformed("a period begins before the one that it follows");
      }
      starts.add(start);
      next = start + MpdTime.duration(period.attribute("duration")).orElse(0);
    }
    return starts;
  }

  private static OptionalLong end(
      List<XmlNode> periods, List<Long> starts, int i, OptionalLong duration) {
    if (i + 1 < periods.size()) {
      return OptionalLong.of(starts.get(i + 1));
    }
    OptionalLong own = MpdTime.duration(periods.get(i).attribute("duration"));
    return own.isPresent() ? OptionalLong.of(starts.get(i) + own.getAsLong()) : duration;
  }

  /** Of several, the first; relative ones to the level above. */
  static URI baseUrl(URI above, XmlNode node) {
    return node.child("BaseURL").flatMap(url -> Urls.resolve(above, url.text())).orElse(above);
  }
}

package org.vidtomo.coordinator.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vidtomo.coordinator.plan.SeedVideo;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.coordinator.request.InvalidRequestException.Fault;
import org.vidtomo.sites.Urls;

/**
 * Takes a list of URLs one by one: blank lines and comments ({@code #}) are passed over, a video
 * that came before is counted, a bad line is a fault with its number. Keeps no URL. Not
 * thread-safe.
 */
public final class SeedList {
  /** Each is read from its service. */
  public static final int MAX_LISTINGS = 100;

  /** Further faults are counted only. */
  public static final int MAX_FAULTS = 100;

  private static final int MAX_QUOTED = 120;

  private final int maxVideos;
  private final int maxVisited;
  private final SeenVideos seen = new SeenVideos();
  private final List<Line> listings = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private final ListReport.Counter blank = new ListReport.Counter();
  private final ListReport.Counter comments = new ListReport.Counter();
  private final ListReport.Counter duplicates = new ListReport.Counter();
  private final ListReport.Counter beyond = new ListReport.Counter();
  private long lines;
  private long faultCount;

  /** A line that names a list of videos. */
  record Line(long number, String url) {}

  /**
   * A list of no line yet.
   *
   * @param maxVideos a list of more different videos is wrong
   * @param maxVisited further videos are passed over, and counted
   */
  public SeedList(int maxVideos, int maxVisited) {
    this.maxVideos = maxVideos;
    this.maxVisited = maxVisited;
  }

  /**
   * Takes the next line.
   *
   * @return the video or listing, if the line names one that did not come before
   */
  public Optional<SeedVideo> next(String line) {
    lines++;
    String text = (lines == 1 ? withoutMark(line) : line).strip();
    if (text.isEmpty() || text.startsWith("#")) {
      (text.isEmpty() ? blank : comments).add(lines);
      return Optional.empty();
    }
    Optional<SeedVideo> video = SeedVideo.ofLine(text);
    if (video.isEmpty()) {
      fault("\"%s\" %s".formatted(quoted(text), reason(text)));
      return Optional.empty();
    }
    if (!seen.add(video.get().videoId())) {
      duplicates.add(lines);
      return Optional.empty();
    }
    if (seen.size() > maxVideos) {
      fault("is one too many: a campaign takes at most " + maxVideos + " videos");
      return Optional.empty();
    }
    if (seen.size() > maxVisited) {
      beyond.add(lines);
      return Optional.empty();
    }
    if (video.get().isListing()) {
      listings.add(new Line(lines, text));
      if (listings.size() > MAX_LISTINGS) {
        fault(
            "is one too many: a campaign takes at most %d lists of videos".formatted(MAX_LISTINGS));
      }
    }
    return video;
  }

  /** The lines that name lists of videos. */
  List<Line> listings() {
    return List.copyOf(listings);
  }

  /** Notes a video that a list of videos named; whether it is new. */
  boolean found(String videoId) {
    return seen.add(videoId);
  }

  /**
   * What the lines were, once all are taken.
   *
   * @param mayBeEmpty whether there are videos without it
   * @throws InvalidRequestException with the bad lines, or because there was no video
   */
  public ListReport finish(boolean mayBeEmpty) throws InvalidRequestException {
    if (faultCount > faults.size()) {
      faults.add(new Fault("urls", (faultCount - MAX_FAULTS) + " more lines are wrong"));
    }
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
    if (seen.size() == 0 && !mayBeEmpty) {
      throw new InvalidRequestException("urls", "there must be at least one URL");
    }
    return new ListReport(
        lines,
        Math.min(seen.size(), maxVisited) - listings.size(),
        listings.size(),
        blank.lines(),
        comments.lines(),
        duplicates.lines(),
        beyond.lines());
  }

  /** Whether no line was wrong so far. */
  public boolean faultless() {
    return faultCount == 0;
  }

  private void fault(String detail) {
    if (faultCount++ < MAX_FAULTS) {
      faults.add(new Fault("line " + lines, detail));
    }
  }

  /** Some editors begin a file with a byte order mark. */
  private static String withoutMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  private static String reason(String text) {
    return text.length() > Math.min(SeedVideo.MAX_URL_CHARACTERS, Urls.MAX_LENGTH)
        ? "is longer than " + SeedVideo.MAX_URL_CHARACTERS + " characters"
        : "is not an http or https URL with a host";
  }

  private static String quoted(String text) {
    return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
  }
}

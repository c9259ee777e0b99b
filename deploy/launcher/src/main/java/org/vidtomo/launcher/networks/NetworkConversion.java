package org.vidtomo.launcher.networks;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.vidtomo.core.network.AsNameLine;
import org.vidtomo.core.network.NetworkTable;
import org.vidtomo.core.network.NetworkTableBuilder;
import org.vidtomo.core.network.PrefixLine;
import org.vidtomo.launcher.dataset.BoundedLines;

/**
 * Reads lists of prefixes and of names of systems, as text or gzip, into a table. A line that
 * cannot be read is complained about with its number and left out; a list of which many lines
 * cannot be read is taken for something else. Used once.
 */
public final class NetworkConversion {
  private static final int MOST_LINE_BYTES = 8_000;
  private static final int MOST_COMPLAINTS = 5;

  /** Of a hundred lines; more, and the list is something else. */
  private static final int MOST_REFUSED = 1;

  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final int BUFFER_BYTES = 64 << 10;

  private final Consumer<String> complaints;
  private final NetworkTableBuilder builder = new NetworkTableBuilder();
  private final List<String> sources = new ArrayList<>();
  private long refused;

  /**
   * Nothing is read yet.
   *
   * @param complaints takes a line of text for each line that is left out, up to a few of a list
   */
  public NetworkConversion(Consumer<String> complaints) {
    this.complaints = requireNonNull(complaints, "complaints");
  }

  /** What is done with a line; it throws IllegalArgumentException saying what is wrong with it. */
  private interface Taker {
    /** Whether the line said something. */
    boolean take(String line);
  }

  /**
   * Adds a list of prefixes. A prefix that is there already is replaced.
   *
   * @throws IOException when it cannot be read, or is something else
   */
  public void prefixes(String name, InputStream in) throws IOException {
    read(
        name,
        in,
        "PREFIX LENGTH AS or PREFIX/LENGTH AS",
        line -> PrefixLine.parse(line).map(this::add).isPresent());
    sources.add(name);
  }

  /**
   * Adds a list of names of systems.
   *
   * @throws IOException when it cannot be read, or is something else
   */
  public void names(String name, InputStream in) throws IOException {
    read(name, in, "AS NAME, COUNTRY", line -> AsNameLine.parse(line).map(this::name).isPresent());
  }

  private PrefixLine add(PrefixLine line) {
    builder.add(line);
    return line;
  }

  private AsNameLine name(AsNameLine line) {
    builder.name(line.number(), line.name(), line.country());
    return line;
  }

  private void read(String name, InputStream in, String form, Taker taker) throws IOException {
    BoundedLines lines = new BoundedLines(plain(in), MOST_LINE_BYTES);
    long good = 0;
    long bad = 0;
    for (var line = lines.next(); line.isPresent(); line = lines.next()) {
      try {
        if (line.get().tooLong()) {
          throw new IllegalArgumentException("is over %d bytes".formatted(MOST_LINE_BYTES));
        }
        good += taker.take(new String(line.get().bytes(), StandardCharsets.UTF_8)) ? 1 : 0;
      } catch (IllegalArgumentException e) {
        bad++;
        complain(name, line.get().number(), bad, e.getMessage());
      }
    }
    if (good == 0 || bad * 100 > MOST_REFUSED * (good + bad)) {
      throw new IOException(
          "%s: %d of %d lines are not \"%s\"; it must be another kind of file"
              .formatted(name, bad, good + bad, form));
    }
    refused += bad;
  }

  private void complain(String name, long number, long bad, String why) {
    if (bad <= MOST_COMPLAINTS) {
      complaints.accept("%s, line %d is left out: %s".formatted(name, number, why));
    } else if (bad == MOST_COMPLAINTS + 1) {
      complaints.accept("%s: more lines are left out; they are counted only".formatted(name));
    }
  }

  private static InputStream plain(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER_BYTES);
    buffered.mark(GZIP.length);
    byte[] first = buffered.readNBytes(GZIP.length);
    buffered.reset();
    return java.util.Arrays.equals(first, GZIP)
        ? new GZIPInputStream(buffered, BUFFER_BYTES)
        : buffered;
  }

  /** The table of all that was read. */
  public NetworkTable table(Instant convertedAt) {
    return builder.build(String.join(", ", sources), convertedAt);
  }

  /** Lines that were left out. */
  public long refused() {
    return refused;
  }

  /** Prefixes that were replaced by later ones, once there is a table. */
  public int repeated() {
    return builder.repeated();
  }
}

package org.vidtomo.launcher.dataset;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vidtomo.aggregator.derive.AddressRule;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.core.dataset.DataSet;
import org.vidtomo.core.dataset.DataSetCampaign;
import org.vidtomo.core.dataset.DataSetEnd;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.launcher.print.Units;
import org.vidtomo.launcher.pytomo.PytomoSource;
import org.vidtomo.storage.CampaignOrigin;
import org.vidtomo.storage.Store;

/**
 * Reads data sets, or lines of {@code vidtomo measure --json}, into a store: line by line, in
 * bounded memory. A line that cannot be imported is complained about with its number, and the
 * others are imported. What is there already is left as it is, so that importing again changes
 * nothing, and goes on where it was interrupted.
 */
public final class Importer {
  private static final int MOST_COMPLAINTS = 20;
  private static final int MOST_SHOWN = 300;

  private final Derivation derivation;
  private final AddressRule addresses;
  private final String source;
  private final Clock clock;
  private final Consumer<String> complaints;
  private final UUID fileId;
  private final ImportBatch batch;

  private CampaignOrigin origin;
  private Map<UUID, DataSetCampaign> described = Map.of();
  private boolean open;
  private Optional<String> cutOff = Optional.empty();
  private long inDataSet;
  private long lines;
  private long refused;

  /**
   * An importer into a store.
   *
   * @param derivation makes measurements of the reports
   * @param addresses what is kept of agents' addresses
   * @param source name of the file, for people; also names the campaign of reports without one, so
   *     that the same again finds the same
   * @param complaints takes a line of text for each line that is refused, up to a few
   */
  public Importer(
      Store store,
      Derivation derivation,
      AddressRule addresses,
      String source,
      Clock clock,
      Consumer<String> complaints) {
    this.derivation = requireNonNull(derivation, "derivation");
    this.addresses = requireNonNull(addresses, "addresses");
    this.source = requireNonNull(source, "source");
    this.clock = requireNonNull(clock, "clock");
    this.complaints = requireNonNull(complaints, "complaints");
    fileId = UUID.nameUUIDFromBytes(("imported " + source).getBytes(StandardCharsets.UTF_8));
    origin =
        new CampaignOrigin(fileId, source, clock.instant(), Optional.empty(), Optional.empty());
    batch = new ImportBatch(store, this::refuse);
  }

  /**
   * Imports everything.
   *
   * @throws org.vidtomo.storage.StoreException when the store fails; what was imported stays
   */
  public ImportSummary run(InputStream in) throws IOException {
    BoundedLines file = new BoundedLines(in, Wire.MAX_BYTES);
    for (Optional<BoundedLines.Line> line = file.next(); line.isPresent(); line = file.next()) {
      lines++;
      take(line.get());
    }
    batch.flush();
    closeDataSet("ends without its last line: it was cut off");
    return new ImportSummary(
        lines, batch.imported(), batch.alreadyThere(), refused, cutOff.isEmpty(), cutOff);
  }

  /**
   * Imports everything of a file of Pytomo. Its reports answer no task.
   *
   * @throws org.vidtomo.storage.StoreException when the store fails; what was imported stays
   */
  public ImportSummary pytomo(PytomoFile file) throws IOException {
    file.read(
        new PytomoSource.Sink() {
          @Override
          public void report(long number, Report report) {
            lines++;
            take(number, report);
          }

          @Override
          public void refused(long number, String why) {
            lines++;
            refuse(number, why);
          }
        });
    batch.flush();
    return new ImportSummary(
        lines, batch.imported(), batch.alreadyThere(), refused, true, Optional.empty());
  }

  /** Something that is read from its beginning to its end. */
  public interface PytomoFile {
    void read(PytomoSource.Sink sink) throws IOException;
  }

  private void take(long number, Report report) {
    try {
      ObjectNode json = Wire.mapper().valueToTree(report);
      take(number, new Entry.Reported(report, Optional.empty(), json));
    } catch (WireException | IllegalArgumentException e) {
      refuse(number, e.getMessage());
    }
  }

  private void take(BoundedLines.Line line) {
    if (line.tooLong()) {
      refuse(line.number(), "is over %d bytes".formatted(Wire.MAX_BYTES));
    } else if (!new String(line.bytes(), StandardCharsets.UTF_8).isBlank()) {
      try {
        take(line.number(), Entry.parse(line.bytes()));
      } catch (WireException | IllegalArgumentException e) {
        refuse(line.number(), e.getMessage());
      }
    }
  }

  private void take(long number, Entry entry) throws WireException {
    if (entry instanceof Entry.Head head) {
      begin(head.dataSet());
    } else if (entry instanceof Entry.End end) {
      end(end.end());
    } else if (entry instanceof Entry.Reported reported) {
      inDataSet++;
      ImportedReport report =
          ImportedReport.of(
              derivation, number, kept(reported), origin.dataSet(), fileId, clock.instant());
      UUID campaign = report.measurement().campaignId().orElseThrow();
      batch.add(
          report,
          new ImportedCampaigns.Origin(Optional.ofNullable(described.get(campaign)), origin));
    }
  }

  private Entry.Reported kept(Entry.Reported reported) throws WireException {
    if (!addresses.concerns(reported.report(), Optional.empty())) {
      return reported;
    }
    addresses.reduce(reported.json(), Optional.empty());
    return Entry.reported(reported.json(), reported.collected());
  }

  private void begin(DataSet dataSet) throws WireException {
    closeDataSet("is followed by another without its last line: it was cut off");
    for (DataSetCampaign campaign : dataSet.campaigns()) {
      if (!ImportedCampaigns.storable(campaign.createdAt())) {
        throw new WireException(
            "campaign %s is of %s".formatted(campaign.id(), campaign.createdAt()));
      }
    }
    open = true;
    inDataSet = 0;
    described =
        dataSet.campaigns().stream()
            .collect(
                Collectors.toMap(
                    DataSetCampaign::id, Function.identity(), (a, b) -> a, HashMap::new));
    origin =
        new CampaignOrigin(
            dataSet.id(),
            source,
            clock.instant(),
            Optional.ofNullable(dataSet.software()),
            Optional.of(dataSet.exportedAt()));
  }

  private void end(DataSetEnd end) {
    open = false;
    if (end.reports() != inDataSet) {
      cutOff =
          Optional.of(
              "data set %s says that it has %d reports, and has %d"
                  .formatted(origin.dataSet(), end.reports(), inDataSet));
    }
  }

  private void closeDataSet(String otherwise) {
    if (open) {
      cutOff = Optional.of("data set %s %s".formatted(origin.dataSet(), otherwise));
      open = false;
    }
  }

  private void refuse(long line, String why) {
    refused++;
    if (refused <= MOST_COMPLAINTS) {
      complaints.accept("line %d: %s".formatted(line, Units.safe(String.valueOf(why), MOST_SHOWN)));
    } else if (refused == MOST_COMPLAINTS + 1) {
      complaints.accept("more lines are wrong; they are counted only");
    }
  }
}

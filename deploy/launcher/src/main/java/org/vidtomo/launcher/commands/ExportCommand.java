package org.vidtomo.launcher.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.vidtomo.core.dataset.DataSet;
import org.vidtomo.core.dataset.DataSetEnd;
import org.vidtomo.core.playback.PlayerProfile;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.dataset.ExportCopy;
import org.vidtomo.launcher.dataset.OutputFile;
import org.vidtomo.launcher.dataset.PatientStream;
import org.vidtomo.launcher.dataset.PytomoExport;
import org.vidtomo.launcher.options.ServerOptions;
import org.vidtomo.launcher.pytomo.PytomoDatabase;
import org.vidtomo.launcher.pytomo.PytomoRows;
import org.vidtomo.runtime.http.JsonHttp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Raw results as a file that says what they are, at any size. */
@Command(
    name = "export",
    description =
        "Export reports as a data set (JSON lines), their values as CSV, or a database of Pytomo's"
            + " kind.",
    mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
  /** The server writes a piece as soon as it has one. */
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final int STDOUT_BUFFER_BYTES = 64 << 10;

  @Spec private CommandSpec spec;
  @Mixin private ServerOptions servers = new ServerOptions();

  @Option(names = "--campaign", paramLabel = "ID", description = "only this campaign")
  private UUID campaign;

  @Option(
      names = "--from",
      paramLabel = "T",
      description =
          "scheduled at or after this time (2026-11-21T10:00:00Z or 2026-11-21); without it and"
              + " without --campaign, 30 days before --to")
  private String from;

  @Option(names = "--to", paramLabel = "T", description = "scheduled before this time")
  private String to;

  @Option(
      names = "--format",
      paramLabel = "jsonl|csv|pytomo",
      defaultValue = "jsonl",
      description =
          "whole reports, a row of values each, or Pytomo's SQLite table with a row an address of a"
              + " cache (default: ${DEFAULT-VALUE})")
  private String format;

  @Option(
      names = "--profile",
      paramLabel = "vidtomo|pytomo",
      description =
          "whose player fills the columns of --format pytomo: the viewer's (default: vidtomo), or"
              + " Pytomo's own, which counts the initial buffering as played")
  private String profile;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "the file, there only when whole; of CSV, what it holds is said in FILE.dataset.json"
              + " (default: standard output)")
  private Path output;

  @Option(
      names = "--public",
      description = "without full addresses of agents: always so, dashboards give no others")
  @SuppressWarnings("unused") // so that a script can say what it relies on
  private boolean publicOnly;

  @Override
  public Integer call() throws Exception {
    PlayerProfile rules = rules();
    boolean csv = isCsv();
    Map<String, String> filter = filter();
    JsonHttp dashboard = servers.dashboard();
    if (format.equals("pytomo")) {
      toDatabase(dashboard, filter, rules);
      return 0;
    }
    if (output == null) {
      // Not closed: it is the process's own.
      copy(
          dashboard,
          filter,
          csv,
          new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), STDOUT_BUFFER_BYTES));
    } else {
      toFile(dashboard, filter, csv);
    }
    return 0;
  }

  private boolean isCsv() {
    switch (format) {
      case "jsonl":
        return false;
      case "csv":
        return true;
      case "pytomo":
        if (output == null) {
          throw wrong("--format pytomo writes a database: name its file with --output");
        }
        return false;
      default:
        throw wrong("--format must be jsonl, csv or pytomo, is \"%s\"".formatted(format));
    }
  }

  private PlayerProfile rules() {
    if (profile == null) {
      return PlayerProfile.VIDTOMO;
    }
    if (!format.equals("pytomo")) {
      throw wrong("--profile goes with --format pytomo only");
    }
    return Arrays.stream(PlayerProfile.values())
        .filter(each -> each.wireName().equals(profile))
        .findFirst()
        .orElseThrow(
            () -> wrong("--profile must be vidtomo or pytomo, is \"%s\"".formatted(profile)));
  }

  private void toDatabase(JsonHttp dashboard, Map<String, String> filter, PlayerProfile rules)
      throws IOException, InterruptedException {
    filter.put("format", "jsonl");
    try (PytomoDatabase database =
            new PytomoDatabase(output, new PytomoRows(rules), Instant.now());
        InputStream in =
            new PatientStream(dashboard.stream("/api/v1/export" + query(filter)), PATIENCE)) {
      DataSetEnd end = PytomoExport.copy(in, database);
      database.commit();
      said(end);
      System.err.printf("%d rows, one an address of a cache%n", database.rows());
      if (database.withoutCache() > 0) {
        System.err.printf(
            "%d reports came to no address of a cache and have no row%n", database.withoutCache());
      }
    }
  }

  private Map<String, String> filter() {
    Map<String, String> filter = new TreeMap<>();
    if (campaign != null) {
      filter.put("campaign", campaign.toString());
    }
    if (from != null) {
      filter.put("from", time("--from", from).toString());
    }
    if (to != null) {
      filter.put("to", time("--to", to).toString());
    }
    return filter;
  }

  private Instant time(String option, String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw wrong(
          "%s must be a time such as 2026-11-21T10:00:00Z, or a day, is \"%s\""
              .formatted(option, text));
    }
  }

  private void toFile(JsonHttp dashboard, Map<String, String> filter, boolean csv)
      throws IOException, InterruptedException {
    try (OutputFile file = new OutputFile(output)) {
      DataSetEnd end = copy(dashboard, filter, csv, file.out());
      if (csv) {
        describe(dashboard, filter, end);
      }
      file.commit();
    }
  }

  /** Beside a CSV: pandas and R take no comments in it that titles could not also begin. */
  private void describe(JsonHttp dashboard, Map<String, String> filter, DataSetEnd end)
      throws IOException, InterruptedException {
    JsonNode dataSet = dashboard.get("/api/v1/export/dataset" + query(filter), JsonNode.class);
    ObjectNode described = Wire.mapper().createObjectNode();
    described.set(DataSet.MEMBER, dataSet);
    described.set(DataSetEnd.MEMBER, Wire.mapper().valueToTree(end));
    Path beside = output.toAbsolutePath().resolveSibling(output.getFileName() + ".dataset.json");
    try (OutputFile file = new OutputFile(beside)) {
      file.out().write(Wire.toBytes(described));
      file.out().write('\n');
      file.commit();
    }
  }

  private DataSetEnd copy(
      JsonHttp dashboard, Map<String, String> filter, boolean csv, OutputStream out)
      throws IOException, InterruptedException {
    filter.put("format", format);
    DataSetEnd end;
    try (InputStream in =
        new PatientStream(dashboard.stream("/api/v1/export" + query(filter)), PATIENCE)) {
      end = csv ? new DataSetEnd(ExportCopy.csv(in, out), 0, 0) : ExportCopy.dataSet(in, out);
      out.flush();
    } finally {
      filter.remove("format");
    }
    said(end);
    return end;
  }

  private static void said(DataSetEnd end) {
    System.err.println("exported " + end.reports() + " reports");
    if (end.unreadable() > 0) {
      System.err.println(
          end.unreadable() + " more could not be read; the dashboard's log says which and why");
    }
  }

  private static String query(Map<String, String> filter) {
    return filter.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", "?", ""));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

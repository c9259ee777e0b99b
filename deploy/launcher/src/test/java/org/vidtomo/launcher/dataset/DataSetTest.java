package org.vidtomo.launcher.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.aggregator.derive.AddressRule;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.core.network.Networks;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.Main;
import org.vidtomo.launcher.commands.CompareCommand;
import org.vidtomo.launcher.commands.ExportCommand;
import org.vidtomo.launcher.commands.ImportCommand;
import org.vidtomo.storage.ReportReader;
import org.vidtomo.storage.StoredReport;
import org.vidtomo.testkit.ChildJvm;
import picocli.CommandLine;

class DataSetTest {
  private static final int MANY = 20_000;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static TestInstallation here;
  private static TestInstallation there;
  private static AtomicInteger failAfter = new AtomicInteger(Integer.MAX_VALUE);
  private static UUID campaign;
  private static UUID large;

  @TempDir Path directory;

  @BeforeAll
  static void fill() throws Exception {
    here = new TestInstallation(FailingReports::new);
    there = new TestInstallation(reports -> reports);
    campaign = here.campaign();
    here.store.campaigns().saveCycle(campaign, 1);
    List<DataSetReports.Made> reports = new ArrayList<>();
    for (String provider : List.of("Fibrelink", "Cablenet", "DSL")) {
      for (int video = 0; video < 40; video++) {
        reports.add(DataSetReports.made(campaign, provider, video % 6, video));
      }
    }
    // A later attempt of a task that has its report: kept, not counted.
    for (int late = 0; late < 5; late++) {
      DataSetReports.Made first = reports.get(late);
      reports.add(
          DataSetReports.made(campaign, first.assignment().taskId(), 2, "Fibrelink", 5, late));
    }
    here.write(reports);
    large = here.campaign();
    here.store.campaigns().saveCycle(large, 1);
    here.write(
        IntStream.range(0, MANY)
            .mapToObj(i -> DataSetReports.made(large, "Fibrelink", i % 10, i))
            .toList());
  }

  @AfterAll
  static void close() {
    here.close();
    there.close();
  }

  /** Reports that the store no longer gives after so many. */
  private record FailingReports(ReportReader real) implements ReportReader {
    @Override
    public Optional<StoredReport> find(UUID reportId) {
      return real.find(reportId);
    }

    @Override
    public List<StoredReport> findAll(java.util.Collection<UUID> reportIds) {
      if (failAfter.addAndGet(-reportIds.size()) < 0) {
        throw new IllegalStateException("the store ends here");
      }
      return real.findAll(reportIds);
    }

    @Override
    public List<TaskReport> ofTask(UUID taskId) {
      return real.ofTask(taskId);
    }

    @Override
    public Map<UUID, List<TaskReport>> ofTasks(java.util.Collection<UUID> taskIds) {
      return real.ofTasks(taskIds);
    }
  }

  @Test
  void exportOfTwentyThousandReports_takesASmallHeap() throws Exception {
    Path file = directory.resolve("large.jsonl");
    try (ChildJvm command =
        ChildJvm.start(
            Main.class,
            List.of("-Xmx48m"),
            Map.of(),
            "export",
            "--dashboard",
            here.dashboard.toString(),
            "--campaign",
            large.toString(),
            "--output",
            file.toString())) {
      assertThat(command.awaitExit(Duration.ofSeconds(120))).as(command.output()).isZero();
      assertThat(command.output()).contains("exported 20000 reports");
    }
    try (Stream<String> lines = Files.lines(file)) {
      assertThat(lines.filter(line -> line.contains("\"counted\":true"))).hasSize(MANY);
    }
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void databaseOfPytomosKind_isExportedAndImported() throws Exception {
    Path file = directory.resolve("pytomo.db");
    String dashboard = here.dashboard.toString();
    assertThat(
            run(
                new ExportCommand(),
                "--dashboard",
                dashboard,
                "--campaign",
                campaign.toString(),
                "--format",
                "pytomo",
                "--output",
                file.toString()))
        .startsWith("0 ");
    int downloads;
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = database.createStatement()) {
      String table;
      try (ResultSet names = statement.executeQuery("SELECT name FROM sqlite_master")) {
        table = names.getString(1);
      }
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT count(*), count(DownloadTime) FROM " + table + " WHERE IP IS NOT NULL")) {
        assertThat(rows.getInt(1)).isGreaterThanOrEqualTo(rows.getInt(2));
        downloads = rows.getInt(2);
      }
    }
    assertThat(downloads).isPositive();
    String name = "of Pytomo";
    assertThat(
            run(
                new ImportCommand(),
                "--config",
                there.config.toString(),
                "--name",
                name,
                file.toString()))
        .isEqualTo("0 ");
    UUID imported = UUID.nameUUIDFromBytes(("imported " + name).getBytes(StandardCharsets.UTF_8));
    String path = "/api/v1/compare?current=true&metric=%s&campaign=%s";
    JsonNode groups =
        json(there.dashboard.resolve(path.formatted("goodput", imported))).path("groups");
    assertThat(groups).isNotEmpty();
  }

  @Test
  void dataSet_importedIntoAnEmptyStore_comparesTheSame() throws Exception {
    Path file = exported("--campaign", campaign.toString());
    assertThat(file).content().doesNotContain(DataSetReports.AGENT_IP);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(127);
    assertThat(lines.get(126))
        .isEqualTo("{\"end\":{\"reports\":125,\"uncounted\":5,\"unreadable\":0}}");
    assertThat(run(new ImportCommand(), "--config", there.config.toString(), file.toString()))
        .isEqualTo("0 ");
    for (String metric :
        List.of("startup_delay", "stall_ratio", "goodput", "rtt", "failure_ratio")) {
      String path =
          "/api/v1/compare?current=true&metric=%s&campaign=%s".formatted(metric, campaign);
      ObjectNode same = json(there.dashboard.resolve(path));
      assertThat(same.path("groups")).hasSize(3);
      JsonNode imported = same.without("computedAt");
      JsonNode original = json(here.dashboard.resolve(path)).without("computedAt");
      assertThat(imported).isEqualTo(original);
    }
    JsonNode shown = json(there.dashboard.resolve("/api/v1/campaigns/" + campaign));
    assertThat(shown.path("state").asText()).isEqualTo("finished");
    assertThat(shown.path("imported").path("source").asText()).isNotEmpty();
    assertThat(shown.path("counts").path("done").asInt()).isEqualTo(120);
    assertThat(json(there.dashboard.resolve("/api/v1/videos?campaign=" + campaign)).path("videos"))
        .isNotEmpty()
        .allMatch(video -> video.path("title").asText().startsWith("=Title, "));
    assertThat(importer("again").run(Files.newInputStream(file)))
        .returns(0L, ImportSummary::imported)
        .returns(125L, ImportSummary::alreadyThere)
        .returns(true, ImportSummary::whole);
    // Never among what this installation verified.
    assertThat(json(there.dashboard.resolve("/api/v1/measurements")).path("measurements"))
        .isEmpty();
    assertThat(json(there.dashboard.resolve("/api/v1/compare?current=true")).path("groups"))
        .isEmpty();
  }

  @Test
  void importedCampaign_exportedAgain_saysThatItIsUnverified() throws Exception {
    Path file = exported("--campaign", campaign.toString());
    importer("first").run(Files.newInputStream(file));
    Path again = directory.resolve("again.jsonl");
    assertThat(
            run(
                new ExportCommand(),
                "--dashboard",
                there.dashboard.toString(),
                "--campaign",
                campaign.toString(),
                "-o",
                again.toString()))
        .isEqualTo("0 ");
    try (Stream<String> lines = Files.lines(again)) {
      assertThat(lines.filter(line -> line.contains("\"verified\":false"))).hasSize(125);
    }
    assertThat(sorted(again)).isEqualTo(sorted(file));
  }

  private static List<String> sorted(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.contains("\"collected\""))
          .map(line -> line.replace("\"verified\":true", "\"verified\":false"))
          .sorted()
          .toList();
    }
  }

  @Test
  void dataSetCutOff_isImportedAsFarAsItGoes_andGoesOnWithTheRest() throws Exception {
    UUID own = here.campaign();
    here.write(
        IntStream.range(0, 100)
            .mapToObj(i -> DataSetReports.made(own, "Fibrelink", i % 10, i * 2))
            .toList());
    byte[] whole = Files.readAllBytes(exported("--campaign", own.toString()));
    ImportSummary cut =
        importer("cut").run(new ByteArrayInputStream(whole, 0, whole.length * 2 / 3));
    assertThat(cut.whole()).isFalse();
    assertThat(cut.refused()).isEqualTo(1);
    ImportSummary rest = importer("cut").run(new ByteArrayInputStream(whole));
    assertThat(rest.imported() + rest.alreadyThere()).isEqualTo(100);
    assertThat(rest.alreadyThere()).isEqualTo(cut.imported()).isPositive();
    assertThat(rest.whole()).isTrue();
  }

  @Test
  void campaignOfThisInstallation_takesNoImportedReport() throws Exception {
    Path file = exported("--campaign", campaign.toString());
    Report foreign = DataSetReports.made(campaign, "Fibrelink", 1, 0).report();
    UUID counted =
        UUID.fromString(
            json(Files.readAllLines(file).get(1)).path("assignment").path("taskId").asText());
    Report sameTask =
        DataSetReports.made(UUID.randomUUID(), counted, 1, "Fibrelink", 1, 0).report();
    List<String> complaints = new ArrayList<>();
    ImportSummary summary =
        new Importer(
                here.store,
                new Derivation(Networks.NONE),
                AddressRule.KEEP_ALL,
                "forged",
                Clock.systemUTC(),
                complaints::add)
            .run(
                in(
                    Files.readString(file)
                        + Wire.toJson(foreign)
                        + "\n"
                        + Wire.toJson(sameTask)
                        + "\n"));
    assertThat(summary.alreadyThere()).isEqualTo(125);
    assertThat(summary.imported()).isZero();
    assertThat(complaints)
        .hasSize(2)
        .anyMatch(line -> line.startsWith("line 128: campaign") && line.contains("own"))
        .anyMatch(line -> line.startsWith("line 129: its task") && line.contains("signed"));
  }

  @Test
  void hostileLines_areToldByNumber_andTheOthersImported() throws Exception {
    String good = Wire.toJson(DataSetReports.local(1));
    ObjectNode stripped =
        json(Wire.toJson(DataSetReports.made(UUID.randomUUID(), "Fibrelink", 1, 0).report()));
    stripped.withObject("/assignment").put("cycle", 7);
    ObjectNode elsewhen = json(Wire.toJson(DataSetReports.local(4)));
    elsewhen.put("startedAt", "+999999999-12-31T23:59:59Z");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(("\uFEFF" + good + "\r\n").getBytes(StandardCharsets.UTF_8));
    file.writeBytes("x".repeat(10 << 20).getBytes(StandardCharsets.UTF_8));
    file.writeBytes(("\n" + "[".repeat(100_000) + "\n").getBytes(StandardCharsets.UTF_8));
    file.writeBytes("{\"schemaVersion\":\"one\"}\n".getBytes(StandardCharsets.UTF_8));
    file.writeBytes("{\"a\":\"\0\"}\n\n   \n".getBytes(StandardCharsets.UTF_8));
    file.writeBytes(
        ("null\n42\n{}\n" + stripped + "\n" + elsewhen + "\n").getBytes(StandardCharsets.UTF_8));
    file.writeBytes(new byte[] {(byte) 0xC3, (byte) 0x28, '\n'});
    file.writeBytes("{\"dataset\":{\"format\":\"other\"}}\n".getBytes(StandardCharsets.UTF_8));
    file.writeBytes(Wire.toJson(DataSetReports.local(2)).getBytes(StandardCharsets.UTF_8));
    List<String> complaints = new ArrayList<>();
    ImportSummary summary =
        new Importer(
                there.store,
                new Derivation(Networks.NONE),
                AddressRule.KEEP_ALL,
                "hostile",
                Clock.systemUTC(),
                complaints::add)
            .run(new ByteArrayInputStream(file.toByteArray()));
    assertThat(complaints.stream().map(line -> line.substring(0, line.indexOf(':'))))
        .containsExactly(
            "line 2", "line 3", "line 4", "line 5", "line 8", "line 9", "line 10", "line 11",
            "line 12", "line 13", "line 14");
    assertThat(complaints).allMatch(line -> line.length() < 400 && !line.contains("\0"));
    assertThat(summary.imported()).isEqualTo(2);
    assertThat(summary.refused()).isEqualTo(11);
    assertThat(there.store.campaigns().list())
        .anyMatch(each -> each.options().name().equals(Optional.of("Imported from hostile")));
  }

  @Test
  void storeThatFailsInMidStream_leavesNoFile() {
    failAfter.set(5_000);
    try {
      Path file = directory.resolve("broken.jsonl");
      assertThat(
              run(
                  new ExportCommand(),
                  "--dashboard",
                  here.dashboard.toString(),
                  "--campaign",
                  large.toString(),
                  "-o",
                  file.toString()))
          .startsWith("1 ")
          .contains("broke off after");
      assertThat(directory).isEmptyDirectory();
    } finally {
      failAfter.set(Integer.MAX_VALUE);
    }
  }

  @Test
  void clientsThatLeave_makeRoomForOthers() throws Exception {
    for (int i = 0; i < 40; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(here.dashboard.resolve("/api/v1/export?campaign=" + large))
              .build();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                HttpResponse<InputStream> answer =
                    CLIENT.send(request, BodyHandlers.ofInputStream());
                try (InputStream body = answer.body()) {
                  return answer.statusCode() == 200 && body.readNBytes(1_000).length == 1_000;
                }
              });
    }
    exported("--campaign", campaign.toString());
  }

  @Test
  void csv_isDescribedBesideIt() throws Exception {
    Path file = directory.resolve("values.csv");
    assertThat(
            run(
                new ExportCommand(),
                "--dashboard",
                here.dashboard.toString(),
                "--campaign",
                campaign.toString(),
                "--format",
                "csv",
                "-o",
                file.toString()))
        .isEqualTo("0 ");
    assertThat(Files.readAllLines(file)).hasSize(121);
    assertThat(file).content().contains(",\"'=Title, 1\",");
    JsonNode described = json(Files.readString(directory.resolve("values.csv.dataset.json")));
    assertThat(described.path("end").path("reports").asInt()).isEqualTo(120);
    assertThat(described.path("dataset").path("filter").path("campaign").asText())
        .isEqualTo(campaign.toString());
  }

  @Test
  void wrongOptions_areToldWithWhatIsThere() {
    String dashboard = here.dashboard.toString();
    assertThat(run(new ExportCommand(), "--format", "pytomo"))
        .startsWith("2 ")
        .contains("name its file with --output");
    assertThat(run(new ExportCommand(), "--profile", "pytomo"))
        .startsWith("2 ")
        .contains("--profile goes with --format pytomo only");
    assertThat(run(new ExportCommand(), "--from", "yesterday")).startsWith("2 ").contains("--from");
    assertThat(
            run(
                new ExportCommand(),
                "--dashboard",
                dashboard,
                "--campaign",
                UUID.randomUUID().toString()))
        .startsWith("1 ")
        .contains("there is no campaign");
    assertThat(
            run(
                new CompareCommand(),
                "--dashboard",
                dashboard,
                "--by",
                "resolver",
                "--metric",
                "goodput"))
        .startsWith("1 ")
        .contains("by=resolver answers resolve_time, rtt and failure_ratio");
    assertThat(run(new CompareCommand(), "--dashboard", dashboard, "--by", "resolver"))
        .isEqualTo("0 ");
    assertThat(run(new CompareCommand(), "--dashboard", dashboard, "--by", "weather"))
        .startsWith("2 ")
        .contains("by must be one of");
    assertThat(run(new ImportCommand(), directory.resolve("none").toString()))
        .startsWith("1 ")
        .contains("there is no file");
  }

  private Path exported(String... filter) {
    Path file = directory.resolve("export.jsonl");
    List<String> arguments =
        new ArrayList<>(List.of("--dashboard", here.dashboard.toString(), "-o", file.toString()));
    arguments.addAll(List.of(filter));
    assertThat(run(new ExportCommand(), arguments.toArray(String[]::new))).isEqualTo("0 ");
    return file;
  }

  private static Importer importer(String source) {
    return new Importer(
        there.store,
        new Derivation(Networks.NONE),
        AddressRule.KEEP_ALL,
        source,
        Clock.systemUTC(),
        complaint -> {});
  }

  /** The exit code, a blank, and what went to the command's own error stream. */
  private static String run(Object command, String... arguments) {
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(command)
            .setErr(new PrintWriter(err, true))
            .setExecutionExceptionHandler(
                (failure, line, parsed) -> {
                  line.getErr().println(failure.getMessage());
                  return 1;
                })
            .execute(arguments);
    return code + " " + err;
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode json(String text) throws Exception {
    return (ObjectNode) Wire.read(text, JsonNode.class);
  }

  private static ObjectNode json(URI url) throws Exception {
    return json(CLIENT.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()).body());
  }
}

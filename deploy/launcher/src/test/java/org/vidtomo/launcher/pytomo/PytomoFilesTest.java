package org.vidtomo.launcher.pytomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.playback.PlayerProfile;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;
import org.vidtomo.testkit.RealData;

class PytomoFilesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final PlayerBuffer BUFFER = new PlayerBuffer(2_000_000, 100_000, 1_000_000);

  /** Names of the recorded schema and of the table, where they are not the same. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("videourl", "url"),
          Map.entry("ipaddress", "ip"),
          Map.entry("timestamp", "id"),
          Map.entry("dataduration", "videoduration"),
          Map.entry("datalen", "videolength"),
          Map.entry("gettotalbytes", "downloadbytes"),
          Map.entry("interruptions", "downloadinterruptions"),
          Map.entry("accumulatedbuffer", "bufferingduration"),
          Map.entry("accumulatedplayback", "playbackduration"),
          Map.entry("currentbuffer", "bufferdurationatend"),
          Map.entry("reqtime", "resolvetime"),
          Map.entry("cachedprefix", "asnumber"));

  @TempDir Path directory;

  private static final class Collected implements PytomoSource.Sink {
    final List<Report> reports = new ArrayList<>();
    final List<String> refused = new ArrayList<>();

    @Override
    public void report(long number, Report report) {
      reports.add(report);
    }

    @Override
    public void refused(long number, String why) {
      refused.add(number + " " + why);
    }
  }

  @Test
  void table_is_pytomos() throws Exception {
    Path file = written(PlayerProfile.VIDTOMO);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      String table = table(statement);
      assertThat(table).matches("pytomo_crawl_[0-9_]{19}");
      List<String> columns = new ArrayList<>();
      try (ResultSet of = statement.executeQuery("PRAGMA table_info(" + table + ")")) {
        while (of.next()) {
          columns.add(of.getString("name") + " " + of.getString("type").toLowerCase(Locale.ROOT));
        }
      }
      assertThat(columns)
          .containsExactly(
              ("ID timestamp, Service text, Url text, CacheUrl text, CacheServerDelay real, IP"
                      + " text, Resolver text, ResolveTime real, ASNumber int, PingMin real, PingAvg"
                      + " real, PingMax real, DownloadTime real, VideoType text, VideoDuration real,"
                      + " VideoLength real, EncodingRate real, DownloadBytes int,"
                      + " DownloadInterruptions int, InitialData real, InitialRate real,"
                      + " InitialPlaybackBuffer real, BufferingDuration real, PlaybackDuration real,"
                      + " BufferDurationAtEnd real, TimeTogetFirstByte real, MaxInstantThp real,"
                      + " RedirectUrl text, StatusCode int")
                  .split(", "));
      assertThat(columns).hasSize(29);
    }
  }

  @Test
  void table_has_what_the_recorded_schema_names() throws IOException {
    Path folder = RealData.folder("11-pytomo-results", 1).orElse(null);
    if (folder == null) {
      return;
    }
    List<String> named =
        Files.readAllLines(folder.resolve("pytomo_result_schema.txt")).stream()
            .filter(line -> !line.contains("current stats"))
            .filter(line -> !line.contains("value (list)"))
            .filter(line -> !line.contains("download_stats (list)"))
            .map(line -> line.replaceAll("\\(.*?\\)", "").replaceAll("[^a-z]", ""))
            .map(name -> NAMES.getOrDefault(name, name))
            .filter(name -> !name.isEmpty() && !name.equals("pingtimes"))
            .toList();
    List<String> columns =
        java.util.Arrays.stream(PytomoColumn.values())
            .map(c -> c.column().toLowerCase(Locale.ROOT))
            .toList();
    assertThat(columns).containsAll(named);
    assertThat(named).hasSize(24);
    // In the same order, those of a download.
    List<String> download = named.subList(3, 18);
    assertThat(columns.stream().filter(download::contains).toList()).isEqualTo(download);
  }

  @Test
  void each_address_of_a_cache_has_a_row_and_one_has_the_download() throws Exception {
    Report report = PytomoReports.withTwoAddresses();
    Path file = written(PlayerProfile.VIDTOMO);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery("SELECT * FROM " + table(statement) + " ORDER BY rowid")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString("CacheUrl")).isEqualTo("http://edge.example.org:8080");
        assertThat(row.getString("RedirectUrl")).isEqualTo("http://cache.example.org");
        assertThat(row.getInt("StatusCode")).isEqualTo(302);
        assertThat(row.getObject("DownloadTime")).isNull();
        assertThat(row.next()).isTrue();
        assertThat(row.getString("IP")).isEqualTo("192.0.2.1");
        assertThat(row.getString("ID")).isEqualTo("2026-11-21 09:00:00.000000");
        assertThat(row.getString("Service")).isEqualTo("Youtube");
        assertThat(row.getString("Resolver"))
            .isEqualTo("Fibre-link_default_Fibre-link_google_public_dns_8.8.8.8");
        assertThat(row.getDouble("ResolveTime")).isEqualTo(0.004);
        assertThat(row.getDouble("PingMin")).isEqualTo(1.5);
        Download download = report.download().orElseThrow();
        assertThat(row.getDouble("DownloadTime")).isEqualTo(download.durationMicros() / 1e6);
        assertThat(row.getLong("DownloadBytes")).isEqualTo(download.bytes());
        assertThat(row.getDouble("EncodingRate"))
            .isEqualTo(row.getDouble("VideoLength") * 8 / row.getDouble("VideoDuration") / 1000);
        Playback playback = report.playback().orElseThrow();
        assertThat(row.getInt("DownloadInterruptions")).isEqualTo(playback.stallCount()).isOne();
        assertThat(row.getDouble("BufferingDuration")).isEqualTo(playback.stalledMicros() / 1e6);
        assertThat(row.getDouble("InitialRate")).isPositive();
        assertThat(row.next()).isTrue();
        assertThat(row.getString("IP")).isEqualTo("192.0.2.2");
        assertThat(row.getString("Resolver")).isEqualTo("Fibre-link_google_public_dns_8.8.8.8");
        assertThat(row.getObject("DownloadBytes")).isNull();
        assertThat(row.next()).isFalse();
      }
    }
  }

  @Test
  void what_was_written_is_read_as_it_was() throws Exception {
    Report report = PytomoReports.withTwoAddresses();
    Collected read = new Collected();
    PytomoSource.database(written(PlayerProfile.VIDTOMO), read);
    assertThat(read.refused).isEmpty();
    assertThat(read.reports).hasSize(1);
    Report again = read.reports.get(0);
    assertThat(again.startedAt()).isEqualTo(report.startedAt());
    assertThat(again.video().url()).isEqualTo(report.video().url());
    assertThat(again.outcome()).isEqualTo(Outcome.OK);
    assertThat(again.agent().provider()).contains("Fibre-link");
    assertThat(again.hops()).hasSize(2);
    assertThat(again.caches()).hasSize(2);
    assertThat(again.caches().get(1).addresses()).containsExactly("192.0.2.1", "192.0.2.2");
    assertThat(again.dns()).hasSize(4);
    Download download = again.download().orElseThrow();
    assertThat(download.bytes()).isEqualTo(report.download().orElseThrow().bytes());
    assertThat(download.goodputBps()).isEqualTo(report.download().orElseThrow().goodputBps());
    assertThat(download.end()).isEqualTo(DownloadEnd.TIME_LIMIT);
    Playback playback = again.playback().orElseThrow();
    assertThat(playback.stallCount()).isOne();
    assertThat(playback.stalledMicros()).isEqualTo(report.playback().orElseThrow().stalledMicros());
  }

  @Test
  void pytomos_player_fills_the_columns_when_asked_to() throws Exception {
    Collected read = new Collected();
    PytomoSource.database(written(PlayerProfile.PYTOMO), read);
    Playback expected =
        PlayerProfile.PYTOMO
            .replay(
                BUFFER,
                PytomoReports.withTwoAddresses().download().orElseThrow(),
                PytomoReports.withTwoAddresses().media())
            .orElseThrow();
    assertThat(read.reports.get(0).playback().orElseThrow().stallCount())
        .isEqualTo(expected.stallCount());
  }

  @Test
  void recorded_results_are_read_whole() throws IOException {
    Path folder = RealData.folder("11-pytomo-results", 1).orElse(null);
    if (folder == null) {
      return;
    }
    Collected read = new Collected();
    try (InputStream in = Files.newInputStream(folder.resolve("pytomo_results_1.txt"))) {
      PytomoSource.text(in, read);
    }
    assertThat(read.refused).isEmpty();
    assertThat(read.reports).hasSize(36);
    List<Report> measured = read.reports.stream().filter(r -> r.download().isPresent()).toList();
    assertThat(measured).hasSize(34);
    assertThat(measured)
        .allSatisfy(
            report -> {
              double kbps =
                  report.media().orElseThrow().bytes().orElseThrow()
                      * 8e3
                      / report.media().orElseThrow().durationMicros().orElseThrow();
              assertThat(report.media().orElseThrow().encodedBitrateBps().orElseThrow() / 1e3)
                  .isCloseTo(kbps, within(0.001));
              assertThat(report.video().id()).isPresent();
              assertThat(report.dns()).hasSize(3);
              assertThat(report.playback().orElseThrow().startupDelayMicros()).isPresent();
              assertThat(report.outcome()).isEqualTo(Outcome.OK);
            });
    assertThat(read.reports.stream().map(Report::reportId).collect(Collectors.toSet())).hasSize(36);
    Report first = read.reports.get(0);
    assertThat(first.startedAt()).isEqualTo("2018-06-25T16:05:30.856251Z");
    assertThat(first.pings().get(0).minMicros()).hasValue(15_616);
    assertThat(first.caches().get(0).asn()).hasValue(15_169);
    // 261,120 bytes at 33,209.64 kbit/s after the first byte at 0.1202 s.
    assertThat(first.playback().orElseThrow().startupDelayMicros()).hasValue(120_196 + 62_902);
  }

  @Test
  void broken_record_is_told_by_its_line_and_others_are_read() throws IOException {
    String good =
        "('http://a.example/1', 'http://c.example',\n {'192.0.2.1': [datetime.datetime(2018, 6, 25,"
            + " 16, 5, 30, 1), None, None, None, '_default_192.0.2.9', 0.1, 0, None]})\n\n";
    Collected read = new Collected();
    PytomoSource.text(
        stream(good + "('http://a.example/2',\n 1)\n\n" + good.replace("/1", "/3")), read);
    assertThat(read.reports).hasSize(2);
    assertThat(read.refused)
        .containsExactly(
            "4 no record of Pytomo: it has not a tuple of url, cache url and statistics");
    assertThat(read.reports.get(0).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void files_are_known_by_their_beginning() throws Exception {
    assertThat(PytomoSource.isText(stream("\n ('http"))).isTrue();
    assertThat(PytomoSource.isText(stream("{\"dataset\":"))).isFalse();
    try (BufferedInputStream in =
        new BufferedInputStream(Files.newInputStream(written(PlayerProfile.VIDTOMO)))) {
      assertThat(PytomoSource.isDatabase(in)).isTrue();
      assertThat(in.read()).isEqualTo('S');
    }
  }

  @Test
  void database_of_something_else_is_refused() throws Exception {
    Path file = directory.resolve("else.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE other (a int)");
    }
    assertThatThrownBy(() -> PytomoSource.database(file, new Collected()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no table with Pytomo's columns");
  }

  @Test
  void database_that_is_not_whole_leaves_nothing() throws Exception {
    Path file = directory.resolve("part.db");
    try (PytomoDatabase database =
        new PytomoDatabase(file, new PytomoRows(PlayerProfile.VIDTOMO), NOW)) {
      database.add(PytomoReports.withTwoAddresses(), BUFFER);
    }
    assertThat(directory).isEmptyDirectory();
  }

  private Path written(PlayerProfile profile) throws IOException {
    Path file = directory.resolve("pytomo.db");
    try (PytomoDatabase database = new PytomoDatabase(file, new PytomoRows(profile), NOW)) {
      database.add(PytomoReports.withTwoAddresses(), BUFFER);
      database.commit();
      assertThat(database.rows()).isEqualTo(3);
    }
    return file;
  }

  private static String table(Statement statement) throws Exception {
    try (ResultSet names = statement.executeQuery("SELECT name FROM sqlite_master")) {
      return names.getString(1);
    }
  }

  private static BufferedInputStream stream(String text) {
    return new BufferedInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}

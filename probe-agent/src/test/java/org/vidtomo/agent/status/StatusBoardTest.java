package org.vidtomo.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.Video;

class StatusBoardTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir Path directory;
  private Instant now = START;
  private AgentStatus.Now doing = doing(true);
  private AgentStatus.Upload upload = AgentStatus.Upload.NOTHING;

  @Test
  void only_the_last_measurements_are_kept_the_latest_first() throws IOException {
    StatusBoard board = board();
    for (int i = 0; i < 150; i++) {
      board.measured(report("https://v.example/" + i));
    }
    board.refresh();

    List<OwnMeasurement> kept = read().measurements();
    assertThat(kept).hasSize(StatusBoard.MEASUREMENTS);
    assertThat(kept.get(0).url()).isEqualTo("https://v.example/149");
    assertThat(kept.get(0).failure()).contains("dns_timeout");
    assertThat(kept.get(99).url()).isEqualTo("https://v.example/50");
    assertThat(Files.size(file())).isLessThan(64 << 10);
  }

  @Test
  void what_was_measured_and_lost_is_known_over_restarts() throws IOException {
    upload = new AgentStatus.Upload(2, 9, Optional.of(START), 3, 1, Optional.of(START), none());
    StatusBoard first = board();
    first.measured(report("https://v.example/1"));
    first.refresh();

    upload = new AgentStatus.Upload(0, 0, Optional.empty(), 4, 0, Optional.empty(), none());
    StatusBoard second = board();
    second.measured(report("https://v.example/2"));
    second.refresh();
    second.refresh();

    assertThat(read().measurements())
        .extracting(OwnMeasurement::url)
        .containsExactly("https://v.example/2", "https://v.example/1");
    assertThat(read().upload().dropped()).isEqualTo(7);
    assertThat(read().upload().damaged()).isEqualTo(1);
    assertThat(read().upload().lastConfirmed()).contains(START);
  }

  @Test
  void another_agents_status_is_not_taken_for_ones_own() throws IOException {
    StatusBoard other = StatusBoard.open(file(), "agent-2", this::live, clock());
    other.measured(report("https://v.example/1"));
    other.refresh();

    board().refresh();

    assertThat(read().agentId()).isEqualTo("agent-1");
    assertThat(read().measurements()).isEmpty();
  }

  @Test
  void file_is_written_when_something_changed_and_else_once_a_minute() throws IOException {
    StatusBoard board = board();
    board.refresh();
    now = START.plusSeconds(30);
    board.refresh();
    assertThat(read().at()).isEqualTo(START);

    doing = doing(false);
    board.refresh();
    assertThat(read().at()).isEqualTo(START.plusSeconds(30));

    now = START.plusSeconds(90);
    board.refresh();
    assertThat(read().at()).isEqualTo(START.plusSeconds(90));
  }

  @Test
  void damaged_file_is_begun_anew() throws IOException {
    board().refresh();
    Files.writeString(file(), "{\"agentId\":");

    board().refresh();

    assertThat(read().agentId()).isEqualTo("agent-1");
  }

  @Test
  void directory_that_cannot_be_written_hinders_nothing() throws IOException {
    Path blocked = Files.createFile(directory.resolve("blocked"));
    StatusBoard board = StatusBoard.open(blocked.resolve("s.json"), "a", this::live, clock());

    board.refresh();
    board.refresh();

    assertThat(blocked).isEmptyFile();
  }

  private StatusBoard board() {
    return StatusBoard.open(file(), "agent-1", this::live, clock());
  }

  private StatusBoard.Live live() {
    return new StatusBoard.Live(doing, upload);
  }

  private AgentStatus read() throws IOException {
    return AgentStatus.read(file()).orElseThrow();
  }

  private Path file() {
    return directory.resolve("status.json");
  }

  private Clock clock() {
    InstantSource source = () -> now;
    return source.withZone(ZoneOffset.UTC);
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static AgentStatus.Now doing(boolean connected) {
    return new AgentStatus.Now(
        connected,
        false,
        none(),
        Optional.empty(),
        none(),
        none(),
        OptionalLong.empty(),
        Optional.empty());
  }

  private static Report report(String url) {
    return new Report(
        Report.SCHEMA_VERSION,
        UUID.randomUUID(),
        START,
        1000,
        Optional.empty(),
        new AgentInfo(
            "agent-1",
            "vidtomo/0",
            none(),
            none(),
            none(),
            OptionalLong.empty(),
            none(),
            none(),
            none(),
            Optional.empty(),
            OptionalLong.empty(),
            "ipv4"),
        new Video(url, "page", none(), none()),
        Outcome.FAILED,
        Optional.of(new Failure(FailureKind.DNS_TIMEOUT, "resolve", "no answer")),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}

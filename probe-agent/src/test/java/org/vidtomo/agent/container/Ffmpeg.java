package org.vidtomo.agent.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.vidtomo.core.wire.Wire;

/** Makes media, and says what an independent reader sees in it. */
final class Ffmpeg {
  private static final long LIMIT_SECONDS = 60;

  private Ffmpeg() {}

  /** Three seconds of pictures, 25 a second, and of a tone. */
  static void make(Path file, String options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-y",
                "-threads",
                "1",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=160x120:rate=25:duration=3",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=48000:duration=3"));
    command.addAll(List.of(options.split(" ")));
    command.add(file.toString());
    run(command);
  }

  /** What is said of a file: {@code format} and {@code streams}. */
  static JsonNode probe(Path file) throws IOException, InterruptedException {
    return Wire.mapper()
        .readTree(
            run(
                List.of(
                    "ffprobe",
                    "-v",
                    "error",
                    "-show_format",
                    "-show_streams",
                    "-of",
                    "json",
                    file.toString())));
  }

  /** The packets of the first stream of pictures and the first of sound. */
  static Packets packets(Path file, JsonNode probed) throws IOException, InterruptedException {
    Set<String> kinds = new HashSet<>();
    Set<String> chosen = new HashSet<>();
    for (JsonNode stream : probed.path("streams")) {
      if (kinds.add(stream.path("codec_type").asText())) {
        chosen.add(stream.path("index").asText());
      }
    }
    String list =
        run(
            List.of(
                "ffprobe",
                "-v",
                "error",
                "-show_entries",
                "packet=stream_index,pts_time,dts_time,size,pos",
                "-of",
                "csv=p=0",
                file.toString()));
    return new Packets(list.lines().filter(line -> chosen.contains(line.split(",")[0])).toList());
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(
            "this failed: " + String.join(" ", command) + "; script/bootstrap installs ffmpeg");
      }
      return text;
    } finally {
      process.destroyForcibly();
    }
  }
}

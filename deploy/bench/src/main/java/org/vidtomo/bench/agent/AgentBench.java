package org.vidtomo.bench.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.vidtomo.bench.Say;
import org.vidtomo.testkit.Nginx;
import org.vidtomo.testkit.ShapedLink;
import org.vidtomo.testkit.TempDirectories;
import org.vidtomo.testsite.media.Clip;

/**
 * The agent's memory, processor time and start beside those of prometheus-blackbox-exporter: at
 * rest, and while both in turn fetch the same video over a link of 500 Mbit/s.
 *
 * <p>Arguments: seconds at rest, measurements of each.
 */
final class AgentBench {
  private static final long RATE_BPS = 500_000_000;
  private static final int VIDEO_SECONDS = 20;

  private AgentBench() {}

  public static void main(String[] args) throws Exception {
    String rest = args.length > 0 ? args[0] : "60";
    String rounds = args.length > 1 ? args[1] : "3";
    Path folder = TempDirectories.create("agent-bench");
    Path video = Files.createDirectories(folder.resolve("www")).resolve("video.mp4");
    longVideo(video, RATE_BPS / 8 * VIDEO_SECONDS);
    Say.say(
        "an agent and blackbox exporter at the end of a link of %d Mbit/s; a video of %d MB",
        RATE_BPS / 1_000_000, Files.size(video) / 1_000_000);
    int exit;
    try (ShapedLink link = ShapedLink.open();
        Nginx nginx =
            Nginx.start(
                folder,
                link.inServer(),
                port ->
                    "server { listen %s:%d; root www; }"
                        .formatted(ShapedLink.SERVER_ADDRESS, port))) {
      link.rate(RATE_BPS);
      String url = "http://%s:%d/video.mp4".formatted(ShapedLink.SERVER_ADDRESS, nginx.port());
      exit = atClientsEnd(link, folder, url, rest, rounds);
    }
    System.exit(exit);
  }

  /**
   * Everything else happens in the client's namespace, which has a loopback of its own, and ends
   * with it. What it stores goes into this process' folder, which goes when this process ends.
   */
  private static int atClientsEnd(ShapedLink link, Path folder, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(link.inClient());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("client")));
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.add(AgentRig.class.getName());
    command.addAll(List.of(args));
    // Standard input stays a pipe: its end tells the client's end that this process has ended.
    return new ProcessBuilder(command)
        .redirectOutput(Redirect.INHERIT)
        .redirectError(Redirect.INHERIT)
        .start()
        .waitFor();
  }

  /** A clip, and behind it a box of this size that players pass over; it takes no room on disk. */
  private static void longVideo(Path file, long bytes) throws IOException {
    try (InputStream clip = Clip.class.getResourceAsStream(Clip.HIGH.file())) {
      Files.copy(clip, file);
    }
    // ISO/IEC 14496-12 §4.2: size 1 means that 64 bits with the size follow the type.
    ByteBuffer header = ByteBuffer.allocate(16).putInt(1);
    header.put("free".getBytes(StandardCharsets.US_ASCII)).putLong(bytes - Files.size(file)).flip();
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.APPEND)) {
      out.write(header);
    }
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(bytes);
    }
  }
}

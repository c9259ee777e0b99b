package org.vidtomo.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.vidtomo.agent.extractor.ProxyRequest;
import org.vidtomo.agent.http.ConnectTo;
import org.vidtomo.agent.ping.PingOutput;
import org.vidtomo.agent.policy.PolicyFile;
import org.vidtomo.coordinator.api.LineSplitter;
import org.vidtomo.coordinator.campaign.SeedList;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.wire.Csv;
import org.vidtomo.runtime.settings.Quantities;
import org.vidtomo.runtime.settings.SettingException;
import org.vidtomo.runtime.settings.SettingsFile;

/** Files and outputs of lines of text. */
final class Texts {
  static final List<String> PROXIED =
      List.of(
          "CONNECT video.example.org:443 HTTP/1.1\r\nProxy-Authorization: Basic YTpi\r\n\r\n",
          "GET http://[2001:db8::1]:8080/a?b HTTP/1.0\nHost: h\nConnection: close\n\n");

  static final List<String> SETTINGS =
      List.of(
          "sites = youtube.com, example.org\nports = 80, 443\nbytes-per-day = 2GB\n",
          "any-site = true\nping-packets = 20\n# no more\nbytes-per-download=1.5 GiB",
          "1h30m",
          "100Mbps",
          "a.example:443:b.example:8443");

  static final List<String> LISTS =
      List.of(
          "# seeds\n\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ\nhttps://a.example/v.mp4\n",
          "\ufeffhttp://a.example/v.mp4\r\nhttp://a.example/v.mp4\r\nno url\n");

  static final List<String> ROWS = List.of("a,b\r\n1,\"x\"\"y\"\r\n", "\"two\nlines\",", "a,\"b");

  static final List<String> PINGS =
      List.of(
          "64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=0.045 ms\n"
              + "1 packets transmitted, 1 received, 0% packet loss, time 0ms\n",
          "64 bytes from 192.0.2.1: seq=0 ttl=64 time=0.061 ms\n",
          "Antwort von 192.0.2.1: Bytes=32 Zeit=12ms TTL=57\n"
              + "    Pakete: Gesendet = 4, Empfangen = 4, Verloren = 0\n",
          "Reply from 2001:db8::1: time=12ms\n");

  static final List<String> ADDRESSES =
      List.of("192.0.2.1", "[2001:db8::1]", "::ffff:192.0.2.1", "fe80::1%eth0", "0x7f.1");

  private static final int LINE_BYTES = 1000;

  private static final Path FILE = file();

  private Texts() {}

  private static Path file() {
    try {
      Path file = Files.createTempFile("vidtomo-fuzz", ".properties");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("making a file for settings", e);
    }
  }

  static void settings(byte[] input) throws IOException {
    Files.write(FILE, input);
    for (Consumer<Path> reader : List.<Consumer<Path>>of(SettingsFile::read, PolicyFile::load)) {
      try {
        reader.accept(FILE);
      } catch (SettingException e) {
        // What it promises for what is no setting.
      }
    }
    String text = new String(input, StandardCharsets.UTF_8);
    for (Consumer<String> reader :
        List.<Consumer<String>>of(
            Quantities::duration, Quantities::bytes, Quantities::bitsPerSecond, ConnectTo::parse)) {
      try {
        reader.accept(text);
      } catch (IllegalArgumentException e) {
        // What it promises for what is no quantity.
      }
    }
  }

  /** A list as it is sent, in two pieces. */
  static void seedList(byte[] input) {
    LineSplitter splitter = new LineSplitter(LINE_BYTES);
    SeedList list = new SeedList(100, 50);
    int half = input.length / 2;
    try {
      splitter.add(Arrays.copyOf(input, half)).forEach(list::next);
      splitter.add(Arrays.copyOfRange(input, half, input.length)).forEach(list::next);
      splitter.rest().ifPresent(list::next);
      list.finish(false);
    } catch (IllegalArgumentException | InvalidRequestException e) {
      // A line that is too long, or a list without videos.
    }
  }

  static void csv(byte[] input) {
    try {
      Csv.rows(new String(input, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // What it promises for what is no CSV.
    }
  }

  static void ping(byte[] input) {
    PingOutput.parse(new String(input, StandardCharsets.UTF_8));
  }

  static void proxied(byte[] input) {
    try {
      ProxyRequest.read(new ByteArrayInputStream(input));
    } catch (IOException e) {
      // The head does not end, or is too long.
      return;
    }
  }

  static void address(byte[] input) {
    Literals.parse(new String(input, StandardCharsets.UTF_8));
  }
}

package org.vidtomo.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path directory;

  @Test
  void flag_standsAboveEnvironment_aboveFile_aboveDefault() throws IOException {
    Files.writeString(directory.resolve("vidtomo.properties"), "a.a=file\nb.b=file\nc.c=file\n");
    Settings settings =
        Settings.load(
            Map.of("a.a", "flag"),
            Map.of("VIDTOMO_A_A", "environment", "VIDTOMO_B_B", "environment", "OTHER", "x"),
            directory);

    assertThat(settings.string("a.a")).contains("flag");
    assertThat(settings.string("b.b")).contains("environment");
    assertThat(settings.string("c.c")).contains("file");
    assertThat(settings.string("d.d", "default")).isEqualTo("default");
  }

  @Test
  void key_ofManyWords_isItsVariable() {
    Settings settings =
        Settings.load(
            Map.of(), Map.of("VIDTOMO_CASSANDRA_CONTACT_POINTS", "one:9042, two,"), directory);

    assertThat(settings.list("cassandra.contact.points")).containsExactly("one:9042", "two");
    assertThat(settings.addresses("cassandra.contact.points", 9043))
        .extracting(a -> a.getHostString() + " " + a.getPort())
        .containsExactly("one 9042", "two 9043");
  }

  @Test
  void blank_isNotSet() {
    assertThat(Settings.load(Map.of(), Map.of("VIDTOMO_A", " "), directory).string("a")).isEmpty();
  }

  @Test
  void unknownKeyOfAFile_isNamedWithTheNearestKnownOne() throws IOException {
    Path file = directory.resolve("vidtomo.properties");
    Files.writeString(file, "amqp.uri = amqp://h\ncasandra.keyspce = x\n");

    assertThat(SettingsFile.unknown(file, Set.of("amqp.uri", "cassandra.keyspace", "data")))
        .isEqualTo(Map.of("casandra.keyspce", "cassandra.keyspace"));
    assertThat(SettingsFile.distance("", "abc")).isEqualTo(3);
    assertThat(SettingsFile.distance("kitten", "sitting")).isEqualTo(3);
  }

  @Test
  void fallback_standsBelowAll_andEachKeyAskedForIsTold() throws IOException {
    Files.writeString(directory.resolve("vidtomo.properties"), "a = file\n");
    List<String> asked = new ArrayList<>();
    Settings settings =
        Settings.load(Map.of(), Map.of(), directory)
            .watchedBy(asked::add)
            .withFallback(Map.of("a", "fallback", "b", "fallback", "c", "none"), "the place");

    assertThat(settings.string("a")).contains("file");
    assertThat(settings.string("b")).contains("fallback");
    assertThatThrownBy(() -> settings.integer("c", 1, 0, 9)).hasMessageContaining("c in the place");
    assertThat(asked).containsExactly("a", "b", "c");
  }

  @Test
  void namedFile_thatIsMissing_isAnError() {
    assertThatThrownBy(
            () -> Settings.load(Map.of(), Map.of("VIDTOMO_CONFIG", "gone.properties"), directory))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("gone.properties");
  }

  @Test
  void wrongValue_isReportedWithItsPlaceAndWhatIsAllowed() throws IOException {
    Files.writeString(directory.resolve("vidtomo.properties"), "pause=soon\n");
    Settings settings =
        Settings.load(Map.of("rounds", "0"), Map.of("VIDTOMO_LISTEN_AT", "a:b:c"), directory);

    assertThatThrownBy(() -> settings.integer("rounds", 1, 1, 10))
        .isInstanceOf(SettingException.class)
        .hasMessage("--rounds: must be a whole number from 1 to 10, is \"0\"");
    assertThatThrownBy(() -> settings.address("listen.at", 1))
        .hasMessageStartingWith("VIDTOMO_LISTEN_AT: must be host:port");
    assertThatThrownBy(() -> settings.duration("pause", Duration.ZERO))
        .hasMessageStartingWith("pause in " + directory)
        .hasMessageContaining("30s");
  }

  @Test
  void secrets_areNotInErrors() {
    Settings settings =
        Settings.of(Map.of("amqp.uri", "amqp//user:hush@host", "url", "x://user:hush@ host"));

    assertThatThrownBy(() -> settings.uri("amqp.uri")).hasMessageNotContaining("hush");
    assertThatThrownBy(() -> settings.uri("url")).hasMessageNotContaining("hush");
    assertThat(Secrets.withoutUserInfo("to amqp://u:p%40@host:1/v and http://x/y@z"))
        .isEqualTo("to amqp://…@host:1/v and http://x/y@z");
  }

  @Test
  void required_saysEveryWayToSetIt() {
    assertThatThrownBy(() -> Settings.of(Map.of()).required("amqp.uri"))
        .hasMessageContaining("--amqp-uri")
        .hasMessageContaining("VIDTOMO_AMQP_URI")
        .hasMessageContaining("vidtomo.properties");
  }

  @Test
  void values_areTyped() {
    Settings settings =
        Settings.of(
            Map.of(
                "t",
                "true",
                "u",
                "http://h:1",
                "e",
                "milliseconds",
                "s",
                "64MiB",
                "r",
                "5Mbps",
                "h",
                "[::1]:80"));

    assertThat(settings.bool("t", false)).isTrue();
    assertThat(settings.uri("u")).contains(URI.create("http://h:1"));
    assertThat(settings.oneOf("e", TimeUnit.class, TimeUnit.DAYS)).isEqualTo(TimeUnit.MILLISECONDS);
    assertThat(settings.bytes("s", 0)).isEqualTo(64 << 20);
    assertThat(settings.bitsPerSecond("r")).contains(5_000_000L);
    assertThat(settings.address("h", 1)).get().extracting("hostString").isEqualTo("::1");
    assertThat(settings.with(Map.of("t", "false")).bool("t", true)).isFalse();
  }
}

package org.vidtomo.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.launcher.options.KnownSettings;
import org.vidtomo.testkit.Programs;
import org.vidtomo.testkit.TempDirectories;
import org.yaml.snakeyaml.Yaml;

/**
 * What can be told of Dockerfile and compose.yaml without running a container: that the files they
 * take are there, that settings, ports, networks and secrets fit, and that no role is root.
 */
class ContainerFilesTest {
  private static final Path DOCKER = Unpacked.home().resolve("deploy/docker");
  private static final List<String> ROLES = List.of("coordinator", "aggregator", "dashboard");

  private static JsonNode compose;
  private static String dockerfile;
  private static Path secrets;

  @BeforeAll
  static void prepare() throws Exception {
    // Jackson's own parser knows no merge keys.
    Object parsed = new Yaml().load(Files.readString(DOCKER.resolve("compose.yaml")));
    compose = new ObjectMapper().valueToTree(parsed);
    dockerfile = Files.readString(DOCKER.resolve("Dockerfile"));
    secrets = TempDirectories.create("docker").resolve("secrets");
    Programs.Ended ended =
        Programs.run(
            List.of(DOCKER.resolve("prepare").toString(), "measure.example", "192.0.2.7"),
            DOCKER,
            Map.of("VIDTOMO_SECRETS", secrets.toString()));
    assertThat(ended.exit()).as(ended.err()).isZero();
  }

  @Test
  void image_copies_what_the_distribution_has_and_runs_as_nobody_special() {
    Matcher copies = Pattern.compile("(?m)^COPY (.*) (\\S+)$").matcher(dockerfile);
    int seen = 0;
    while (copies.find()) {
      for (String source : copies.group(1).split(" ")) {
        assertThat(Unpacked.home().resolve(source)).exists();
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(3);
    Matcher user = Pattern.compile("(?m)^USER (\\d+):(\\d+)$").matcher(dockerfile);
    assertThat(user.find()).isTrue();
    assertThat(Integer.parseInt(user.group(1))).isGreaterThan(1000);
    assertThat(dockerfile.indexOf("\nUSER")).isLessThan(dockerfile.indexOf("\nENTRYPOINT"));
    assertThat(dockerfile).contains("HEALTHCHECK").doesNotContain(":latest");
    assertThat(Unpacked.home().resolve("vidtomo")).isExecutable();
  }

  @Test
  void roles_are_locked_up_and_images_have_versions() {
    for (Map.Entry<String, JsonNode> service : compose.path("services").properties()) {
      JsonNode it = service.getValue();
      assertThat(it.path("image").asText()).as(service.getKey()).matches("[a-z]+:[0-9].*");
      assertThat(it.path("privileged").isMissingNode()).isTrue();
      if (it.path("image").asText().startsWith("vidtomo:")) {
        assertThat(it.path("read_only").asBoolean()).as(service.getKey()).isTrue();
        assertThat(it.path("tmpfs").path(0).asText()).startsWith("/tmp:exec,");
        assertThat(it.path("cap_drop").path(0).asText()).isEqualTo("ALL");
        assertThat(it.path("security_opt").path(0).asText()).isEqualTo("no-new-privileges:true");
      }
    }
  }

  @Test
  void names_in_services_are_declared() {
    for (String kind : List.of("secrets", "configs", "networks", "volumes")) {
      Set<String> declared = new TreeSet<>();
      compose.path(kind).fieldNames().forEachRemaining(declared::add);
      Set<String> used = new TreeSet<>();
      for (JsonNode service : compose.path("services")) {
        service.path(kind).forEach(each -> used.add(name(kind, each)));
      }
      assertThat(used).as(kind).isEqualTo(declared);
    }
  }

  private static String name(String kind, JsonNode each) {
    String text = each.isTextual() ? each.asText() : each.path("source").asText();
    return kind.equals("volumes") ? text.replaceAll(":.*", "") : text;
  }

  @Test
  void files_of_secrets_are_those_that_prepare_makes() {
    for (String kind : List.of("secrets", "configs")) {
      for (JsonNode each : compose.path(kind)) {
        String file = each.path("file").asText();
        assertThat(file).startsWith("secrets/");
        assertThat(secrets.resolve(file.substring("secrets/".length()))).exists();
      }
    }
  }

  @Test
  void settings_of_roles_are_known_and_lead_to_services() throws Exception {
    for (String role : ROLES) {
      Properties settings = new Properties();
      try (var in = Files.newBufferedReader(secrets.resolve(role + ".properties"))) {
        settings.load(in);
      }
      assertThat(KnownSettings.keys(role)).as(role).containsAll(settings.stringPropertyNames());
      for (String key : settings.stringPropertyNames()) {
        String value = settings.getProperty(key);
        if (value.startsWith("/run/secrets/")) {
          assertThat(secretsOf(role)).contains(value.substring("/run/secrets/".length()));
        }
      }
      assertThat(settings.getProperty("amqp.uri")).contains("@rabbitmq:5671/");
      assertThat(settings.getProperty("cassandra.contact.points")).isEqualTo("cassandra:9042");
      assertThat(reached(role)).contains("rabbitmq", "cassandra");
    }
  }

  private static List<String> secretsOf(String role) {
    List<String> names = new ArrayList<>();
    compose.at("/services/" + role + "/secrets").forEach(each -> names.add(each.asText()));
    return names;
  }

  /** The services that share a network with a role. */
  private static Set<String> reached(String role) {
    Set<String> networks = networks(role);
    Set<String> reached = new TreeSet<>();
    compose
        .path("services")
        .fieldNames()
        .forEachRemaining(
            other -> {
              if (networks(other).stream().anyMatch(networks::contains)) {
                reached.add(other);
              }
            });
    return reached;
  }

  private static Set<String> networks(String service) {
    Set<String> names = new TreeSet<>();
    compose.at("/services/" + service + "/networks").forEach(each -> names.add(each.asText()));
    return names;
  }

  @Test
  void published_ports_are_those_that_speak_tls() {
    Set<String> published = new TreeSet<>();
    for (JsonNode service : compose.path("services")) {
      service.path("ports").forEach(port -> published.add(port.asText()));
    }
    assertThat(published).containsExactlyInAnyOrder("5671:5671", "8080:8080", "8081:8081");
    assertThat(compose.at("/networks/back/internal").asBoolean()).isTrue();
    for (String role : ROLES) {
      String command = compose.at("/services/" + role + "/command").toString();
      String health = compose.at("/services/" + role + "/environment/HEALTH_URL").asText();
      String port = health.replaceAll(".*:(\\d+)/health", "$1");
      assertThat(command).contains("\"" + role + "\"").contains("0.0.0.0:" + port);
      assertThat(health.startsWith("https")).isEqualTo(!role.equals("aggregator"));
    }
  }

  @Test
  void prepare_keeps_secrets_from_others_and_overwrites_nothing() throws Exception {
    assertThat(Files.getPosixFilePermissions(secrets).toString()).doesNotContain("GROUP", "OTHERS");
    try (Stream<Path> all = Files.walk(secrets.resolve("ca"))) {
      assertThat(all.filter(Files::isRegularFile))
          .allSatisfy(
              file ->
                  assertThat(Files.getPosixFilePermissions(file).toString())
                      .doesNotContain("OTHERS"));
    }
    String before = Files.readString(secrets.resolve("coordinator.properties"));
    Programs.Ended again =
        Programs.run(
            List.of(DOCKER.resolve("prepare").toString(), "other.example"),
            DOCKER,
            Map.of("VIDTOMO_SECRETS", secrets.toString()));
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("is there already");
    assertThat(secrets.resolve("coordinator.properties")).hasContent(before);
  }
}

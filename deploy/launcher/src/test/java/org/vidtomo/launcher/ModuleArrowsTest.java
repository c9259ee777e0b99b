package org.vidtomo.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the modules; docs/architecture.md is the picture. */
class ModuleArrowsTest {
  private static final String[] ROLES = {
    "org.vidtomo.coordinator..",
    "org.vidtomo.agent..",
    "org.vidtomo.aggregator..",
    "org.vidtomo.dashboard.."
  };

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.vidtomo");
  }

  @Test
  void every_module_is_seen() {
    for (String place :
        new String[] {
          "core",
          "sites",
          "runtime",
          "messaging",
          "storage",
          "coordinator",
          "agent",
          "aggregator",
          "dashboard",
          "embedded",
          "gate",
          "testsite",
          "launcher"
        }) {
      assertThat(
              classes.stream().anyMatch(c -> c.getPackageName().startsWith("org.vidtomo." + place)))
          .as("classes of " + place)
          .isTrue();
    }
  }

  @Test
  void no_role_depends_on_a_role() {
    for (String role : ROLES) {
      String[] others =
          java.util.Arrays.stream(ROLES).filter(r -> !r.equals(role)).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(role)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(classes);
    }
  }

  @Test
  void only_the_launcher_sees_what_is_deployed() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.vidtomo.core..",
            "org.vidtomo.sites..",
            "org.vidtomo.runtime..",
            "org.vidtomo.messaging..",
            "org.vidtomo.storage..",
            "org.vidtomo.coordinator..",
            "org.vidtomo.agent..",
            "org.vidtomo.aggregator..",
            "org.vidtomo.dashboard..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.vidtomo.embedded..",
            "org.vidtomo.gate..",
            "org.vidtomo.testsite..",
            "org.vidtomo.launcher..")
        .check(classes);
  }

  @Test
  void common_depends_on_no_role() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.vidtomo.core..",
            "org.vidtomo.sites..",
            "org.vidtomo.runtime..",
            "org.vidtomo.messaging..",
            "org.vidtomo.storage..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROLES)
        .check(classes);
  }

  @Test
  void core_does_no_io_and_uses_json_alone() {
    noClasses()
        .that()
        .resideInAPackage("org.vidtomo.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net.http..",
            "java.nio.file..",
            "io.vertx..",
            "com.rabbitmq..",
            "com.datastax..",
            "org.jsoup..",
            "org.xbill..",
            "org.slf4j..")
        .check(classes);
  }

  @Test
  void amqp_client_is_used_by_messaging_alone() {
    onlyIn("com.rabbitmq..", "org.vidtomo.messaging..");
  }

  @Test
  void cassandra_driver_is_used_by_storage_alone() {
    onlyIn("com.datastax..", "org.vidtomo.storage..");
  }

  @Test
  void dns_library_is_used_by_agent_and_test_site_alone() {
    onlyIn("org.xbill..", "org.vidtomo.agent..", "org.vidtomo.testsite..");
  }

  @Test
  void cryptography_library_is_used_for_signatures_and_certificates_alone() {
    onlyIn("org.bouncycastle..", "org.vidtomo.core.trust..", "org.vidtomo.embedded..");
  }

  @Test
  void web_framework_is_used_by_coordinator_and_dashboard_alone() {
    onlyIn("io.vertx.ext.web..", "org.vidtomo.coordinator..", "org.vidtomo.dashboard..");
  }

  private static void onlyIn(String library, String... places) {
    noClasses()
        .that()
        .resideInAPackage("org.vidtomo..")
        .and()
        .resideOutsideOfPackages(places)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(classes);
  }
}

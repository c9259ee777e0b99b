package org.vidtomo.launcher.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vidtomo.agent.enrol.AgentDirectory;
import org.vidtomo.agent.enrol.Consent;
import org.vidtomo.agent.policy.AgentPolicy;
import org.vidtomo.agent.service.AgentSettings;
import org.vidtomo.core.network.KeptAddresses;
import org.vidtomo.launcher.print.ConsentText;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.testkit.TempDirectories;

class ConsentTest {
  private final AgentDirectory directory = new AgentDirectory(TempDirectories.create("consent"));

  @ParameterizedTest
  @CsvSource({"y,YES", "YES,YES", "' y ',YES", "n,NO", "'',NO", "yeah,NO", "ye,NO"})
  void only_a_clear_yes_is_one(String typed, YesOrNo.Answer expected) throws Exception {
    assertThat(ask(Optional.of(typed + "\n"))).isEqualTo(expected);
  }

  @Test
  void end_of_input_is_no_and_without_a_terminal_nobody_is_asked() throws Exception {
    assertThat(ask(Optional.of(""))).isEqualTo(YesOrNo.Answer.NO);
    assertThat(ask(Optional.empty())).isEqualTo(YesOrNo.Answer.NO_TERMINAL);
  }

  @Test
  void text_names_what_is_measured_sent_stored_and_spent() {
    String text = text(AgentPolicy.DEFAULTS, false);
    assertThat(text)
        .contains("https://coordinator.example:8081")
        .contains("archive.org, dai.ly")
        .contains("at ports 80, 443, 1935, 8080, 8443")
        .contains("up to 20 pings")
        .contains("up to 500.0 MB")
        .contains("the public address (not with -x)")
        .contains("at most 2.00 GB a day and 20.00 GB a month")
        .contains("pause")
        .contains("agent erase")
        .contains(directory.policy().toString());
    assertThat(text(AgentPolicy.DEFAULTS, true)).contains("the public address not (-x)");
  }

  @Test
  void text_says_what_the_owner_has_opened() {
    String text = text(AgentPolicy.DEFAULTS.opened(true, true), false);
    assertThat(text)
        .contains("videos of any site")
        .contains("private addresses")
        .doesNotContain("dai.ly");
  }

  @Test
  void coordinators_words_on_addresses_are_told_as_they_are() {
    String prefix = "203.0.113.0/24";
    assertThat(ConsentText.kept(KeptAddresses.WHOLE, prefix, false)).contains("whole address");
    assertThat(ConsentText.kept(KeptAddresses.WHOLE, prefix, true)).contains(prefix);
    assertThat(ConsentText.kept(KeptAddresses.PREFIX, prefix, false)).contains(prefix);
    assertThat(ConsentText.kept(KeptAddresses.NONE, prefix, false)).contains("nothing");
  }

  @Test
  void anonymity_that_was_asked_for_at_enrolment_holds_at_every_start() throws Exception {
    AgentSettings plain = AgentSettings.from(Settings.of(Map.of()), directory.path());
    assertThat(plain.within(Consent.of(directory)).anonymous()).isFalse();

    new Consent(Instant.parse("2026-11-22T01:00:00Z"), Consent.TEXT, true).save(directory);

    assertThat(plain.within(Consent.of(directory)).anonymous()).isTrue();
    Path file = directory.consent();
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    assertThat(Files.readString(file)).contains("2026-11-22T01:00:00Z");
  }

  private String text(AgentPolicy policy, boolean anonymous) {
    URI coordinator = URI.create("https://coordinator.example:8081");
    return String.join("\n", ConsentText.lines(policy, directory, coordinator, anonymous));
  }

  private static YesOrNo.Answer ask(Optional<String> typed) throws Exception {
    PrintStream out = new PrintStream(new ByteArrayOutputStream());
    return new YesOrNo(out, typed.map(text -> new BufferedReader(new StringReader(text))))
        .ask("Well?");
  }
}

package org.vidtomo.launcher.commands;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.enrol.Consent;
import org.vidtomo.agent.enrol.Enroller;
import org.vidtomo.agent.service.AgentSettings;
import org.vidtomo.core.trust.AgentAsking;
import org.vidtomo.launcher.options.CommonOptions;
import org.vidtomo.launcher.print.ConsentText;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.http.Whoami;
import org.vidtomo.runtime.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Enrols this machine, once: no key is made, no name looked up and no packet sent before its owner
 * has agreed.
 */
@Command(
    name = "enroll",
    description = "Enrol this machine at a coordinator, once.",
    mixinStandardHelpOptions = true)
public final class EnrollCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--coordinator",
      required = true,
      paramLabel = "URL",
      description = "the coordinator's address")
  private URI coordinator;

  @Option(
      names = "--invite",
      required = true,
      paramLabel = "TOKEN",
      description = "the invite that its operator gave")
  private String invite;

  @Option(names = "--provider", paramLabel = "NAME", description = "the ISP of this line")
  private String provider;

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      description =
          "PEM file of the authorities to trust for coordinator and broker, where the invite"
              + " names none (default: the system's)")
  private String cacert;

  @Option(
      names = "-x",
      description = "the public address is neither sent nor stored; kept for every start")
  private boolean anonymous;

  @Option(
      names = {"-y", "--yes"},
      description = "agree without being asked, for scripts")
  private boolean yes;

  @Override
  public Integer call() throws Exception {
    Settings settings =
        common.settings(cacert == null ? Map.of() : Map.of("agent.certificates", cacert));
    AgentSettings own = AgentCommand.own(settings);
    Path data = own.directory().path();
    Enroller.Enrolment enrolment =
        new Enroller.Enrolment(
            coordinator, invite, Optional.ofNullable(provider), own.certificates());
    Enroller.check(own.directory(), enrolment);
    boolean hidden = anonymous || own.anonymous();
    PrintStream err = System.err;
    ConsentText.lines(own.policy(), own.directory(), coordinator, hidden).forEach(err::println);
    YesOrNo.Answer answer =
        yes ? YesOrNo.Answer.YES : YesOrNo.ofThisProcess().ask("Enrol this machine?");
    if (answer != YesOrNo.Answer.YES) {
      err.println(
          answer == YesOrNo.Answer.NO
              ? "not enrolled: nothing was made, looked up or sent"
              : "not enrolled: there is no terminal to ask at; a script agrees with --yes");
      return answer == YesOrNo.Answer.NO ? ExitCode.SOFTWARE : ExitCode.USAGE;
    }
    new Consent(Clock.systemUTC().instant(), Consent.TEXT, hidden).save(own.directory());
    AgentIdentity identity = Enroller.enrol(own.directory(), enrolment);
    err.printf("enrolled as %s in %s%n", identity.agentId(), data);
    err.println(kept(own, identity, hidden));
    err.println(
        "now run: vidtomo agent" + (settings.string("data").isPresent() ? " --data " + data : ""));
    return ExitCode.OK;
  }

  /** What this coordinator keeps, in its own words. */
  private static String kept(AgentSettings own, AgentIdentity identity, boolean hidden)
      throws InterruptedException {
    Clock clock = Clock.systemUTC();
    try {
      JsonHttp http =
          identity.asking(AgentAsking.Purpose.WHOAMI, TIMEOUT, own.authorities(), clock);
      Whoami seen = Whoami.ask(http, 1, clock, System::nanoTime);
      return ConsentText.kept(seen.keep(), seen.prefix(), hidden);
    } catch (IOException e) {
      return "what the coordinator keeps of this line's address it does not say now: "
          + e.getMessage();
    }
  }
}

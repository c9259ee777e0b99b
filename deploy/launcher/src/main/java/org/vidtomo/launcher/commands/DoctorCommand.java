package org.vidtomo.launcher.commands;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.doctor.Doctor;
import org.vidtomo.launcher.doctor.Machine;
import org.vidtomo.launcher.options.CommonOptions;
import org.vidtomo.launcher.options.ServerOptions;
import org.vidtomo.launcher.print.FindingPrinter;
import org.vidtomo.runtime.Logging;
import org.vidtomo.runtime.Version;
import org.vidtomo.runtime.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks this machine and its connections. */
@Command(
    name = "doctor",
    description = "Check this machine and its connections, and say what to mend.",
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
  @Mixin private ServerOptions servers = new ServerOptions();

  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return examine(servers.settings(), json, Doctor::of);
  }

  /** Has a doctor of this kind look at this machine; the exit code. */
  static int examine(Settings settings, boolean json, BiFunction<Machine, Duration, Doctor> doctors)
      throws Exception {
    Clock clock = Clock.systemDefaultZone();
    // What fails is told below, in its place.
    Logging.level(settings.string("log.level", "ERROR"));
    Machine machine = Machine.of(settings, CommonOptions.home(), clock);
    PrintStream out = System.out;
    List<Doctor.Result> results;
    try (Doctor doctor = doctors.apply(machine, Doctor.LIMIT)) {
      results =
          doctor.examine(
              result -> {
                if (!json) {
                  FindingPrinter.lines(result).forEach(out::println);
                }
              });
    }
    out.println(json ? asJson(results, clock) : FindingPrinter.summary(results));
    return results.stream().anyMatch(Doctor.Result::failed) ? 1 : 0;
  }

  private static String asJson(List<Doctor.Result> results, Clock clock) {
    ObjectNode all = Wire.mapper().createObjectNode();
    all.put("at", clock.instant().toString()).put("software", Version.software());
    all.put("ok", results.stream().noneMatch(Doctor.Result::failed));
    all.set("checks", Wire.mapper().valueToTree(results));
    return all.toString();
  }
}

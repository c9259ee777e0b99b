package org.vidtomo.launcher.options;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Refuses, with the reason, what only the owner of a measuring machine may set. */
public final class RefusedLocalOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {
        "--bind-address",
        "--http-proxy",
        "--connect-to",
        "--cacert",
        "--system-resolver",
        "--allow-private",
        "--any-site",
        "--provider",
        "--access",
        "--lan",
        "--plan-down"
      },
      arity = "0..1",
      hidden = true)
  void refuse(String value) {
    throw new ParameterException(
        spec.commandLine(),
        "--bind-address, --http-proxy, --connect-to, --cacert, --system-resolver, --allow-private,"
            + " --any-site, --provider, --access, --lan and --plan-down are local to a measuring"
            + " machine: its owner sets them on the agent there, and no campaign may");
  }
}

package org.vidtomo.launcher.commands;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.vidtomo.aggregator.derive.AddressRule;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.aggregator.rederive.Rederivation;
import org.vidtomo.aggregator.rederive.Rederivation.Progress;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.options.ServerOptions;
import org.vidtomo.launcher.wiring.StoreComponent;
import org.vidtomo.runtime.network.NetworkSettings;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.storage.RederivationStore;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measurements made again from the stored reports, straight in the store. */
@Command(
    name = "rederive",
    description =
        "Derive all measurements again from the stored reports, after an upgrade that derives them"
            + " otherwise. It goes on where it was stopped, and may run beside everything else.",
    mixinStandardHelpOptions = true)
public final class RederiveCommand implements Callable<Integer> {
  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(5);

  @Mixin private ServerOptions servers = new ServerOptions();

  @Option(
      names = "--again",
      description = "begin anew, also if this version has derived some or all of them")
  private boolean again;

  @Option(names = "--json", description = "what became of it, as JSON")
  private boolean json;

  private final long begun = System.nanoTime();
  private long told = begun;

  @Override
  public Integer call() throws Exception {
    Settings settings = servers.settings();
    Derivation derivation = new Derivation(NetworkSettings.load(NetworkSettings.table(settings)));
    AddressRule rule = new AddressRule(NetworkSettings.keptAddresses(settings));
    StoreSettings where = StoreComponent.settings(settings);
    System.err.printf(
        "connecting to Cassandra, for %d s at the most%n", where.connectWait().toSeconds());
    try (Store store = Store.open(where)) {
      if (again) {
        store.rederivation().begin(Derivation.VERSION);
      }
      Progress end = new Rederivation(derivation, rule, store).run(this::tell);
      say(end);
      return end.unreadable() == 0 ? 0 : 1;
    }
  }

  private void tell(Progress progress) {
    long now = System.nanoTime();
    if (now - told >= TELL_NANOS) {
      told = now;
      System.err.printf(
          Locale.ROOT,
          "derived %d reports again, %.0f/s; %.1f %% done%n",
          progress.reports(),
          progress.reports() * 1e9 / (now - begun),
          100.0 * progress.ranges() / RederivationStore.RANGES);
    }
  }

  private void say(Progress end) {
    if (json) {
      System.out.println(
          Wire.mapper()
              .createObjectNode()
              .put("derivationVersion", Derivation.VERSION)
              .put("derived", end.reports())
              .put("left", end.left())
              .put("unreadable", end.unreadable()));
      return;
    }
    System.out.printf(
        "derived %d reports again with version %d%n", end.reports(), Derivation.VERSION);
    if (end.left() > 0) {
      System.err.printf("%d imported reports that don't count stay as they are%n", end.left());
    }
    if (end.unreadable() > 0) {
      System.err.printf("%d cannot be read and stay as they are; see the log%n", end.unreadable());
    }
    if (end.reports() == 0 && !again) {
      System.err.println(
          "there are none, or all were derived with this version before; --again begins anew");
    }
  }
}

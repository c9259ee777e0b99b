package org.vidtomo.launcher.commands;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.vidtomo.aggregator.derive.AddressRule;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.dataset.ImportSummary;
import org.vidtomo.launcher.dataset.Importer;
import org.vidtomo.launcher.options.ServerOptions;
import org.vidtomo.launcher.pytomo.PytomoSource;
import org.vidtomo.launcher.wiring.StoreComponent;
import org.vidtomo.runtime.network.NetworkSettings;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.storage.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Data sets of others into this installation's store. It goes to the store directly: there is no
 * way for reports without a signature but this one, which takes the operator's own access.
 */
@Command(
    name = "import",
    description =
        "Import a data set, lines of 'measure --json', or a database or records of Pytomo, straight"
            + " into the store, marked as imported.",
    mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
  private static final int BUFFER_BYTES = 64 << 10;

  @Mixin private ServerOptions servers = new ServerOptions();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "where it comes from, for people; also the campaign of reports that have none (default:"
              + " the file's name)")
  private String name;

  @Option(names = "--json", description = "what became of it, as JSON")
  private boolean json;

  @Parameters(paramLabel = "FILE|-", description = "the data set; - for standard input")
  private String file;

  @Override
  public Integer call() throws Exception {
    try (BufferedInputStream in = new BufferedInputStream(open(), BUFFER_BYTES)) {
      Settings settings = servers.settings();
      Derivation derivation = new Derivation(NetworkSettings.load(NetworkSettings.table(settings)));
      try (Store store = Store.open(StoreComponent.settings(settings))) {
        Importer importer =
            new Importer(
                store,
                derivation,
                new AddressRule(NetworkSettings.keptAddresses(settings)),
                source(),
                Clock.systemUTC(),
                System.err::println);
        return told(run(importer, in));
      }
    }
  }

  private ImportSummary run(Importer importer, BufferedInputStream in) throws IOException {
    if (PytomoSource.isDatabase(in)) {
      if (file.equals("-")) {
        throw new IOException("a database cannot be read from standard input: name its file");
      }
      return importer.pytomo(sink -> PytomoSource.database(Path.of(file), sink));
    }
    return PytomoSource.isText(in)
        ? importer.pytomo(sink -> PytomoSource.text(in, sink))
        : importer.run(in);
  }

  private InputStream open() throws IOException {
    if (file.equals("-")) {
      return System.in;
    }
    Path path = Path.of(file);
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new IOException("there is no file " + file + " that can be read");
    }
    return Files.newInputStream(path);
  }

  private String source() {
    if (name != null) {
      return name;
    }
    return file.equals("-") ? "standard input" : String.valueOf(Path.of(file).getFileName());
  }

  private int told(ImportSummary summary) {
    if (json) {
      System.out.println(Wire.toJson(summary));
    } else {
      System.out.printf(
          "imported %d reports; %d were there already; %d lines refused%n",
          summary.imported(), summary.alreadyThere(), summary.refused());
    }
    summary.why().ifPresent(System.err::println);
    return summary.refused() == 0 && summary.whole() ? 0 : 1;
  }
}

package org.vidtomo.launcher.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vidtomo.core.wire.Csv;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.options.ComparedView;
import org.vidtomo.launcher.options.ServerOptions;
import org.vidtomo.launcher.options.ViewOptions;
import org.vidtomo.launcher.print.ComparisonPrinter;
import org.vidtomo.launcher.print.ViewPrinter;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.http.JsonHttpException;
import org.vidtomo.runtime.http.Problem;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The dashboard's comparison, and each of its other views, in a terminal. */
@Command(
    name = "compare",
    description = "Compare ISPs, in a terminal: each view of the dashboard, as it shows it.",
    mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ServerOptions servers = new ServerOptions();

  @Option(
      names = "--view",
      paramLabel = "NAME",
      defaultValue = "ranking",
      completionCandidates = ComparedView.Names.class,
      description = "one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private ComparedView view = ComparedView.RANKING;

  @Mixin private ViewOptions question = new ViewOptions();

  @ArgGroup private Output output = new Output();

  /** One of them. */
  private static final class Output {
    @Option(names = "--json", description = "as JSON: the dashboard's own answer")
    private boolean json;

    @Option(
        names = "--csv",
        description = "as CSV: the dashboard's own rows, which its docs/api.md describes")
    private boolean csv;
  }

  @Override
  public Integer call() throws Exception {
    PrintStream out = System.out;
    if (output.csv) {
      asked("csv", rows -> rows.transferTo(out));
    } else if (output.json) {
      asked("json", answer -> answer.transferTo(out));
      out.println();
    } else if (view == ComparedView.RANKING) {
      asked(
          "json",
          answer -> ComparisonPrinter.lines(Wire.mapper().readTree(answer)).forEach(out::println));
    } else {
      asked("csv", rows -> ViewPrinter.lines(Csv.rows(text(rows))).forEach(out::println));
    }
    out.flush();
    return 0;
  }

  private interface Use {
    void of(InputStream answer) throws IOException;
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The dashboard's own bytes, so that nobody sees other numbers than it shows. */
  private void asked(String format, Use use) throws Exception {
    Map<String, String> query = question.query();
    query.put("format", format);
    try (InputStream answer = servers.dashboard().stream(ViewOptions.path(view.path(), query))) {
      use.of(answer);
    } catch (JsonHttpException e) {
      throw told(e);
    }
  }

  /** What the dashboard does not answer is told in its words alone. */
  private Exception told(JsonHttpException e) {
    int status = e.problem().map(Problem::status).orElse(0);
    String detail = e.problem().map(Problem::detail).orElse("");
    if (status == 400) {
      return new ParameterException(spec.commandLine(), detail, e);
    }
    return status == 422 || status == 501 ? new IOException(detail, e) : e;
  }

  /** Asks a dashboard for a comparison. */
  static JsonNode compare(JsonHttp dashboard, Map<String, String> query) throws Exception {
    return dashboard.get(ViewOptions.path(ComparedView.RANKING.path(), query), JsonNode.class);
  }
}

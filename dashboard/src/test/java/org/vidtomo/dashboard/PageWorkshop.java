package org.vidtomo.dashboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.vidtomo.dashboard.web.WebPage;

/**
 * A dashboard with a panel to look at while working on the page: what changes in its sources is
 * served after the next reload. {@code mvn -pl dashboard -am test-compile} before; the first
 * argument is the port. Ends when its input does.
 */
public final class PageWorkshop {
  private static final Path SOURCES =
      Path.of("dashboard/src/main/resources", WebPage.class.getPackageName().replace('.', '/'));
  private static final long LOOK_MILLIS = 500;

  private PageWorkshop() {}

  public static void main(String[] args) throws Exception {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
    PanelDashboard panel = PanelDashboard.shared();
    System.out.println("http://127.0.0.1:" + port + "/");
    long shown = 0;
    Dashboard dashboard = null;
    while (System.in.available() == 0) {
      long changed = changed();
      if (changed > shown) {
        if (dashboard != null) {
          dashboard.close();
        }
        dashboard = TestDashboard.start(panel.store, panel.broker, port);
        shown = changed;
        System.out.println("serving " + Instant.now());
      }
      Thread.sleep(LOOK_MILLIS);
    }
    System.exit(0);
  }

  private static long changed() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(Files::isRegularFile)
          .mapToLong(file -> file.toFile().lastModified())
          .max()
          .orElse(0);
    }
  }
}

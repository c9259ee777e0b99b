package org.vidtomo.testsite;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;

/** Runs a test site by itself until its standard input ends or it is told to stop. */
public final class TestSiteMain {

  private static final String USAGE =
      """
      Usage: TestSiteMain [--http-port N] [--dns-port N] [--ports]
        --http-port N  port of the pages (default: a free one)
        --dns-port N   port of the resolvers (default: a free one)
        --ports        use ports at 127.0.0.1 in place of addresses, as on macOS
      Ends when its standard input does, or on SIGTERM.
      """;

  private TestSiteMain() {}

  /** Exit codes: 0 done, 1 could not start, 2 wrong usage. */
  public static void main(String[] arguments) throws IOException {
    TestSiteSettings settings;
    try {
      settings = parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    try (TestSite site = TestSite.start(settings)) {
      Runtime.getRuntime().addShutdownHook(new Thread(site::close, "testsite-shutdown"));
      System.out.print(site.describe());
      System.out.flush();
      while (System.in.read() >= 0) {
        // What is typed has no meaning.
      }
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static TestSiteSettings parse(String[] arguments) {
    TestSiteSettings settings = TestSiteSettings.defaults();
    Iterator<String> rest = Arrays.asList(arguments).iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      settings =
          switch (option) {
            case "--http-port" -> settings.withPorts(port(option, rest), settings.dnsPort());
            case "--dns-port" -> settings.withPorts(settings.httpPort(), port(option, rest));
            case "--ports" -> settings.withAddressing(TestSiteSettings.Addressing.PORTS);
            default -> throw new IllegalArgumentException("Unknown option: " + option);
          };
    }
    return settings;
  }

  private static int port(String option, Iterator<String> rest) {
    String text = rest.hasNext() ? rest.next() : "";
    if (!text.matches("\\d{1,5}")) {
      throw new IllegalArgumentException(option + " needs a port number, not: " + text);
    }
    return Integer.parseInt(text);
  }
}

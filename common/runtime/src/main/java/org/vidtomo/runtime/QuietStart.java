package org.vidtomo.runtime;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;

/**
 * Logback finds this by itself and asks it before it looks for files; where there is one, that
 * counts. Logback's own fallback would print everything to stdout.
 */
public final class QuietStart extends ContextAwareBase implements Configurator {
  private static final List<String> FILES = List.of("logback-test.xml", "logback.xml");
  private static final String NAMED_FILE = "logback.configurationFile";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    ClassLoader loader = QuietStart.class.getClassLoader();
    if (System.getProperty(NAMED_FILE) != null
        || FILES.stream().anyMatch(file -> loader.getResource(file) != null)) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    Logging.configure(context);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}

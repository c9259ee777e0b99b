package org.vidtomo.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line a record, to stderr: stdout is for results. In force before any code of ours runs
 * ({@link QuietStart}), unless there is a logback file.
 */
public final class Logging {
  /** Libraries that tell at INFO what only their developers want to know. */
  private static final List<String> QUIET =
      List.of(
          "io.netty",
          "io.vertx",
          "com.rabbitmq",
          "com.datastax",
          "org.apache.qpid",
          "qpid",
          "com.sleepycat",
          "org.xbill",
          "org.testcontainers");

  /** Tells as errors of ours what servers do wrong. That is in the reports. */
  private static final String FAULTS_OF_SERVERS = "io.vertx.core.net.impl.ConnectionBase";

  /** Warns at each try of nodes that do not answer. What fails because of that says so. */
  private static final String TRIES_OF_NODES =
      "com.datastax.oss.driver.internal.core.control.ControlConnection";

  private static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");

  private Logging() {}

  /**
   * Sets the level. Libraries stay at WARN at least, with TRACE at DEBUG.
   *
   * @param level ERROR, WARN, INFO, DEBUG or TRACE, in any case
   * @throws IllegalArgumentException for another level
   */
  public static void level(String level) {
    String upper = level.strip().toUpperCase(Locale.ROOT);
    if (!LEVELS.contains(upper)) {
      throw new IllegalArgumentException(
          "log level must be one of %s, is %s".formatted(String.join(", ", LEVELS), level));
    }
    setLevels((LoggerContext) LoggerFactory.getILoggerFactory(), Level.toLevel(upper));
  }

  static void configure(LoggerContext context) {
    OneLineLayout layout = new OneLineLayout();
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
    stderr.setContext(context);
    stderr.setName("stderr");
    stderr.setTarget("System.err");
    stderr.setEncoder(encoder);
    stderr.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(stderr);
    setLevels(context, Level.INFO);
  }

  private static void setLevels(LoggerContext context, Level level) {
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level);
    Level least = level == Level.TRACE ? Level.DEBUG : Level.WARN;
    Level libraries = level.isGreaterOrEqual(least) ? level : least;
    QUIET.forEach(name -> context.getLogger(name).setLevel(libraries));
    boolean toSee = Level.DEBUG.isGreaterOrEqual(level);
    context.getLogger(FAULTS_OF_SERVERS).setLevel(toSee ? libraries : Level.OFF);
    context.getLogger(TRIES_OF_NODES).setLevel(toSee ? libraries : Level.OFF);
  }
}

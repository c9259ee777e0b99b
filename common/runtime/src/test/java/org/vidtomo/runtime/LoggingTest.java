package org.vidtomo.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTest {
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  @AfterEach
  void backToInfo() {
    Logging.level("INFO");
  }

  @Test
  void record_isOneLine_alsoWithAnException() {
    Exception thrown =
        new IllegalStateException("storing\nfailed", new java.io.IOException("disk full"));
    String line = new OneLineLayout().doLayout(event(Level.WARN, "first\r\n  second", thrown));

    assertThat(line)
        .endsWith("\n")
        .hasLineCount(1)
        .contains(" WARN  [main] Sample: first second | IllegalStateException: storing failed")
        .contains("| IOException: disk full | at org.vidtomo.runtime.LoggingTest");
  }

  @Test
  void error_hasItsStack() {
    assertThat(new OneLineLayout().doLayout(event(Level.ERROR, "broken", new Error("x"))))
        .contains("\n\tat ");
  }

  @Test
  void level_isOfOurs_whileLibrariesStayQuiet() {
    Logging.level("debug");

    assertThat(LoggerFactory.getLogger("org.vidtomo.Any").isDebugEnabled()).isTrue();
    assertThat(LoggerFactory.getLogger("io.netty.Any").isInfoEnabled()).isFalse();
    assertThatThrownBy(() -> Logging.level("loud")).hasMessageContaining("ERROR, WARN, INFO");
  }

  @Test
  void whatServersDoWrong_isNoErrorOfOurs() {
    org.slf4j.Logger connections = LoggerFactory.getLogger("io.vertx.core.net.impl.ConnectionBase");
    assertThat(connections.isErrorEnabled()).isFalse();

    Logging.level("debug");

    assertThat(connections.isErrorEnabled()).isTrue();
  }

  @Test
  void logging_goesToStderr_byDefault() {
    assertThat(context.getLogger("ROOT").getAppender("stderr")).isNotNull();
    assertThat(LoggerFactory.getLogger("org.vidtomo.Any").isDebugEnabled()).isFalse();
  }

  private LoggingEvent event(Level level, String message, Throwable thrown) {
    LoggingEvent event =
        new LoggingEvent("", context.getLogger("a.b.Sample"), level, message, thrown, null);
    event.setThreadName("main");
    return event;
  }

  @Test
  void textOfTheNetwork_steersNoTerminal() {
    Exception thrown = new IllegalStateException("told \033]0;x\007\u202eto");
    String line = new OneLineLayout().doLayout(event(Level.ERROR, "a\033[2J\u009b1mb\tc", thrown));

    assertThat(line).contains("a[2J1mb\tc").doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");
  }
}

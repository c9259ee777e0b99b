package org.vidtomo.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * Time (UTC), level, thread, class, message, without full public addresses. An exception adds its
 * chain of causes and the place it came from; from an error, or where debugging is on, its whole
 * stack follows on further lines.
 */
final class OneLineLayout extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");
  private static final int MAX_CAUSES = 10;

  @Override
  public String doLayout(ILoggingEvent event) {
    String logger = event.getLoggerName();
    StringBuilder line =
        new StringBuilder(160)
            .append(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())))
            .append(' ')
            .append("%-5s".formatted(event.getLevel()))
            .append(" [")
            .append(event.getThreadName())
            .append("] ")
            .append(logger, logger.lastIndexOf('.') + 1, logger.length())
            .append(": ")
            .append(oneLine(event.getFormattedMessage()));
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      appendCauses(line, thrown);
      if (wantsStack(event)) {
        line.append('\n').append(harmless(ThrowableProxyUtil.asString(thrown).stripTrailing()));
      }
    }
    return AddressMask.mask(line.append('\n').toString());
  }

  private static boolean wantsStack(ILoggingEvent event) {
    return event.getLevel() == Level.ERROR
        || LoggerFactory.getLogger(event.getLoggerName()).isDebugEnabled();
  }

  private static void appendCauses(StringBuilder line, IThrowableProxy thrown) {
    IThrowableProxy last = thrown;
    int count = 0;
    for (IThrowableProxy t = thrown; t != null && count < MAX_CAUSES; t = t.getCause(), count++) {
      String name = t.getClassName();
      line.append(" | ").append(name, name.lastIndexOf('.') + 1, name.length());
      line.append(t.getMessage() == null ? "" : ": " + oneLine(t.getMessage()));
      last = t;
    }
    if (last.getStackTraceElementProxyArray().length > 0) {
      line.append(" | ").append(last.getStackTraceElementProxyArray()[0].getSTEAsString());
    }
  }

  private static String oneLine(String text) {
    return text == null ? "" : harmless(text.replaceAll("\\s*[\\r\\n]+\\s*", " "));
  }

  /** Text of the network must not steer the terminal that a log is read in. */
  private static String harmless(String text) {
    return CONTROLS.matcher(text).replaceAll("");
  }
}

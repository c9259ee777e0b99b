package org.vidtomo.agent.ping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code ping} programs print: Linux iputils and busybox, macOS, the BSDs, Windows.
 *
 * @param sent from the summary; absent when there is none
 * @param delaysMicros of the replies, duplicates left out
 */
public record PingOutput(OptionalInt sent, List<Long> delaysMicros) {
  // 64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=0.045 ms; busybox says seq=0.
  private static final Pattern REPLY =
      Pattern.compile(
          "(?:icmp_)?seq[= ](\\d{1,9})\\b.*?time[=<]\\s?(\\d{1,9}(?:\\.\\d{1,9})?)\\s?ms");
  // Antwort von 192.0.2.1: Bytes=32 Zeit=12ms TTL=57: words and the unit depend on the language,
  // and come in the console's own encoding.
  private static final Pattern WINDOWS_REPLY =
      Pattern.compile("[:=]\\s?32\\b.*?[=<](\\d{1,9})\\s?[^\\d\\s]{0,6}\\s+TTL=");
  // IPv6 replies of Windows have neither size nor TTL.
  private static final Pattern WINDOWS_REPLY_6 =
      Pattern.compile(
          "[0-9a-fA-F]*:[0-9a-fA-F:]+(?:%\\d+)?\\s?:\\s\\S+[=<](\\d{1,9})\\s?[^\\d\\s]{1,6}\\s*$");
  // Sent = 4, Received = 3, Lost = 1: the commas are those of the language too.
  private static final Pattern SENT =
      Pattern.compile(
          "(\\d{1,9}) packets transmitted"
              + "|= (\\d{1,9})[^\\w\\s]+\\s?\\S[^=]*= \\d+[^\\w\\s]+\\s?\\S[^=]*= \\d+");
  private static final int MAX_LINES = 10_000;

  /** Longer ones are none of a ping program. */
  private static final int MAX_LINE = 1_000;

  public PingOutput {
    delaysMicros = List.copyOf(delaysMicros);
  }

  public static PingOutput parse(String output) {
    Map<String, Long> replies = new LinkedHashMap<>();
    OptionalInt sent = OptionalInt.empty();
    int number = 0;
    for (String whole : output.lines().limit(MAX_LINES).toList()) {
      String line = whole.substring(0, Math.min(MAX_LINE, whole.length()));
      Matcher reply = REPLY.matcher(line);
      Matcher summary = SENT.matcher(line);
      if (reply.find()) {
        replies.putIfAbsent(reply.group(1), micros(reply.group(2)));
      } else if (summary.find()) {
        String digits = summary.group(1) == null ? summary.group(2) : summary.group(1);
        sent = sent.isPresent() ? sent : OptionalInt.of(Integer.parseInt(digits));
      } else {
        String windows = windowsReply(line);
        if (windows != null) {
          replies.put("line " + number, micros(windows));
        }
      }
      number++;
    }
    return new PingOutput(sent, List.copyOf(replies.values()));
  }

  private static String windowsReply(String line) {
    Matcher four = WINDOWS_REPLY.matcher(line);
    if (four.find()) {
      return four.group(1);
    }
    Matcher six = WINDOWS_REPLY_6.matcher(line);
    return six.find() ? six.group(1) : null;
  }

  private static long micros(String millis) {
    return Math.round(Double.parseDouble(millis) * 1000);
  }
}

package org.vidtomo.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Vidtomo this is. */
public final class Version {
  private static final String NUMBER = read();

  private Version() {}

  /** Such as {@code 0.1.0}. */
  public static String number() {
    return NUMBER;
  }

  /** Name and version as they stand in reports and in {@code User-Agent}: {@code vidtomo/0.1.0}. */
  public static String software() {
    return "vidtomo/" + NUMBER;
  }

  private static String read() {
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("reading version.properties from the class path", e);
    }
  }
}

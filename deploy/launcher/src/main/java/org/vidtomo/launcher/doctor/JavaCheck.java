package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import org.vidtomo.embedded.EmbeddedCassandra;
import org.vidtomo.embedded.EmbeddedException;

/** The Java that this runs on, and one for Cassandra where that is to run here. */
final class JavaCheck implements Check {
  /** What was tried. */
  private static final int OLDEST = 17;

  private static final int NEWEST = 25;

  private final int feature;
  private final Machine machine;

  JavaCheck(int feature, Machine machine) {
    this.feature = feature;
    this.machine = requireNonNull(machine, "machine");
  }

  @Override
  public Finding look() {
    String saw =
        "Java %s in %s"
            .formatted(System.getProperty("java.version"), System.getProperty("java.home"));
    if (feature < OLDEST) {
      return Finding.failed(saw, "install JDK 17 or later, and set JAVA_HOME to it");
    }
    boolean cassandraHere =
        machine.agent().isEmpty()
            && machine.settings().string("cassandra.contact.points").isEmpty();
    if (cassandraHere) {
      try {
        saw += "; for a Cassandra of its own " + EmbeddedCassandra.java();
      } catch (EmbeddedException e) {
        return Finding.warning(
            saw + "; none for a Cassandra of its own", "for demo and up: " + e.getMessage());
      }
    }
    return feature > NEWEST
        ? Finding.warning(saw + ", newer than what was tried", "if something fails, use JDK 17")
        : Finding.ok(saw);
  }
}

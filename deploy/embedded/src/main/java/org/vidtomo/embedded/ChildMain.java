package org.vidtomo.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Runs another main class, and exits when standard input ends.
 *
 * <p>Standard input is a pipe from the parent process. The operating system closes it however the
 * parent ends, kill -9 included, so the child never outlives it. Exiting runs the shutdown hooks;
 * when they hang, the process halts. Signals that would end it before its parent are ignored.
 *
 * <p>Compiled for Java 11 and on its own: no other class of Vidtomo is on the child's class path.
 */
public final class ChildMain {

  private static final long SHUTDOWN_LIMIT_MILLIS = 20_000;

  /** Written by the parent to have the loaded classes archived. */
  static final int ARCHIVE = 'a';

  /** Names the archive. */
  static final String ARCHIVE_PROPERTY = "vidtomo.archive";

  private ChildMain() {}

  /**
   * @param args the name of the main class, then its arguments
   */
  public static void main(String[] args) throws Exception {
    List.of("INT", "HUP", "TERM").forEach(ChildMain::ignore);
    InputStream parent = System.in;
    daemon("parent-watch", () -> exitWhenClosed(parent));
    String[] rest = new String[args.length - 1];
    System.arraycopy(args, 1, rest, 0, rest.length);
    Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
  }

  /**
   * A terminal sends Ctrl-C, and systemd SIGTERM, to parent and child alike; the parent must still
   * find its child while it stops. By reflection, since the compiler warns of this class.
   */
  private static void ignore(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance(name),
              handler.getField("SIG_IGN").get(null));
    } catch (ReflectiveOperationException e) {
      // Windows knows no HUP.
    }
  }

  private static void exitWhenClosed(InputStream parent) {
    try {
      for (int said = parent.read(); said >= 0; said = parent.read()) {
        if (said == ARCHIVE) {
          archiveClasses();
        }
      }
    } catch (IOException e) {
      // A broken pipe is an end, too.
    }
    daemon("halt", ChildMain::haltLater);
    System.exit(0);
  }

  /** What {@code jcmd VM.cds dynamic_dump} does, which not every installation has (JDK 17). */
  private static void archiveClasses() {
    Path archive = Path.of(System.getProperty(ARCHIVE_PROPERTY));
    Path partial =
        archive.resolveSibling(archive.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Object command = new String[] {"dynamic_dump", partial.toString()};
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "vmCds",
              new Object[] {command},
              new String[] {String[].class.getName()});
      Files.move(partial, archive, StandardCopyOption.REPLACE_EXISTING);
    } catch (JMException | IOException | RuntimeException e) {
      System.out.println("classes not archived: " + e);
      giveUp(archive);
    }
  }

  /** The JVM passes over an empty archive, and the parent asks for none. */
  private static void giveUp(Path archive) {
    try {
      Files.createFile(archive);
    } catch (IOException e) {
      System.out.println("still no class archive: " + e);
    }
  }

  private static void haltLater() {
    try {
      Thread.sleep(SHUTDOWN_LIMIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}

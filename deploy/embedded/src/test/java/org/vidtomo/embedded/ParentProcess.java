package org.vidtomo.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts both embedded parts on a directory, says where they are, and waits to be killed. */
final class ParentProcess {

  private ParentProcess() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    DataDirectory data = DataDirectory.open(Path.of(args[0]));
    EmbeddedBroker broker = EmbeddedBroker.start(data);
    EmbeddedCassandra cassandra = EmbeddedCassandra.start(data);
    Path facts = data.path().resolve("facts");
    Files.writeString(
        facts.resolveSibling("facts.new"),
        String.join(
            "\n",
            broker.amqpUri().toString(),
            Integer.toString(cassandra.contactPoint().getPort()),
            Long.toString(cassandra.pid())));
    Files.move(facts.resolveSibling("facts.new"), facts);
    Thread.currentThread().join();
  }
}

package org.vidtomo.messaging;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.embedded.DataDirectory;
import org.vidtomo.embedded.EmbeddedBroker;

class EmbeddedBrokerMessagingTest extends MessagingContract {
  @TempDir static Path dir;
  private static DataDirectory data;
  private static EmbeddedBroker embedded;

  @BeforeAll
  static void start() {
    data = DataDirectory.open(dir);
    embedded = EmbeddedBroker.start(data);
  }

  @AfterAll
  static void stop() {
    embedded.close();
    data.close();
  }

  @Override
  TestBroker broker() {
    return new TestBroker() {
      @Override
      public URI uri() {
        return embedded.amqpUri();
      }

      @Override
      public void restart() {
        int port = uri().getPort();
        embedded.close();
        embedded = EmbeddedBroker.start(data, port);
      }
    };
  }
}

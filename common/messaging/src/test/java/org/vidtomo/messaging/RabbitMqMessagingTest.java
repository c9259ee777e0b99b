package org.vidtomo.messaging;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class RabbitMqMessagingTest extends MessagingContract {
  @TempDir static Path dir;
  private static PrivateRabbit rabbit;

  @BeforeAll
  static void start() throws Exception {
    rabbit = new PrivateRabbit(dir);
  }

  @AfterAll
  static void stop() throws Exception {
    rabbit.close();
  }

  @Override
  TestBroker broker() {
    return rabbit;
  }
}

package org.vidtomo.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What messaging promises, on every broker. */
@Timeout(180)
abstract class MessagingContract
    implements PublishingContract,
        ConsumingContract,
        DeadLetterContract,
        DeadLetterQueueContract,
        RecoveryContract,
        TopologyContract,
        ProbeContract {
  private Rig rig;

  /** The broker under test. */
  abstract TestBroker broker();

  @Override
  public Rig rig() {
    return rig;
  }

  @BeforeEach
  void setUp() throws Exception {
    rig = new Rig(broker());
  }

  @AfterEach
  void every_message_published_has_one_fate() throws Exception {
    rig.close();
    MessagingMetrics metrics = rig.connection.metrics();
    assertThat(metrics.confirmed() + metrics.unroutable() + metrics.failed())
        .isEqualTo(metrics.published());
  }
}

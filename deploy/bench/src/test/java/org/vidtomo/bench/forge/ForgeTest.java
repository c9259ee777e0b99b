package org.vidtomo.bench.forge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A small part of {@code script/bench forge}: a real RabbitMQ, a real Cassandra, all kinds. */
class ForgeTest {
  private static final int REPORTS = 2_000;

  @Test
  void forgedReports_areNeverStored_andEachIsRefusedForItsOwnReason() throws Exception {
    try (ForgeRun run = new ForgeRun()) {
      ForgeRun.Result result = run.run(REPORTS);
      assertThat(Forgery.values()).hasSizeGreaterThanOrEqualTo(20);
      assertThat(result.kinds())
          .allSatisfy(
              (kind, fate) -> {
                assertThat(fate.otherwise()).as("%s", kind).isEmpty();
                assertThat(fate.refused()).as("%s", kind).isEqualTo(fate.sent());
              });
      assertThat(result.stored()).isZero();
      assertThat(result.told()).isZero();
      assertThat(result.good()).isEqualTo(result.goodSent());
      assertThat(result.sent()).isEqualTo(REPORTS);
    }
  }
}

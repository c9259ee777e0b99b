package org.vidtomo.launcher.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vidtomo.core.task.CampaignOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** What each option of a campaign, Pytomo's letters among them, asks the coordinator for. */
class CampaignMixinTest {
  @Command
  private static final class Asking {
    @Mixin private CampaignMixin options = new CampaignMixin();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-r 7                    | /maxRounds                        | 7",
        "--max-rounds 7          | /maxRounds                        | 7",
        "-u 50                   | /maxCrawledUrls                   | 50",
        "-p 3                    | /maxPerUrl                        | 3",
        "-P 9                    | /parameters/relatedPerPage        | 9",
        "-R                      | /related                          | false",
        "-l                      | /loop                             | true",
        "--every 6h              | /everyMicros                      | 21600000000",
        "--name evening          | /name                             | evening",
        "--provider-filter a,b   | /providerFilter/1                 | b",
        "--seed 42               | /seed                             | 42",
        "-s dailymotion          | /service                          | dailymotion",
        "-s dailymotion -t today | /timeFrame                        | today",
        "-s youtube -t all_time  | /timeFrame                        | all_time",
        "-D 12s                  | /parameters/downloadTimeMicros    | 12000000",
        "-n 4                    | /parameters/pingPackets           | 4",
        "-B 3s                   | /parameters/initialPlaybackMicros | 3000000",
        "-M 0.2s                 | /parameters/minPlayoutBufferMicros| 200000",
        "-4                      | /parameters/addressFamily         | ipv4",
        "-6                      | /parameters/addressFamily         | ipv6",
        "-x                      | /parameters/anonymous             | true",
        "--coverage any          | /coverage                         | any",
        "--samples 2             | /samples                          | 2",
        "--expires 1h            | /expiresMicros                    | 3600000000",
        "--starts-per-minute 2   | /startsPerMinute                  | 2",
      })
  void option_becomes_its_field(String words, String field, String value) {
    assertThat(request(words.strip().split(" ")).at(field.strip()).asText()).isEqualTo(value);
  }

  @Test
  void defaults_are_the_contracts_and_what_nobody_said_is_left_to_the_coordinator() {
    JsonNode request = request();

    assertThat(request.path("related").asBoolean()).isTrue();
    assertThat(request.path("maxRounds").asInt()).isEqualTo(10_000);
    assertThat(request.path("maxPerUrl").asInt()).isEqualTo(20);
    assertThat(request.at("/parameters/relatedPerPage").asInt()).isEqualTo(20);
    assertThat(request.path("timeFrame").asText()).isEqualTo("week");
    assertThat(request.has("maxCrawledUrls")).isFalse();
    assertThat(request.has("seed")).isFalse();
    assertThat(request.has("service")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-r 0         | max rounds must be at least 1, is 0",
        "-u 0         | max crawled URLs must be at least 1, is 0",
        "-p -1        | max per URL must be at least 0, is -1",
        "-P 1001      | related per page must be 0 to 1000",
        "--seed -5    | seed must be 0 to 9007199254740991, is -5",
        "-t week      | name the --service, too",
        "-s x -t year | is none of today, week, month, all_time",
        "-4 -6        | exclude each other",
        "--every 1s   | every, in microseconds, must be at least 60000000",
      })
  void value_out_of_range_is_refused_with_the_reason(String words, String reason) {
    assertThatThrownBy(() -> request(words.strip().split(" ")))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(reason);
  }

  private static JsonNode request(String... words) {
    Asking asking = new Asking();
    new CommandLine(asking).parseArgs(words);
    return asking.options.request(CampaignOptions.DEFAULTS);
  }
}

package org.vidtomo.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.runtime.settings.SettingException;
import org.vidtomo.runtime.settings.Settings;

class ServerTlsTest {
  @Test
  void certificateAndKey_goTogether() {
    assertThat(ServerTls.from(Settings.of(Map.of()))).isEmpty();
    assertThat(
            ServerTls.from(Settings.of(Map.of("tls.certificate", "/c.pem", "tls.key", "/k.pem"))))
        .contains(new ServerTls(Path.of("/c.pem"), Path.of("/k.pem")));
    assertThatThrownBy(() -> ServerTls.from(Settings.of(Map.of("tls.certificate", "/c.pem"))))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("set tls.key");
  }

  @Test
  void fileWithoutACertificate_isAnErrorThatNamesIt(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("empty.pem"), "nothing\n");

    assertThatThrownBy(() -> new ServerTls(file, file).authority())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }
}

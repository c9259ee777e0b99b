package org.vidtomo.launcher.up;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What an operator needs to know once an installation runs.
 *
 * @param coordinator as agents reach it
 * @param invite a secret: it is printed for the operator, and logged nowhere
 * @param uses of the invite
 */
record Welcome(URI coordinator, URI dashboard, Path tokenFile, String invite, int uses) {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  Welcome {
    requireNonNull(coordinator, "coordinator");
    requireNonNull(dashboard, "dashboard");
    requireNonNull(tokenFile, "tokenFile");
    requireNonNull(invite, "invite");
  }

  String text(Instant inviteExpiresAt) {
    return """

        Vidtomo is up; Ctrl-C ends it.
          dashboard    %s/
          coordinator  %s
          admin token  in %s

        On each machine that is to measure, once:
          ./vidtomo agent enroll --coordinator %s --invite %s
        and then, for as long as it is to measure:
          ./vidtomo agent
        The invite holds for %d agents, until %s; ./vidtomo invite makes another.

        """
        .formatted(
            dashboard,
            coordinator,
            tokenFile,
            coordinator,
            invite,
            uses,
            MINUTE.format(inviteExpiresAt));
  }
}

package org.vidtomo.core.report;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.vidtomo.core.wire.WireName;

/** The closed vocabulary of what went wrong. Kinds are only ever added. */
public enum FailureKind implements WireName {
  DNS_NXDOMAIN(Cause.NETWORK),
  DNS_TIMEOUT(Cause.NETWORK),
  DNS_SERVFAIL(Cause.NETWORK),
  DNS_REFUSED(Cause.NETWORK),
  DNS_NO_ADDRESS(Cause.NETWORK),
  DNS_MALFORMED(Cause.NETWORK),
  CONNECTION_REFUSED(Cause.NETWORK),
  CONNECTION_RESET(Cause.NETWORK),
  CONNECT_TIMEOUT(Cause.NETWORK),
  HOST_UNREACHABLE(Cause.NETWORK),
  NO_REPLY(Cause.NETWORK),
  TLS_CERTIFICATE(Cause.NETWORK),
  TLS_NAME_MISMATCH(Cause.NETWORK),
  TLS_HANDSHAKE(Cause.NETWORK),
  TLS_TIMEOUT(Cause.NETWORK),
  RESPONSE_TIMEOUT(Cause.NETWORK),
  HTTP_PROTOCOL(Cause.NETWORK),
  HTTP_STATUS(Cause.NETWORK),
  REDIRECT_LOOP(Cause.NETWORK),
  TOO_MANY_REDIRECTS(Cause.NETWORK),
  REDIRECT_INVALID(Cause.NETWORK),
  BLOCKED_BY_NETWORK(Cause.NETWORK),
  BODY_TRUNCATED(Cause.NETWORK),
  BODY_TOO_LARGE(Cause.SERVICE),
  HEADERS_TOO_LARGE(Cause.SERVICE),
  DEADLINE(Cause.NETWORK),
  MEDIA_NOT_FOUND(Cause.SERVICE),
  UNSUPPORTED_MEDIA(Cause.SERVICE),
  MALFORMED_MANIFEST(Cause.SERVICE),
  NEEDS_EXTRACTOR(Cause.SERVICE),
  EXTRACTOR_FAILED(Cause.SERVICE),
  VIDEO_UNAVAILABLE(Cause.SERVICE),
  LOGIN_REQUIRED(Cause.SERVICE),
  BOT_CHECK(Cause.SERVICE),
  CONSENT_REQUIRED(Cause.SERVICE),
  GEO_BLOCKED(Cause.SERVICE),
  INVALID_URL(Cause.SERVICE),
  PRIVATE_ADDRESS(Cause.POLICY),
  SITE_NOT_ALLOWED(Cause.POLICY),
  PORT_NOT_ALLOWED(Cause.POLICY),
  DATA_CAP(Cause.POLICY),
  PAUSED(Cause.POLICY),
  LINE_BUSY(Cause.POLICY),
  TOOL_MISSING(Cause.POLICY),
  INTERRUPTED(Cause.POLICY),
  @JsonEnumDefaultValue
  UNKNOWN(Cause.NETWORK);

  /** Whose doing a failure may be. */
  public enum Cause {
    /** The path, the name service or the server's reachability: may be the ISP's. */
    NETWORK,
    /** The video site's own. */
    SERVICE,
    /** The agent's owner or machine. */
    POLICY
  }

  private final Cause cause;

  FailureKind(Cause cause) {
    this.cause = cause;
  }

  /** Whose doing it may be; only {@link Cause#NETWORK} ever counts against an ISP. */
  public Cause mayBeCausedBy() {
    return cause;
  }
}

package org.vidtomo.launcher.print;

import org.vidtomo.core.report.FailureKind;

/** What a person who measures can do about a failure. */
final class Advice {
  private Advice() {}

  /** One sentence. */
  static String on(FailureKind kind) {
    return switch (kind) {
      case DNS_NXDOMAIN -> "check how the name is spelt; compare other resolvers with --resolver";
      case DNS_TIMEOUT, DNS_SERVFAIL, DNS_REFUSED, DNS_NO_ADDRESS, DNS_MALFORMED ->
          "try another resolver with --resolver, or the other address family with -4 or -6";
      case CONNECTION_REFUSED, HOST_UNREACHABLE, NO_REPLY, CONNECT_TIMEOUT ->
          "the server did not take the connection: try again, the other address family (-4, -6),"
              + " or look for a firewall between";
      case CONNECTION_RESET, HTTP_PROTOCOL, BODY_TRUNCATED ->
          "the connection broke: measure again; if it stays so, try --http 1.1";
      case TLS_CERTIFICATE, TLS_NAME_MISMATCH ->
          "the server is not who it says it is, or its authority is not known here: --cacert FILE"
              + " names another one";
      case TLS_HANDSHAKE, TLS_TIMEOUT ->
          "no secure connection came about: look for a proxy between, or try --http 1.1";
      case RESPONSE_TIMEOUT, DEADLINE -> "it took too long: measure again";
      case HTTP_STATUS -> "the server refused: open the page in a browser to see whether it plays";
      case REDIRECT_LOOP, TOO_MANY_REDIRECTS, REDIRECT_INVALID ->
          "the site sends in circles: open the page in a browser to see whether it plays";
      case BLOCKED_BY_NETWORK ->
          "something between answered in the server's place: sign in to this network first, or"
              + " measure from another";
      case BODY_TOO_LARGE, HEADERS_TOO_LARGE ->
          "the answer is too large to be a page: name another";
      case MEDIA_NOT_FOUND ->
          "no video was found on this page: name the page of one video, or the media file itself";
      case UNSUPPORTED_MEDIA -> "this kind of media cannot be measured: name another video";
      case MALFORMED_MANIFEST ->
          "the list of segments cannot be read: open the page in a browser to see whether it plays";
      case NEEDS_EXTRACTOR -> "this site needs yt-dlp: install it and measure again";
      case EXTRACTOR_FAILED ->
          "yt-dlp failed on this page: update it (yt-dlp -U) and measure again";
      case VIDEO_UNAVAILABLE -> "the video is gone or not public: name another";
      case LOGIN_REQUIRED -> "the video asks for a login: name a public one";
      case CONSENT_REQUIRED -> "the site wants consent to cookies first: measure another site";
      case BOT_CHECK -> "the site took this for a robot: wait an hour, or measure another site";
      case GEO_BLOCKED -> "the video is not offered where you are: name another";
      case INVALID_URL -> "write the whole address: https://host/path";
      case PRIVATE_ADDRESS ->
          "it leads to a private address; if that is meant to be so, add --allow-private";
      case SITE_NOT_ALLOWED, PORT_NOT_ALLOWED, DATA_CAP, PAUSED ->
          "this machine's policy holds it back: vidtomo agent policy explain URL says why";
      case LINE_BUSY ->
          "others used the line: measure again later, or set busy-above in policy.properties";
      case TOOL_MISSING -> "a program is missing here: vidtomo doctor says which";
      case INTERRUPTED -> "it was interrupted: measure again";
      case UNKNOWN -> "measure again; with VIDTOMO_TRACE=1 the cause is printed";
    };
  }
}

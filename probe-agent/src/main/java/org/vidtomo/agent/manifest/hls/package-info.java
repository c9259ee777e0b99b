/** HLS playlists (RFC 8216). */
package org.vidtomo.agent.manifest.hls;

/**
 * What HLS playlists and DASH MPDs have in common: representations and where their segments are.
 */
package org.vidtomo.agent.manifest;

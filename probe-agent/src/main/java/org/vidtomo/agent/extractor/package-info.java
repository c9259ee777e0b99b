/** An external program, yt-dlp or one that answers like it, asked for the media of a page. */
package org.vidtomo.agent.extractor;

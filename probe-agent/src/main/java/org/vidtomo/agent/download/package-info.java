/** The timed download. */
package org.vidtomo.agent.download;

/** From a page to its media. */
package org.vidtomo.agent.locate;

/** What an agent tells its owner of its day. */
package org.vidtomo.agent.status;

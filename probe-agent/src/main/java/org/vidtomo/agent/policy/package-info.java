/** What the agent's owner allows: addresses, sites, ports, bytes. Nobody remote overrides it. */
package org.vidtomo.agent.policy;

/** How an agent gets its key, its id and its queue, and where it keeps them. */
package org.vidtomo.agent.enrol;

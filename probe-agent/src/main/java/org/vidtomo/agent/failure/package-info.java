/** What went wrong, in the report's vocabulary. */
package org.vidtomo.agent.failure;

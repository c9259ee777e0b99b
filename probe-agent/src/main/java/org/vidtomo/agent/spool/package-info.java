/** Reports that wait on disk for the broker's confirm, and which tasks are done. */
package org.vidtomo.agent.spool;

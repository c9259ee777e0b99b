/**
 * What stands before the embedded broker: agents log in here, and nothing gets past it but what an
 * agent may do.
 */
package org.vidtomo.gate;

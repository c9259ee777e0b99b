/** Which network an address is of: prefixes, autonomous systems, tickets. */
package org.vidtomo.core.network;

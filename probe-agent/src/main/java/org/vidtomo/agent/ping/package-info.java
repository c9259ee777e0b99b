/** Round-trip delay to caches (RFC 2681). */
package org.vidtomo.agent.ping;

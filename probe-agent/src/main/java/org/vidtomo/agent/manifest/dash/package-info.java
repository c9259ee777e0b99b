/** DASH media presentation descriptions (ISO/IEC 23009-1). */
package org.vidtomo.agent.manifest.dash;

/** JSON to records and back: lenient read, strict write. */
package org.vidtomo.core.wire;

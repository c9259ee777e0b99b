/** Who is alive, who gets which task, and what becomes of it. */
package org.vidtomo.coordinator.assign;

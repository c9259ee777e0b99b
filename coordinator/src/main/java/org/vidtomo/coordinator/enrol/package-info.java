/** Who may measure, and which keys everyone trusts. */
package org.vidtomo.coordinator.enrol;

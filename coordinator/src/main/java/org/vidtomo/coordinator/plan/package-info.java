/** Which tasks a campaign means. Pure. */
package org.vidtomo.coordinator.plan;

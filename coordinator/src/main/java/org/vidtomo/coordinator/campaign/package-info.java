/** What campaigns are asked for, how they go, and their counts. */
package org.vidtomo.coordinator.campaign;

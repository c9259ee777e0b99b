/** What someone should look at: found from what the coordinator knows, told while it lasts. */
package org.vidtomo.coordinator.alert;

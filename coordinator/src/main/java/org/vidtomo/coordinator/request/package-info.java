/** How requests are refused. */
package org.vidtomo.coordinator.request;

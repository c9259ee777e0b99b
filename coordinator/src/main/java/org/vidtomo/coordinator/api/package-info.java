/** The HTTP API. */
package org.vidtomo.coordinator.api;

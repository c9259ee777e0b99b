/** Which of several coordinators on one store leads. */
package org.vidtomo.coordinator.lead;

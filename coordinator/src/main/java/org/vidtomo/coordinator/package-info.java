/** Campaigns, planning, assignment, accounting, enrolment and the HTTP API. */
package org.vidtomo.coordinator;

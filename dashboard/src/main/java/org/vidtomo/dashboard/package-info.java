/** The dashboard: what was measured, compared and shown. */
package org.vidtomo.dashboard;

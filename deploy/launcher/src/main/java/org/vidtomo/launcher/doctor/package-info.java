/** Checks a machine and its connections, and says what to mend. */
package org.vidtomo.launcher.doctor;

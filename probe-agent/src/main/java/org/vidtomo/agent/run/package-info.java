/** A measurement, step by step. */
package org.vidtomo.agent.run;

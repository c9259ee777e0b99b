/** Whether an agent stays within its byte budget, by the counters of its network interface. */
package org.vidtomo.bench.budget;

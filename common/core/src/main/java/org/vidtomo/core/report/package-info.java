/**
 * The report: one measurement of one video by one agent. docs/data-format.md is its description.
 */
package org.vidtomo.core.report;

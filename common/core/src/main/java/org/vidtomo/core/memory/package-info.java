/** What is remembered, within bounds. */
package org.vidtomo.core.memory;

/** Tasks, assignments and the messages about them. */
package org.vidtomo.core.task;

/** What crosses a process boundary, and pure definitions that two modules need. No I/O. */
package org.vidtomo.core;

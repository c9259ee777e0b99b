/** Data sets of Pytomo, the tool that this one follows: written for its users, and read. */
package org.vidtomo.launcher.pytomo;

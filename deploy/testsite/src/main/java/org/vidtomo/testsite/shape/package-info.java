/** Links of a given rate, in user space: a token bucket a line and one that all lines share. */
package org.vidtomo.testsite.shape;

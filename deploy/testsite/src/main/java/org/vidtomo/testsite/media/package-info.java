/** The clips and the videos that the site shows. */
package org.vidtomo.testsite.media;

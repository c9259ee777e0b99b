/** Ingest held against a bare loop of the driver. */
package org.vidtomo.bench.ingest;

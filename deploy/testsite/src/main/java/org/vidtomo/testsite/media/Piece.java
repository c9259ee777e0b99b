package org.vidtomo.testsite.media;

import io.vertx.core.buffer.Buffer;

/**
 * Something that the site serves as a file.
 *
 * @param name its file name
 */
public record Piece(String name, String contentType, Buffer bytes) {}

package dev.slipway.twin;

import java.nio.file.Path;

/**
 * What a twin is started with.
 *
 * @param port the port of the AWS API on 127.0.0.1; 0 for any free one
 * @param scale world seconds a real second
 * @param region the region of calls that name none
 * @param directory where images, layers and tasks' files are kept
 * @param runtime what runs the containers of tasks
 */
public record TwinOptions(
    int port, double scale, String region, Path directory, RuntimeKind runtime) {}

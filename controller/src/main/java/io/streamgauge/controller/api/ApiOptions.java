package io.streamgauge.controller.api;

import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How the API is served.
 *
 * @param server host, port and TLS
 * @param datasets the directory whose files plans may name
 * @param results the directory whose results it lists
 * @param token accepts the bearer token of a caller; empty where none is needed
 * @param about whom it serves
 */
public record ApiOptions(
    HttpServerOptions server,
    Optional<Path> datasets,
    Path results,
    Optional<Predicate<String>> token,
    About about) {}

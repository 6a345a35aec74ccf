package io.streamgauge.controller.log;

import java.util.Optional;

/**
 * What a level sends of a trace.
 *
 * @param format of the trace's file
 * @param rows that the level sends, in their order; more are sent where its own are used up
 * @param sorted rows of the file that stood behind a later one
 * @param failed rows of the file that had failed when they were recorded, and are left out
 * @param speed how many times as fast as the trace; absent where its times are not the level's
 * @param spread rows that were moved behind another one of the same stamp
 * @param idealReuse of the rows' blocks, the share that an endless prefix cache would find, where
 *     the trace tells blocks
 */
public record ReplayFacts(
    String format,
    int rows,
    long sorted,
    long failed,
    Optional<Double> speed,
    long spread,
    Optional<Double> idealReuse) {}

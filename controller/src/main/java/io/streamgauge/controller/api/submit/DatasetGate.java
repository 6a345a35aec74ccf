package io.streamgauge.controller.api.submit;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.plan.FileGate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Lets plans from the network read the files below one directory and no other: links are followed
 * before it is decided. Whether a file elsewhere exists is not told.
 */
public record DatasetGate(Optional<Path> directory) implements FileGate {
  @Override
  public Path open(String field, String name) {
    PlanException refused =
        new PlanException(
            field,
            name,
            directory.isPresent()
                ? "a file in the controller's directory of datasets"
                : "no file of the controller's host, which offers none; send the data in the plan");
    if (directory.isEmpty()) {
      throw refused;
    }
    try {
      Path root = directory.get().toRealPath();
      Path file = root.resolve(name).toRealPath();
      if (!file.startsWith(root) || file.equals(root)) {
        throw refused;
      }
      return file;
    } catch (IOException | java.nio.file.InvalidPathException _) {
      throw refused;
    }
  }
}

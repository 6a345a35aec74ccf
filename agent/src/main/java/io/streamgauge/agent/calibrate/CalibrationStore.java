package io.streamgauge.agent.calibrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.streamgauge.agent.AgentOptions;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.files.WholeFile;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.node.CacheFolder;
import io.streamgauge.common.node.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps calibrations between runs, in a file of the user's cache folder. One holds for its host,
 * version of the tool, Java, number of streams and kind of stamps, and for thirty days. A file that
 * cannot be read is as good as none: what it held can be measured again.
 */
public final class CalibrationStore {
  private static final Logger log = LoggerFactory.getLogger(CalibrationStore.class);
  private static final Duration GOOD_FOR = Duration.ofDays(30);
  private static final TypeReference<List<HostCalibration>> LIST = new TypeReference<>() {};

  private final Path file;

  public CalibrationStore(Path folder) {
    this.file = folder.resolve("calibrations.json");
  }

  /** The user's own. */
  public static CalibrationStore ofUser() {
    return new CalibrationStore(CacheFolder.path());
  }

  /** What is known of this host with so many streams and such stamps. */
  public Optional<HostCalibration> find(int streams, StampSource stamps) {
    return all().stream()
        .filter(CalibrationStore::holdsHere)
        .filter(calibration -> calibration.streams() == streams && calibration.stamps() == stamps)
        .findFirst();
  }

  private static boolean holdsHere(HostCalibration calibration) {
    return calibration.host().equals(AgentOptions.host())
        && calibration.version().equals(Version.TOOL)
        && calibration.jdk().equals(Runtime.version().toString())
        && calibration.takenAt().plus(GOOD_FOR).isAfter(Instant.now());
  }

  /** Keeps a calibration in place of an older one of its kind. */
  public void keep(HostCalibration calibration) {
    List<HostCalibration> kept = new ArrayList<>(all());
    kept.removeIf(
        old ->
            !holdsHere(old)
                || (old.streams() == calibration.streams()
                    && old.stamps() == calibration.stamps()));
    kept.add(calibration);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      WholeFile.replace(file, Json.MAPPER.writeValueAsBytes(kept));
    } catch (IOException e) {
      log.warn("the calibration cannot be kept, so the next run measures again: {}", e.toString());
    }
  }

  private List<HostCalibration> all() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Json.MAPPER.readValue(Files.readAllBytes(file), LIST);
    } catch (JsonProcessingException e) {
      log.warn("{} holds no calibrations: {}", file, e.getOriginalMessage());
      return List.of();
    } catch (IOException e) {
      log.warn("{} cannot be read: {}", file, e.toString());
      return List.of();
    }
  }
}

package io.streamgauge.deploy.doctor;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.files.UserFolder;
import io.streamgauge.common.trust.ControllerKeys;
import io.streamgauge.common.trust.Fingerprint;
import io.streamgauge.common.trust.PublicKeyFile;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** By which keys a controller and agents of this user would know each other. */
public final class KeyChecks {
  private static final String TOPIC = "keys";

  /** {@code file} is what an agent would get as its controller's key. */
  public static List<Check> of(Optional<Path> file) {
    List<Check> checks = new ArrayList<>();
    checks.add(own());
    if (file.isPresent()) {
      checks.add(given(file.get()));
    }
    return checks;
  }

  /** The fingerprint of the key that an agent started here would obey, if it would start. */
  public static Optional<String> obeyed(Optional<Path> file) {
    try {
      Optional<PublicKey> key =
          file.isPresent() ? file.map(PublicKeyFile::read) : PublicKeyFile.ofUser();
      return key.map(Fingerprint::of);
    } catch (PlanException _) {
      return Optional.empty(); // told by the checks of the keys
    }
  }

  private static Check own() {
    try {
      Optional<PublicKey> left = PublicKeyFile.ofUser();
      Optional<ControllerKeys> pair = ControllerKeys.find();
      if (pair.isPresent() && left.isPresent() && !left.get().equals(pair.get().publicKey())) {
        return Check.problem(
            TOPIC,
            "%s: controller.pub is not that of controller.key".formatted(UserFolder.path()),
            "start the controller, which writes it anew");
      }
      return left.map(
              key ->
                  Check.ok(
                      TOPIC,
                      "%s: %s, controller.pub is %s"
                          .formatted(
                              UserFolder.path(),
                              pair.isPresent() ? "a controller's pair" : "no controller.key",
                              Fingerprint.of(key))))
          .orElseGet(
              () ->
                  Check.note(
                      TOPIC,
                      UserFolder.path()
                          + ": no controller of this user has run here, so an agent needs"
                          + " --controller-key"));
    } catch (PlanException wrong) {
      return Check.problem(TOPIC, String.valueOf(wrong.getMessage()), "neither starts like this");
    }
  }

  private static Check given(Path file) {
    try {
      return Check.ok("--controller-key", file + " is " + Fingerprint.of(PublicKeyFile.read(file)));
    } catch (PlanException wrong) {
      return Check.problem(
          "--controller-key", String.valueOf(wrong.getMessage()), "no agent starts like this");
    }
  }

  private KeyChecks() {}
}

package io.streamgauge.agent.engine;

import io.streamgauge.agent.engine.kind.Settings;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.secret.Redaction;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What every engine that runs as a process has besides its own settings.
 *
 * @param command the executable, or it and its first arguments; empty for the engine's own
 * @param host the address to listen on; without one the agent's own
 * @param extraArgs arguments after all others
 * @param env variables beside the agent's own
 * @param readyTimeout from the start to the first completion
 * @param allowedModels models that a plan from the network may name instead of the file's
 */
public record HostSettings(
    List<String> command,
    Optional<String> host,
    List<String> extraArgs,
    Map<String, String> env,
    Duration readyTimeout,
    List<String> allowedModels) {
  /** Keys that decide what is executed or who can reach it: the host's file alone sets them. */
  static final Set<String> OWN = Set.of("command", "binary_path", "env", "host", "allowed_models");

  private static final Duration READY = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofHours(6);
  private static final Set<String> OURS =
      Set.of(
          "--host",
          "--port",
          "--served-model-name",
          "--alias",
          "-a",
          "--model",
          "--model-path",
          "-m");

  public HostSettings {
    command = List.copyOf(command);
    extraArgs = List.copyOf(extraArgs);
    env = Map.copyOf(env);
    allowedModels = List.copyOf(allowedModels);
  }

  public static HostSettings read(Settings settings) {
    List<String> extra = settings.texts("extra_args");
    extra.stream()
        .filter(word -> OURS.contains(word.replaceFirst("=.*", "")))
        .findFirst()
        .ifPresent(
            word -> {
              throw new PlanException(
                  "extra_args",
                  Redaction.shown(word),
                  "arguments other than those that settings of their own give");
            });
    return new HostSettings(
        settings.words("command"),
        settings.text("host"),
        extra,
        settings.variables("env"),
        settings.duration("ready_timeout", READY, LONGEST),
        settings.texts("allowed_models"));
  }

  /** The same with a variable, where it is not among them. */
  public HostSettings unlessSaid(String variable, String value) {
    Map<String, String> more = new HashMap<>(env);
    more.putIfAbsent(variable, value);
    return new HostSettings(command, host, extraArgs, more, readyTimeout, allowedModels);
  }

  /** The command's words: a text replaces the executable alone, a list all that is named here. */
  public List<String> launcher(String executable, String... first) {
    if (command.size() > 1) {
      return command;
    }
    List<String> words = new java.util.ArrayList<>();
    words.add(command.isEmpty() ? executable : command.getFirst());
    words.addAll(List.of(first));
    return words;
  }
}

package io.streamgauge.agent.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A command to start, without a shell.
 *
 * @param argv the executable and its arguments
 * @param env variables beside the agent's own
 */
record Launch(List<String> argv, Map<String, String> env) {
  private static final Set<String> SECRET = Set.of("--api-key", "--admin-api-key", "--hf-token");

  Launch {
    argv = List.copyOf(argv);
    env = Map.copyOf(env);
  }

  /** The same with another executable. */
  Launch withExecutable(String path) {
    List<String> changed = new ArrayList<>(argv);
    changed.set(0, path);
    return new Launch(changed, env);
  }

  /** As it may be shown: values that are secret are hidden, and the variables are left out. */
  List<String> shown() {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < argv.size(); i++) {
      String word = argv.get(i);
      String flag = word.substring(0, Math.max(0, word.indexOf('=')));
      shown.add(
          i > 0 && SECRET.contains(argv.get(i - 1))
              ? "(hidden)"
              : SECRET.contains(flag) ? flag + "=(hidden)" : word);
    }
    return shown;
  }
}

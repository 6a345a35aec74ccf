package io.streamgauge.controller.api.submit;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.plan.FileGate;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.PlanFile;
import io.streamgauge.common.plan.PlanLines;
import io.streamgauge.common.plan.request.DatasetRef;
import io.streamgauge.controller.api.answer.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body of a submission; blocks where the plan names a file. */
final class Submission {
  private static final String JSON = "application/json";
  private static final Set<String> TYPES =
      Set.of(JSON, "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml");

  /** The media type of a header, without its parameters. */
  static String type(@Nullable String header) {
    String type = header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!TYPES.contains(type)) {
      throw Problem.of(
              415,
              "Unsupported media type",
              "a plan is sent as application/json or application/yaml")
          .of("Content-Type", Optional.ofNullable(header), "application/json or application/yaml")
          .thrown();
    }
    return type;
  }

  /**
   * The plan, with the prompts of the file that it names in it.
   *
   * @throws PlanException when it is wrong or names a file that it may not have
   */
  static Plan read(String type, byte[] body, FileGate files) {
    String text = text(body);
    try {
      return read(type, text, files);
    } catch (PlanException wrong) {
      throw PlanLines.place(text, wrong);
    }
  }

  private static Plan read(String type, String text, FileGate files) {
    if (type.equals(JSON) && !text.stripLeading().startsWith("{")) {
      throw new PlanException("plan: no JSON object, expected one as the content type says");
    }
    Plan plan = PlanFile.parse("plan", text, files);
    Optional<String> tokenizer = plan.workload().dataset().tokenizer();
    return tokenizer.isEmpty()
        ? inlined(plan, files)
        : inlined(
            plan.withDataset(
                plan.workload()
                    .dataset()
                    .countedBy(files.open("dataset.tokenizer", tokenizer.get()).toString())),
            files);
  }

  private static Plan inlined(Plan plan, FileGate files) {
    Optional<String> file = plan.workload().dataset().file();
    if (plan.workload().dataset().holdsRows() || file.isEmpty()) {
      return plan;
    }
    DatasetRef dataset =
        plan.workload().dataset().inlined(files.open("dataset.file", file.get()), plan.replays());
    return plan.withDataset(dataset);
  }

  private static String text(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException _) {
      throw new PlanException("plan: not UTF-8, expected a plan in YAML or JSON");
    }
  }

  private Submission() {}
}

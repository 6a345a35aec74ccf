package io.streamgauge.common.plan.request;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which endpoints have a place for which prompts. */
public final class EndpointFit {
  /**
   * The dataset, whose prompts all fit.
   *
   * @throws PlanException that names the first prompt for which the endpoint has no place
   */
  public static Dataset require(ApiEndpoint endpoint, Dataset dataset) {
    require(endpoint, dataset.name(), dataset.prompts());
    return dataset;
  }

  /**
   * Holds the prompts of a dataset of that name against the endpoint.
   *
   * @throws PlanException that names the first prompt for which the endpoint has no place
   */
  public static void require(ApiEndpoint endpoint, String name, List<Prompt> prompts) {
    for (Prompt prompt : prompts) {
      Set<ApiEndpoint> fit = of(prompt.content());
      if (!fit.contains(endpoint)) {
        throw new PlanException(
            "endpoint",
            endpoint.label(),
            "%s, which take prompt %s of dataset %s"
                .formatted(
                    fit.stream().map(ApiEndpoint::label).collect(Collectors.joining(" or ")),
                    prompt.id(),
                    name));
      }
    }
  }

  static Set<ApiEndpoint> of(PromptContent content) {
    return switch (content) {
      case PromptContent.Text _ -> EnumSet.allOf(ApiEndpoint.class);
      case PromptContent.Messages _ ->
          EnumSet.of(ApiEndpoint.CHAT, ApiEndpoint.RESPONSES, ApiEndpoint.MESSAGES);
      case PromptContent.Body whole when whole.body().has("messages") ->
          EnumSet.of(ApiEndpoint.CHAT, ApiEndpoint.MESSAGES);
      case PromptContent.Body whole when whole.body().has("prompt") ->
          EnumSet.of(ApiEndpoint.COMPLETIONS);
      case PromptContent.Body _ -> EnumSet.of(ApiEndpoint.RESPONSES, ApiEndpoint.EMBEDDINGS);
      case PromptContent.Tokens _ -> EnumSet.of(ApiEndpoint.COMPLETIONS, ApiEndpoint.EMBEDDINGS);
    };
  }

  private EndpointFit() {}
}

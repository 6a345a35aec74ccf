package io.streamgauge.agent.level;

import io.streamgauge.common.TextDigest;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptsId;
import io.streamgauge.common.message.AgentCommand.LoadPrompts;
import io.streamgauge.common.message.AgentReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The prompts that this agent was sent, one dataset at a time. On the agent's context. */
public final class HeldPrompts {
  private List<Prompt> prompts = new ArrayList<>();
  private TextDigest digest = new TextDigest();
  private @Nullable PromptsId coming;
  private @Nullable PromptsId held;

  /** Those prompts, if all of them are here. */
  public Optional<List<Prompt>> of(PromptsId id) {
    return id.equals(held) ? Optional.of(prompts) : Optional.empty();
  }

  /** Takes a part, which follows the one before or begins anew. */
  public AgentReply take(LoadPrompts part) {
    if (part.first() == 0) {
      drop();
      coming = part.id();
    }
    if (!part.id().equals(coming) || part.first() != prompts.size()) {
      return new AgentReply.Refused(
          "prompts from %d on do not follow on the %d that are here"
              .formatted(part.first(), prompts.size()));
    }
    prompts.addAll(part.prompts());
    part.prompts().forEach(prompt -> PromptsId.add(digest, prompt));
    if (prompts.size() < part.id().count()) {
      return new AgentReply.Accepted();
    }
    PromptsId whole = new PromptsId(digest.end(), prompts.size());
    if (!whole.equals(part.id())) {
      drop();
      return new AgentReply.Refused(
          "%d prompts came with hash %s, expected %d with %s"
              .formatted(whole.count(), whole.hash(), part.id().count(), part.id().hash()));
    }
    prompts = List.copyOf(prompts);
    held = whole;
    return new AgentReply.Accepted();
  }

  /** Forgets them all. */
  public void drop() {
    prompts = new ArrayList<>();
    digest = new TextDigest();
    coming = null;
    held = null;
  }
}

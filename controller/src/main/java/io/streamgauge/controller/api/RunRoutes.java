package io.streamgauge.controller.api;

import io.streamgauge.common.agent.AgentView;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.ControllerCommand;
import io.streamgauge.common.message.ControllerReply;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.controller.api.answer.Answers;
import io.streamgauge.controller.api.answer.Problem;
import io.streamgauge.controller.api.submit.CheckedPlan;
import io.streamgauge.controller.api.submit.Submissions;
import io.streamgauge.controller.book.RunBook;
import io.streamgauge.controller.book.RunState;
import io.streamgauge.controller.book.RunView;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** The calls about runs. */
final class RunRoutes {
  private static final String ID = "[A-Za-z0-9_-]{1,64}";

  private final Function<ControllerCommand, Future<ControllerReply>> control;
  private final RunBook book;
  private final Supplier<List<AgentView>> agents;
  private final Submissions plans;

  /** {@code control} asks the controller; its answers come on the event loop of the API. */
  RunRoutes(
      Function<ControllerCommand, Future<ControllerReply>> control,
      RunBook book,
      Supplier<List<AgentView>> agents,
      Submissions plans) {
    this.control = control;
    this.book = book;
    this.agents = agents;
    this.plans = plans;
  }

  void submit(RoutingContext call) {
    String id = UUID.randomUUID().toString();
    plans
        .take(call.request())
        .compose(plan -> take(id, plan))
        .onFailure(call::fail)
        .onSuccess(reply -> answer(call, id, reply));
  }

  /** Reads a plan as a submission would, and does no more. */
  void check(RoutingContext call) {
    plans
        .take(call.request())
        .onFailure(call::fail)
        .onSuccess(plan -> Answers.json(call, 200, CheckedPlan.of(plan)));
  }

  private Future<ControllerReply> take(String id, Plan plan) {
    List<String> there = agents.get().stream().filter(AgentView::loads).map(AgentView::id).toList();
    if (there.size() < plan.agents().min()) {
      return Future.failedFuture(
          Problem.of(
                  503,
                  "Not enough agents",
                  "the plan needs %d load agents, there are %d: %s"
                      .formatted(plan.agents().min(), there.size(), there))
              .of(
                  "agents.min",
                  Optional.of(String.valueOf(plan.agents().min())),
                  "at most the load agents that are there")
              .thrown());
    }
    return control.apply(new ControllerCommand.Submit(id, plan));
  }

  private static void answer(RoutingContext call, String id, ControllerReply reply) {
    switch (reply) {
      case ControllerReply.Taken _ -> {
        call.response().putHeader("Location", RunView.PATH + "/" + id);
        Answers.json(call, 201, Map.of("id", id));
      }
      case ControllerReply.Rejected(String reason) ->
          Answers.problem(call, Problem.of(409, "Busy", reason));
    }
  }

  void list(RoutingContext call) {
    Answers.json(call, 200, book.runs());
  }

  void show(RoutingContext call) {
    Answers.json(call, 200, run(call));
  }

  void cancel(RoutingContext call) {
    RunView run = run(call);
    if (run.state() == RunState.ENDED) {
      throw Problem.of(409, "Over", "run %s has ended".formatted(run.id())).thrown();
    }
    control
        .apply(new ControllerCommand.Cancel(run.id(), RunStatus.CANCELLED))
        .onFailure(call::fail)
        .onSuccess(
            reply -> {
              switch (reply) {
                case ControllerReply.Taken _ -> Answers.json(call, 202, Map.of("id", run.id()));
                case ControllerReply.Rejected(String reason) ->
                    Answers.problem(call, Problem.of(409, "Over", reason));
              }
            });
  }

  /** The run that the path names. */
  RunView run(RoutingContext call) {
    String id = call.pathParam("id");
    return Optional.ofNullable(id)
        .filter(text -> text.matches(ID))
        .flatMap(book::run)
        .orElseThrow(() -> Problem.notFound("there is no such run").thrown());
  }
}

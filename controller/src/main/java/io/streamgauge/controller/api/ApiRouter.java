package io.streamgauge.controller.api;

import io.streamgauge.controller.api.ApiCalls.Call;
import io.streamgauge.controller.api.answer.Answers;
import io.streamgauge.controller.api.answer.Problem;
import io.streamgauge.controller.api.guard.BrowserGuard;
import io.streamgauge.controller.api.guard.TokenGuard;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Leads requests past the guards to their calls, and tells what is wrong with the others. */
final class ApiRouter {
  private static final Map<String, String> SECURITY_HEADERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Cache-Control", "no-store",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin");

  static Router of(Vertx vertx, ApiOptions options, List<Call> calls) {
    Router router = Router.router(vertx);
    router
        .route()
        .handler(
            call -> {
              SECURITY_HEADERS.forEach(call.response()::putHeader);
              call.next();
            });
    router
        .route()
        .handler(new BrowserGuard(options.server().getHost(), options.token().isPresent()))
        .handler(new TokenGuard(options.token()));
    calls.forEach(call -> add(router, call));
    allowed(calls)
        .forEach((path, methods) -> router.route(path).handler(call -> otherMethod(call, methods)));
    router.route().handler(call -> call.fail(404)).failureHandler(Answers::failure);
    router.errorHandler(400, Answers::failure);
    router.errorHandler(404, Answers::failure);
    return router;
  }

  private static void add(Router router, Call call) {
    Route route = router.route(call.method(), pattern(call));
    if (call.method().equals(HttpMethod.GET)) {
      route.method(HttpMethod.HEAD);
    }
    route.handler(call.handler());
  }

  private static String pattern(Call call) {
    return call.path().replaceAll("\\{(\\w+)}", ":$1");
  }

  /** The methods of each path; whoever may GET may ask for the head alone. */
  private static Map<String, String> allowed(List<Call> calls) {
    return calls.stream()
        .collect(
            Collectors.groupingBy(
                ApiRouter::pattern,
                LinkedHashMap::new,
                Collectors.mapping(
                    call ->
                        call.method().equals(HttpMethod.GET) ? "GET, HEAD" : call.method().name(),
                    Collectors.joining(", "))));
  }

  private static void otherMethod(RoutingContext call, String methods) {
    call.response().putHeader("Allow", methods);
    Answers.problem(call, Problem.of(405, "Method not allowed", "allowed are: " + methods));
  }

  private ApiRouter() {}
}

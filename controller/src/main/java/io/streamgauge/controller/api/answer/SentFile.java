package io.streamgauge.controller.api.answer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;

/** An answer that is a file of a result. */
public final class SentFile {
  public static final String CSV = "text/csv; charset=utf-8";
  public static final String LOG = "application/gzip";

  private static final String HTML = "text/html; charset=utf-8";

  public static void answer(Vertx vertx, RoutingContext call, Path path, String type) {
    call.response().putHeader("Content-Type", type);
    Future<Void> sent =
        Answers.head(call)
            ? vertx
                .fileSystem()
                .props(path.toString())
                .compose(
                    file ->
                        call.response()
                            .putHeader("Content-Length", String.valueOf(file.size()))
                            .end())
            : call.response().sendFile(path.toString());
    sent.onFailure(
        _ -> {
          if (!call.response().headWritten()) {
            Answers.problem(
                call,
                Problem.notFound(
                    "there is no such file of this result: it was not asked for, or is gone"));
          }
        });
  }

  /**
   * A report, which gets an origin of its own: whoever can put one into the output folder could
   * call the API in its reader's place otherwise.
   */
  public static void page(Vertx vertx, RoutingContext call, Path path) {
    apart(call);
    answer(vertx, call, path, HTML);
  }

  /** The same of one that was made for this call. */
  public static void page(RoutingContext call, String html) {
    apart(call);
    Answers.text(call, 200, HTML, html);
  }

  private static void apart(RoutingContext call) {
    call.response()
        .putHeader("Content-Security-Policy", "sandbox allow-scripts allow-downloads allow-modals");
  }

  private SentFile() {}
}

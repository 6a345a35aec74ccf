package io.streamgauge.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(60)
class SimulateCommandTest {
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port=x          | port: x is not valid, expected a whole number",
        "--port=70000      | port: 70000 is not valid, expected a number from 0 to 65535",
        "--slots=9999999999| slots: 9999999999 is not valid, expected a smaller number",
        "--itl=10          | itl: 10 is not valid, expected a duration with its unit such as 250ms,"
            + " 30s or 5m",
        "--itl-spread=-1   | itl_spread: -1.0 is not valid, expected a number from 0 to 10",
        "--fault-rate=2    | fault_rate: 2.0 is not valid, expected a number from 0 to 1",
        "--api-key-env=NO_SUCH_KEY | api_key_env: NO_SUCH_KEY is not valid, expected the name of a"
            + " set environment variable"
      })
  void aWrongValueIsOneLineAndExitCode2(String argument, String message) {
    assertThat(command(new PrintWriter(new StringWriter())).execute(argument)).isEqualTo(2);
    assertThat(err.toString().lines()).containsExactly("simulate: " + message);
  }

  @Test
  void aPortInUseIsOneLineAndExitCode1() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int code =
          command(new PrintWriter(new StringWriter())).execute("--port=" + taken.getLocalPort());

      assertThat(code).isEqualTo(1);
      assertThat(err.toString().lines())
          .singleElement()
          .asString()
          .startsWith("simulate: cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ")
          .contains("in use");
    }
  }

  @Test
  void itSaysWhereItListensServesUntilInterruptedAndTellsHowExactItWas() throws Exception {
    PipedReader pipe = new PipedReader();
    CommandLine command = command(new PrintWriter(new PipedWriter(pipe)));
    FutureTask<Integer> run =
        new FutureTask<>(
            () -> command.execute("--port=0", "--model=tiny", "--ttft=0s", "--itl=0s"));
    Thread thread = Thread.ofPlatform().start(run);
    BufferedReader out = new BufferedReader(pipe);
    String line = out.readLine();

    assertThat(line).matches("simulated engine on http://127\\.0\\.0\\.1:\\d+ \\(model tiny\\)");
    String url = line.split(" ")[3];
    try (HttpClient client = HttpClient.newHttpClient()) {
      var models =
          client.send(
              HttpRequest.newBuilder(URI.create(url + "/v1/models")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(models.body()).contains("\"id\":\"tiny\"");
      client.send(
          HttpRequest.newBuilder(URI.create(url + "/v1/completions"))
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      """
                      {"prompt":"x","max_tokens":7,"ignore_eos":true,"stream":true}\
                      """))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
    thread.interrupt();
    run.get();
    assertThat(out.readLine())
        .matches(
            "schedule error: p50 \\d+\\.\\d+ p99 \\d+\\.\\d+ max \\d+\\.\\d+ ms late over 7"
                + " events");
  }

  private CommandLine command(PrintWriter out) {
    return new CommandLine(new SimulateCommand()).setOut(out).setErr(new PrintWriter(err, true));
  }
}

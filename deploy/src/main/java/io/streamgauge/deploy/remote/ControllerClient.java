package io.streamgauge.deploy.remote;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.files.WholeFile;
import io.streamgauge.common.json.Json;
import io.streamgauge.controller.log.ResultFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiPredicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A controller's HTTP API as the commands call it. */
public final class ControllerClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int REFUSED = 400;

  private final URI base;
  private final HttpClient http;
  private final Optional<String> token;

  /**
   * @param url of the controller, such as {@code http://127.0.0.1:8765}
   * @param token to show
   * @param authority the certificate (PEM) that vouches for the controller's; else the system's
   * @throws PlanException when the URL or the file is none
   */
  public ControllerClient(String url, Optional<String> token, Optional<Path> authority) {
    this.base = base(url);
    this.token = token;
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    authority.ifPresent(file -> builder.sslContext(trusting(file)));
    this.http = builder.build();
  }

  private static URI base(String url) {
    try {
      URI uri = URI.create(url.replaceAll("/+$", ""));
      if (uri.getHost() != null && uri.getScheme().matches("https?")) {
        return uri;
      }
    } catch (IllegalArgumentException _) {
      // Said below, as for any other text that is no URL.
    }
    throw new PlanException("controller", url, "a URL such as http://127.0.0.1:8765");
  }

  private static SSLContext trusting(Path authority) {
    try (InputStream in = Files.newInputStream(authority)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new PlanException(
          "tls-ca", authority, "a certificate in PEM (%s)".formatted(e.getMessage()));
    }
  }

  /**
   * Sends a plan and returns the run's id.
   *
   * @throws PlanException when the plan is wrong
   * @throws IOException when the controller cannot be reached or will not have it
   */
  public String submit(byte[] plan) throws IOException {
    HttpResponse<String> answer =
        send(
            request("/api/v1/runs")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(plan)),
            HttpResponse.BodyHandlers.ofString());
    JsonNode body = Json.MAPPER.readTree(answer.body());
    if (answer.statusCode() == REFUSED && body.hasNonNull("field")) {
      throw new PlanException(
          body.get("field").asText(), body.path("value").asText(), body.path("expected").asText());
    }
    require(answer.statusCode(), answer.body());
    return body.get("id").textValue();
  }

  public JsonNode get(String path) throws IOException {
    return Json.MAPPER.readTree(text(path));
  }

  String text(String path) throws IOException {
    HttpResponse<String> answer = send(request(path).GET(), HttpResponse.BodyHandlers.ofString());
    require(answer.statusCode(), answer.body());
    return answer.body();
  }

  public void cancel(String run) throws IOException {
    HttpResponse<String> answer =
        send(request("/api/v1/runs/" + run).DELETE(), HttpResponse.BodyHandlers.ofString());
    require(answer.statusCode(), answer.body());
  }

  /** Fetches a file whole: under its name there is all of it or nothing. */
  void fetch(String path, Path file) throws IOException {
    Path draft = file.resolveSibling("." + file.getFileName() + ".tmp");
    ResultFile.open(draft, CREATE, WRITE).close();
    HttpResponse<Path> answer =
        send(
            request(path).GET(), HttpResponse.BodyHandlers.ofFile(draft, WRITE, TRUNCATE_EXISTING));
    if (answer.statusCode() >= REFUSED) {
      String problem = Files.readString(draft);
      Files.delete(draft);
      require(answer.statusCode(), problem);
    }
    WholeFile.move(draft, file);
  }

  /**
   * Reads a run's events that came after {@code last} until {@code events}, which gets each one's
   * name and data, says that it has enough; returns the number of the last one read.
   *
   * @throws Broken when the connection ended before that
   */
  public long events(String run, long last, BiPredicate<String, JsonNode> events)
      throws IOException {
    HttpRequest.Builder request = request("/api/v1/runs/" + run + "/events").GET();
    if (last > 0) {
      request.header("Last-Event-ID", Long.toString(last));
    }
    HttpResponse<InputStream> answer = send(request, HttpResponse.BodyHandlers.ofInputStream());
    long number = last;
    String name = "";
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      require(answer.statusCode(), "");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          number = Long.parseLong(line.substring("id: ".length()));
        } else if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("data: ")
            && events.test(name, Json.MAPPER.readTree(line.substring("data: ".length())))) {
          return number;
        }
      }
    } catch (IOException e) {
      throw new Broken(number, e.getMessage() == null ? e.toString() : e.getMessage());
    }
    throw new Broken(number, "it ended before the run did");
  }

  /** A stream of events that can be taken up again after its event {@code last}. */
  public static final class Broken extends IOException {
    public final long last;

    Broken(long last, String message) {
      super(message);
      this.last = last;
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    return request;
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
      throws IOException {
    try {
      return http.send(request.timeout(ANSWER).build(), body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      throw new IOException("%s: %s".formatted(base, Unreachable.reason(base, e)), e);
    }
  }

  private void require(int status, String body) throws IOException {
    if (status >= REFUSED) {
      String detail = body;
      if (body.startsWith("{")) {
        JsonNode problem = Json.MAPPER.readTree(body);
        detail = problem.path("detail").asText(problem.path("title").asText(body));
      }
      throw new IOException("%s: HTTP %d: %s".formatted(base, status, detail));
    }
  }
}

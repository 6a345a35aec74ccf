package io.streamgauge.common.node;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.streamgauge.common.HostPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Who opens at a place where a member of a cluster should be. A member greets back whoever greets
 * it, so that one is told from anything else that listens, without joining anything.
 *
 * @param detail what the system said, where it adds something
 */
public record Knock(HostPort place, Answer answer, String detail) {
  private static final int PATIENCE_MILLIS = 2_000;
  private static final byte[] GREETING = "HZC".getBytes(US_ASCII);

  /** What can come of it, and what it means to who waits for a controller there. */
  public enum Answer {
    MEMBER("a member of a cluster listens"),
    UNKNOWN_HOST("the name does not resolve on this host"),
    REFUSED(
        "connection refused: no controller runs there, or its --bind names another address or"
            + " port"),
    SILENT("no answer within 2 s: the host is down, or a firewall drops what comes for this port"),
    UNREACHABLE("cannot be reached"),
    NO_MEMBER(
        "something listens that is no member of a cluster: --join wants the address of --bind"
            + " (port 5701), not that of the API or the event bus");

    private final String meaning;

    Answer(String meaning) {
      this.meaning = meaning;
    }
  }

  /** Knocks at each address that a name has, or at the name where it has one or none. */
  public static List<Knock> all(HostPort name) {
    List<HostPort> places = NamedMembers.places(name);
    return places.size() > 1 ? places.stream().map(Knock::at).toList() : List.of(at(name));
  }

  /** Knocks; blocks for four seconds at most. */
  public static Knock at(HostPort place) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(place.host(), place.port()), PATIENCE_MILLIS);
      return greeted(place, socket);
    } catch (UnknownHostException _) {
      return new Knock(place, Answer.UNKNOWN_HOST, "");
    } catch (SocketTimeoutException _) {
      return new Knock(place, Answer.SILENT, "");
    } catch (ConnectException e) {
      return new Knock(
          place,
          String.valueOf(e.getMessage()).contains("refused") ? Answer.REFUSED : Answer.UNREACHABLE,
          String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Knock(place, Answer.UNREACHABLE, String.valueOf(e.getMessage()));
    }
  }

  private static Knock greeted(HostPort place, Socket socket) {
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(GREETING);
      byte[] back = socket.getInputStream().readNBytes(GREETING.length);
      return new Knock(place, Arrays.equals(back, GREETING) ? Answer.MEMBER : Answer.NO_MEMBER, "");
    } catch (IOException _) {
      return new Knock(place, Answer.NO_MEMBER, "");
    }
  }

  public boolean member() {
    return answer == Answer.MEMBER;
  }

  /** What is the matter there, in one line. */
  public String meaning() {
    return answer == Answer.UNREACHABLE
        ? "%s (%s)".formatted(answer.meaning, detail)
        : answer.meaning;
  }

  /** The place and what is the matter there. */
  public String text() {
    return place + ": " + meaning();
  }
}

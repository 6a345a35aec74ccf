package io.streamgauge.agent.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.streamgauge.agent.client.SocketServer.Head;
import io.streamgauge.agent.stream.Captures;
import io.streamgauge.agent.stream.Mutator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.SplittableRandom;

/** What a hostile server does with one request, or before there is one. */
enum Prank {
  WHOLE {
    @Override
    void play(Act act) throws IOException, InterruptedException {
      act.request();
      act.inPieces(act.answer());
    }
  },
  BYTE_BY_BYTE {
    @Override
    void play(Act act) throws IOException {
      act.request();
      byte[] answer = act.answer();
      int singly = Math.min(answer.length, 300);
      for (int i = 0; i < singly; i++) {
        act.out.write(answer[i]);
      }
      act.out.write(answer, singly, answer.length - singly);
    }
  },
  READ_SLOWLY {
    @Override
    void play(Act act) throws IOException, InterruptedException {
      int left = act.head().length();
      while (left > 0) {
        act.pause();
        left -= act.in.readNBytes(Math.min(left, 1 + act.random.nextInt(1 << 18))).length;
      }
      act.inPieces(act.answer());
    }
  },
  CUT {
    @Override
    void play(Act act) throws IOException, InterruptedException {
      act.request();
      act.inPieces(act.beginning());
      act.end();
    }
  },
  STALL {
    @Override
    void play(Act act) throws IOException, InterruptedException {
      act.request();
      act.inPieces(act.beginning());
      SocketServer.awaitEnd(act.in);
    }
  },
  ANSWER_BEFORE_THE_REQUEST_IS_READ {
    @Override
    void play(Act act) throws IOException, InterruptedException {
      Head head = act.head();
      act.inPieces(act.answer());
      if (act.random.nextBoolean()) {
        head.body(act.in);
      } else {
        act.end();
      }
    }
  },
  ANSWER_BEFORE_ANY_REQUEST {
    @Override
    void play(Act act) throws IOException, InterruptedException {
      act.inPieces(act.answer());
      act.request();
    }
  },
  LEAVE_AMID_THE_REQUEST {
    @Override
    void play(Act act) throws IOException, InterruptedException {
      act.in.readNBytes(act.random.nextInt(1, act.head().length()));
      act.end();
    }
  },
  LEAVE_BEFORE_THE_REQUEST {
    @Override
    void play(Act act) throws IOException, InterruptedException {
      act.pause();
      act.end();
    }
  },
  LEAVE_AFTER_THE_ANSWER {
    @Override
    void play(Act act) throws IOException, InterruptedException {
      act.request();
      act.inPieces(act.answer());
      act.pause();
      act.end();
    }
  },
  MORE_THAN_THE_ANSWER {
    @Override
    void play(Act act) throws IOException, InterruptedException {
      act.request();
      act.out.write(act.answer());
      act.inPieces(act.random.nextBoolean() ? act.answer() : act.damaged.next());
    }
  },
  FLOOD {
    private final List<String> openings =
        List.of(
            "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
    private final List<String> endless =
        List.of(
            "x",
            "\n",
            ": alive\n\n",
            "X-More: of it\r\n",
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"w\"}}]}\n\n");

    @Override
    void play(Act act) throws IOException {
      act.request();
      act.out.write(act.one(openings).getBytes(US_ASCII));
      byte[] block = act.one(endless).repeat(2_000).getBytes(US_ASCII);
      for (int sent = 0; sent < 64 << 20; sent += block.length) {
        act.out.write(block);
      }
    }
  },
  DAMAGED {
    @Override
    void play(Act act) throws IOException, InterruptedException {
      act.request();
      act.inPieces(act.damaged.next());
      if (act.random.nextBoolean()) {
        act.end();
      }
    }
  };

  private static final List<byte[]> ANSWERS =
      Captures.names().stream().map(Captures::framed).toList();

  abstract void play(Act act) throws IOException, InterruptedException;

  static Prank one(SplittableRandom random) {
    return random.nextInt(3) == 0 ? WHOLE : values()[random.nextInt(values().length)];
  }

  /** One connection on which it is played. */
  static final class Act {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final SplittableRandom random;
    private final Mutator damaged;

    Act(Socket socket, SplittableRandom random) throws IOException {
      this.socket = socket;
      this.in = socket.getInputStream();
      this.out = socket.getOutputStream();
      this.random = random;
      this.damaged = new Mutator(random, ANSWERS);
      socket.setTcpNoDelay(true);
    }

    private Head head() throws IOException {
      return Head.read(in);
    }

    private void request() throws IOException {
      head().body(in);
    }

    private <T> T one(List<T> of) {
      return of.get(random.nextInt(of.size()));
    }

    private byte[] answer() {
      return one(ANSWERS);
    }

    private byte[] beginning() {
      byte[] answer = answer();
      return java.util.Arrays.copyOf(answer, random.nextInt(answer.length));
    }

    private void pause() throws InterruptedException {
      Thread.sleep(random.nextInt(4));
    }

    private void inPieces(byte[] bytes) throws IOException, InterruptedException {
      int at = 0;
      while (at < bytes.length) {
        int length = Math.min(bytes.length - at, 1 << random.nextInt(5, 14));
        out.write(bytes, at, length);
        at += length;
        if (random.nextInt(4) == 0) {
          pause();
        }
      }
    }

    /** By FIN, by RST, or by its own half. */
    private void end() throws IOException {
      switch (random.nextInt(3)) {
        case 0 -> socket.close();
        case 1 -> SocketServer.reset(socket);
        default -> {
          socket.shutdownOutput();
          SocketServer.awaitEnd(in);
        }
      }
    }
  }
}

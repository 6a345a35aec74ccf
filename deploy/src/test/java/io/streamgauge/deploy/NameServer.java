package io.streamgauge.deploy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A name server that knows one name, of as many addresses (IPv4) as it is told, for 0 s each. */
final class NameServer implements AutoCloseable {
  private static final int PORT = 53;
  private static final int HEADER = 12;
  private static final int MOST = 512;
  private static final short ANSWERED = (short) 0x8580;
  private static final short NO_SUCH_NAME = (short) 0x8583;
  private static final short ADDRESS = 1;
  private static final short INTERNET = 1;
  private static final short NAME_OF_THE_QUESTION = (short) 0xC00C;

  private final DatagramSocket socket;
  private final String name;
  private volatile List<String> addresses = List.of();

  NameServer(String host, String name) {
    try {
      socket = new DatagramSocket(new InetSocketAddress(host, PORT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.name = name;
    Thread.ofVirtual().name("name-server").start(this::serve);
  }

  /** What the name stands for from now on. */
  void tell(String... known) {
    addresses = List.of(known);
  }

  /** A command before another one, whose process then asks this server. */
  List<String> forProcess() {
    String file = "nameserver %s\noptions timeout:1 attempts:2\n".formatted(host());
    return List.of(
        "unshare",
        "--mount",
        "sh",
        "-ec",
        """
        file=$(mktemp)
        printf '%s' "$0" > "$file"
        mount --bind "$file" /etc/resolv.conf
        rm "$file"
        exec "$@"
        """,
        file);
  }

  private String host() {
    return socket.getLocalAddress().getHostAddress();
  }

  private void serve() {
    byte[] bytes = new byte[MOST];
    while (true) {
      DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
      try {
        socket.receive(packet);
        byte[] answer = answer(ByteBuffer.wrap(bytes, 0, packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private byte[] answer(ByteBuffer question) throws IOException {
    short id = question.getShort();
    question.position(HEADER);
    String asked = name(question);
    short type = question.getShort();
    question.getShort();
    boolean known = asked.equals(name) && !addresses.isEmpty();
    List<InetAddress> found = new ArrayList<>();
    for (String address : known && type == ADDRESS ? addresses : List.<String>of()) {
      found.add(InetAddress.getByName(address));
    }
    ByteBuffer answer = ByteBuffer.allocate(MOST);
    answer.putShort(id).putShort(known ? ANSWERED : NO_SUCH_NAME);
    answer.putShort((short) 1).putShort((short) found.size()).putInt(0);
    answer.put(question.slice(HEADER, question.position() - HEADER));
    for (InetAddress address : found) {
      answer.putShort(NAME_OF_THE_QUESTION).putShort(ADDRESS).putShort(INTERNET).putInt(0);
      answer.putShort((short) address.getAddress().length).put(address.getAddress());
    }
    byte[] bytes = new byte[answer.position()];
    answer.flip().get(bytes);
    return bytes;
  }

  private static String name(ByteBuffer question) {
    List<String> labels = new ArrayList<>();
    for (int length = question.get(); length > 0; length = question.get()) {
      byte[] label = new byte[length];
      question.get(label);
      labels.add(new String(label, US_ASCII));
    }
    return String.join(".", labels);
  }

  @Override
  public void close() {
    socket.close();
  }
}

package io.streamgauge.agent.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.dns.AddressResolverOptions;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;

/** A DNS server that knows one name, which has several IPv4 addresses. */
final class NameServer implements AutoCloseable {
  private static final int HEADER = 12;
  private static final int TYPE_A = 1;
  private static final short ANSWER = (short) 0x8180;
  private static final short NO_SUCH_NAME = (short) 0x8183;

  private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final byte[] name;
  private final List<InetAddress> addresses;

  /**
   * @param label of the name, which has a single one
   */
  NameServer(String label, List<String> addresses) throws IOException {
    this.name = label.getBytes(US_ASCII);
    this.addresses = addresses.stream().map(NameServer::address).toList();
    Thread.ofVirtual().start(this::serve);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  AddressResolverOptions options() {
    return new AddressResolverOptions().addServer("127.0.0.1:" + socket.getLocalPort());
  }

  private void serve() {
    byte[] query = new byte[512];
    while (!socket.isClosed()) {
      try {
        var packet = new DatagramPacket(query, query.length);
        socket.receive(packet);
        byte[] answer = answer(query);
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException _) { // it is closed
      }
    }
  }

  private byte[] answer(byte[] query) {
    int end = HEADER;
    while (query[end] != 0) {
      end += query[end] + 1;
    }
    boolean known =
        new String(query, HEADER + 1, query[HEADER], US_ASCII).equals(new String(name, US_ASCII));
    boolean answered = known && query[end + 2] == TYPE_A;
    ByteBuffer answer = ByteBuffer.allocate(512);
    answer.put(query, 0, 2).putShort(known ? ANSWER : NO_SUCH_NAME);
    answer.putShort((short) 1).putShort((short) (answered ? addresses.size() : 0)).putInt(0);
    answer.put(query, HEADER, end + 5 - HEADER);
    if (answered) {
      for (InetAddress address : addresses) {
        answer.putShort((short) (0xc000 | HEADER)).putShort((short) TYPE_A).putShort((short) 1);
        answer.putInt(60).putShort((short) 4).put(address.getAddress());
      }
    }
    byte[] bytes = new byte[answer.position()];
    answer.flip().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    socket.close();
  }
}

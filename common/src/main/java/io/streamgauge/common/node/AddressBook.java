package io.streamgauge.common.node;

import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Empties the event bus's memory of who serves an address when the cluster says that registrations
 * were lost, because Vert.x 5 does nothing then: its selector waits for an event of the address. A
 * partition whose two holders died together is lost without one, and a merge brings registrations
 * without one too; the bus would send to the dead for ever.
 */
final class AddressBook implements RegistrationListener {
  private final RegistrationListener bus;
  private final Set<String> remembered = ConcurrentHashMap.newKeySet();

  AddressBook(RegistrationListener bus) {
    this.bus = bus;
  }

  /** The bus asks for the address once, and remembers what it is told. */
  void asked(String address) {
    remembered.add(address);
  }

  @Override
  public boolean wantsUpdatesFor(String address) {
    return bus.wantsUpdatesFor(address);
  }

  @Override
  public void registrationsUpdated(RegistrationUpdateEvent event) {
    bus.registrationsUpdated(event);
  }

  /**
   * Where nobody serves an address the bus forgets it, and asks anew for its next message. They
   * stay remembered here, because an answer to the bus may still be under way.
   */
  @Override
  public void registrationsLost() {
    for (String address : remembered) {
      bus.registrationsUpdated(new RegistrationUpdateEvent(address, List.of()));
    }
  }
}

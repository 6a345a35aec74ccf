package io.streamgauge.common.node;

import com.hazelcast.config.Config;
import io.vertx.core.Completable;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hazelcast's, with an {@link AddressBook} between it and the event bus. */
final class ClusterManager extends HazelcastClusterManager {
  private volatile @Nullable AddressBook book;

  ClusterManager(Config config) {
    super(config);
  }

  @Override
  public void registrationListener(RegistrationListener bus) {
    AddressBook between = new AddressBook(bus);
    book = between;
    super.registrationListener(between);
  }

  @Override
  public void getRegistrations(String address, Completable<List<RegistrationInfo>> promise) {
    AddressBook between = book;
    if (between != null) {
      between.asked(address);
    }
    super.getRegistrations(address, promise);
  }
}

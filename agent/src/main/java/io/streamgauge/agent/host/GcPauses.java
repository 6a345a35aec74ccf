package io.streamgauge.agent.host;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.DistributionRecorder;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** Collects the process's garbage-collection pauses, to the millisecond that the JVM tells. */
final class GcPauses implements AutoCloseable {
  private final NotificationListener listener = (notification, _) -> take(notification);
  private final DistributionRecorder pauses = new DistributionRecorder();

  GcPauses() {
    emitters(emitter -> emitter.addNotificationListener(listener, null, null));
  }

  private synchronized void take(Notification notification) {
    if (notification.getUserData() instanceof CompositeData data
        && GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION.equals(
            notification.getType())) {
      GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(data);
      pauses.record(TimeUnit.MILLISECONDS.toNanos(info.getGcInfo().getDuration()));
    }
  }

  synchronized Distribution distribution() {
    return pauses.snapshot();
  }

  @Override
  public void close() {
    emitters(
        emitter -> {
          try {
            emitter.removeNotificationListener(listener);
          } catch (javax.management.ListenerNotFoundException _) {
            // It hears nothing more, which is all that is wanted.
          }
        });
  }

  private static void emitters(java.util.function.Consumer<NotificationEmitter> action) {
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      boolean stopsTheWorld =
          !bean.getName().contains("Concurrent") && !bean.getName().endsWith("Cycles");
      if (stopsTheWorld && bean instanceof NotificationEmitter emitter) {
        action.accept(emitter);
      }
    }
  }
}

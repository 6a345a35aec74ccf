package io.streamgauge.common.agent;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whose clock says when a read came. */
public enum StampSource {
  /** The kernel's, when the packet arrived: Linux, plain HTTP, epoll. */
  KERNEL,
  /** The client's, when its event loop took the read: TLS, other systems, other transports. */
  USER;

  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}

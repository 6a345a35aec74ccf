package io.streamgauge.agent.client.wire.kernel;

import io.streamgauge.common.node.ConnectionRoom;

/**
 * The kernel's table of this process's open files, which doubles when it is full. In a process of
 * several threads the one that opens the file too many then waits until every processor has been
 * through the scheduler (expand_fdtable, Linux's fs/file.c): 13 to 25 ms, in which a lane would
 * read and send nothing. So it is made large once, before a load begins.
 */
public final class FileTable {
  /** Half a MiB of the kernel's memory. */
  private static final int LARGE = 1 << 16;

  private static final boolean ENLARGED = Libc.Usable.WHY_NOT.isEmpty() && enlarged();

  /** Once a process. Blocks: what it spares the lanes it does itself. */
  public static boolean enlarge() {
    return ENLARGED;
  }

  private static boolean enlarged() {
    Libc libc = new Libc();
    int any = libc.epoll();
    int high = any < 0 ? any : Libc.duplicate(any, (int) Math.min(LARGE, limit()) - 1);
    Libc.close(any);
    Libc.close(high);
    return high >= 0;
  }

  private static long limit() {
    return ConnectionRoom.current().files();
  }

  private FileTable() {}
}

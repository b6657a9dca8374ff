package org.deconvnet;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much memory a piece of code asked for, whether or not it was collected since. */
public final class AllocatedBytes {
  private AllocatedBytes() {}

  /** Bytes that this thread has allocated since its start. */
  public static long ofThisThread() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}

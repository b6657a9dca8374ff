package org.deconvnet.notebook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import jdk.jshell.execution.DirectExecutionControl;

/**
 * Runs the shell's snippets on the thread that asks, in this process, and keeps what they return or
 * throw: the shell itself hands on texts alone. One cell at a time; {@link #stop} may come from any
 * thread.
 */
final class CellControl extends DirectExecutionControl {
  private volatile Thread running;
  private Object value;
  private Throwable thrown;

  @Override
  protected String invoke(Method snippet) throws Exception {
    value = null;
    thrown = null;
    running = Thread.currentThread();
    try {
      value = snippet.invoke(null);
      return "";
    } catch (InvocationTargetException e) {
      thrown = e.getCause();
      throw e;
    } finally {
      running = null;
    }
  }

  /** What the last snippet returned; null for nothing. */
  Object value() {
    return value;
  }

  /** What the last snippet threw; null if it ended well. */
  Throwable thrown() {
    return thrown;
  }

  /** Interrupts the snippet that runs, if one does. */
  @Override
  public void stop() {
    Thread thread = running;
    if (thread != null) {
      thread.interrupt();
    }
  }
}

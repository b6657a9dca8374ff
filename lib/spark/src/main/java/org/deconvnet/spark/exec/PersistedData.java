package org.deconvnet.spark.exec;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * What a training run keeps on the executors (memory, then disk). Closing gives all of it back,
 * however the run ends. Not thread-safe: the driver's.
 */
final class PersistedData implements AutoCloseable {
  private final Map<Integer, JavaRDD<?>> kept = new HashMap<>();

  <T> JavaRDD<T> keep(JavaRDD<T> data) {
    JavaRDD<T> persisted = data.persist(StorageLevel.MEMORY_AND_DISK());
    kept.put(persisted.id(), persisted);
    return persisted;
  }

  /** Gives back what is no longer needed; nothing happens to what was never kept. */
  void release(JavaRDD<?> data) {
    if (kept.remove(data.id()) != null) {
      data.unpersist(false);
    }
  }

  /** Gives back all but one, which need not be kept. */
  void releaseAllBut(JavaRDD<?> data) {
    JavaRDD<?> staying = kept.remove(data.id());
    close();
    if (staying != null) {
      kept.put(data.id(), staying);
    }
  }

  @Override
  public void close() {
    kept.values().forEach(data -> data.unpersist(false));
    kept.clear();
  }
}

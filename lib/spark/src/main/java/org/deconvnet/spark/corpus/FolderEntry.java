package org.deconvnet.spark.corpus;

/**
 * What lies directly in a folder.
 *
 * @param name without its folder; bytes that are no UTF-8 are escaped
 * @param length in bytes, of a file
 * @param refusal why it cannot be read, whatever it holds; null: it can
 */
record FolderEntry(String name, boolean isFolder, long length, String refusal) {
  static FolderEntry file(String name, long length) {
    return new FolderEntry(name, false, length, null);
  }

  static FolderEntry folder(String name) {
    return new FolderEntry(name, true, 0, null);
  }

  static FolderEntry refused(String name, boolean isFolder, String refusal) {
    return new FolderEntry(name, isFolder, 0, refusal);
  }

  /** A folder sorts as its files' ids do: by its name with the slash. */
  String key() {
    return isFolder ? name + "/" : name;
  }
}

package org.deconvnet.spark.corpus;

/**
 * The id of an image: its path below the corpus' root, its parts joined by slashes. Moving a corpus
 * changes no id, so it changes no split and no batch.
 */
public final class ImageId {
  private ImageId() {}

  /** The first folder below the root, or null for an image that lies in the root itself. */
  static String classOf(String id) {
    int slash = id.indexOf('/');
    return slash < 0 ? null : id.substring(0, slash);
  }

  /**
   * Refuses an id that would lead out of a folder that files are named after it in. Ids of listed
   * files never do; those of a packed corpus are what somebody wrote into it.
   *
   * @return the id
   * @throws CorpusException naming it
   */
  public static String requireBelow(String id) {
    for (String part : id.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0) {
        throw new CorpusException(
            "image '%s': expected a path below the corpus, without empty parts, '.' and '..'; the packed corpus is damaged or foreign, pack it again"
                .formatted(id.replace('\0', '?')));
      }
    }
    return id;
  }
}

package org.deconvnet.preprocess;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The first page of a TIFF. Its reader takes whatever the file's directories hold; it is given this
 * page's alone, and of its fields those that pixels depend on: damage elsewhere harms no image.
 */
final class TiffPage {
  private TiffPage() {}

  static Optional<TiffDirectory> directory(byte[] content) {
    return TiffDirectory.of(content, 0, content.length);
  }

  /** A file with this page and nothing else; the same array if there is no directory. */
  static byte[] alone(byte[] content) {
    return directory(content).map(all -> alone(content, all)).orElse(content);
  }

  private static byte[] alone(byte[] content, TiffDirectory all) {
    int at = content.length + content.length % 2;
    ByteBuffer page =
        ByteBuffer.wrap(Arrays.copyOf(content, at + 6 + all.count() * TiffDirectory.ENTRY))
            .order(all.order())
            .putInt(4, at)
            .position(at + 2);
    Set<Integer> tags = new HashSet<>();
    for (int entry = 0; entry < all.count(); entry++) {
      if (TiffTags.ofPixels(all.tag(entry), all.type(entry))
          && all.isInside(entry)
          && tags.add(all.tag(entry))) {
        page.put(content, all.place(entry), TiffDirectory.ENTRY);
      }
    }
    return page.putShort(at, (short) tags.size()).array();
  }

  /**
   * Truncated where the directory, or what it says of strips and tiles, leads out of the file;
   * damaged where a part is larger than the page.
   */
  static FileIntegrity integrity(byte[] content) {
    TiffDirectory page = directory(content).orElse(null);
    if (page == null || !page.isWhole()) {
      return FileIntegrity.TRUNCATED;
    }
    boolean tiles = page.has(TiffTags.TILE_OFFSETS);
    int where = tiles ? TiffTags.TILE_OFFSETS : TiffTags.STRIP_OFFSETS;
    long[] offsets = page.numbers(where);
    if (page.has(where) && offsets.length == 0) {
      return FileIntegrity.TRUNCATED;
    }
    long[] bytes = page.numbers(tiles ? TiffTags.TILE_BYTES : TiffTags.STRIP_BYTES);
    TiffParts parts = TiffParts.of(page, tiles);
    for (int i = 0; i < offsets.length; i++) {
      long said = i < bytes.length ? bytes[i] : 1;
      if (offsets[i] + Math.max(said, parts.bytes(i)) > content.length) {
        return FileIntegrity.TRUNCATED;
      }
    }
    boolean coded = page.number(TiffTags.COMPRESSION, 0) == TiffJpegParts.COMPRESSION;
    return !coded || TiffJpegParts.fit(content, page, offsets, bytes)
        ? FileIntegrity.COMPLETE
        : FileIntegrity.DAMAGED;
  }
}

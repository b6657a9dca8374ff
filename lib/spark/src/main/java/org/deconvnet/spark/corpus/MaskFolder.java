package org.deconvnet.spark.corpus;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.ImageDecodeException;
import org.deconvnet.preprocess.ImageDecoder;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * A folder of masks, PNG files that are black where their image's pixels are hidden. A mask lies at
 * its image's path below the corpus, with {@code .png} in place of the extension. Tasks read them
 * where the images are.
 */
public final class MaskFolder implements Serializable {
  private static final long serialVersionUID = 1;

  /** Anything darker is black: painted edges are soft. */
  private static final float MID_GREY = 0.5f;

  private final String root;
  private final long maxPixels;
  private final SerializableConfiguration hadoop;

  private MaskFolder(String root, long maxPixels, SerializableConfiguration hadoop) {
    this.root = root;
    this.maxPixels = maxPixels;
    this.hadoop = hadoop;
  }

  /**
   * @param maxPixels of a mask, as of an image
   * @throws CorpusException if there is no such folder
   */
  public static MaskFolder open(SparkSession spark, String folder, long maxPixels) {
    Path path = FolderAddress.of(spark, "masks", folder);
    var hadoop = new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    try {
      FileSystem fileSystem = path.getFileSystem(hadoop.value());
      Path root = fileSystem.makeQualified(path);
      if (!fileSystem.getFileStatus(root).isDirectory()) {
        throw new CorpusException(
            "masks %s: expected a folder of PNG files, got a file".formatted(folder));
      }
      return new MaskFolder(root.toString(), maxPixels, hadoop);
    } catch (FileNotFoundException e) {
      throw new CorpusException(
          "masks %s: expected a folder of PNG files, got nothing there; check --masks"
              .formatted(folder),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("masks %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /**
   * @param id of the image
   * @param image its shape
   * @return (1, H, W), 1 for pixels that are seen and 0 for those that are hidden
   * @throws UserErrorException naming the mask's file, if there is none, it cannot be read, or it
   *     has another size than the image
   */
  public FeatureMaps mask(String id, Shape image) {
    Path file = file(id);
    FeatureMaps picture = read(file);
    if (!picture.shape().withMaps(1).equals(image.withMaps(1))) {
      throw new UserErrorException(
          "mask %s: expected %d x %d pixels, height by width, as the image has, got %d x %d"
              .formatted(file, image.height(), image.width(), picture.height(), picture.width()));
    }
    return seen(picture);
  }

  /** An id may come from a packed corpus that anybody wrote: it must not lead elsewhere. */
  private Path file(String id) {
    String below = ImageId.requireBelow(id);
    int point = below.lastIndexOf('.');
    String bare = point > below.lastIndexOf('/') + 1 ? below.substring(0, point) : below;
    return new Path(root + "/" + bare + ".png");
  }

  private FeatureMaps read(Path file) {
    try (InputStream in = file.getFileSystem(hadoop.value()).open(file)) {
      DecodeLimits limits = new DecodeLimits(maxPixels, DecodeLimits.DEFAULT.maxBytes());
      // One byte too many is refused as a file that is too large.
      int most = (int) Math.min(Integer.MAX_VALUE - 8, limits.maxBytes() + 1);
      return ImageDecoder.decode(in.readNBytes(most), limits);
    } catch (FileNotFoundException e) {
      throw new UserErrorException(
          "mask %s: expected a PNG file, black where the image is hidden, got none"
              .formatted(file));
    } catch (ImageDecodeException e) {
      throw new UserErrorException("mask %s: %s".formatted(file, e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("mask %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static FeatureMaps seen(FeatureMaps picture) {
    FeatureMaps seen = FeatureMaps.zeros(picture.shape().withMaps(1));
    int plane = seen.data().length;
    for (int i = 0; i < plane; i++) {
      float sum = 0;
      for (int map = 0; map < picture.maps(); map++) {
        sum += picture.data()[map * plane + i];
      }
      seen.data()[i] = sum < MID_GREY * picture.maps() ? 0 : 1;
    }
    return seen;
  }
}

package org.deconvnet.preprocess;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.pnm.PNMImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The reader of each format. ImageIO finds plug-ins through the context class loader of whichever
 * thread asks first, which on a Spark executor need not see this library's jars; so its plug-ins
 * are registered by name, once, while this class is initialised, and kept. Thread-safe.
 */
final class ImageReaders {
  private static final Map<ImageFormat, ImageReaderSpi> PROVIDERS = providers();

  private ImageReaders() {}

  /** A fresh reader, for one thread and one image; dispose of it. */
  static ImageReader create(ImageFormat format) throws IOException {
    return PROVIDERS.get(format).createReaderInstance();
  }

  private static Map<ImageFormat, ImageReaderSpi> providers() {
    ImageIO.setUseCache(false); // the bytes are in memory already: no temporary files
    IIORegistry registry = IIORegistry.getDefaultInstance();
    Map<ImageFormat, ImageReaderSpi> providers = new EnumMap<>(ImageFormat.class);
    providers.put(ImageFormat.JPEG, registered(registry, new JPEGImageReaderSpi()));
    providers.put(ImageFormat.PNM, registered(registry, new PNMImageReaderSpi()));
    providers.put(ImageFormat.TIFF, registered(registry, new TIFFImageReaderSpi()));
    providers.put(ImageFormat.WEBP, registered(registry, new WebPImageReaderSpi()));
    providers.put(ImageFormat.PNG, ofTheJdk(registry, "png"));
    providers.put(ImageFormat.GIF, ofTheJdk(registry, "gif"));
    providers.put(ImageFormat.BMP, ofTheJdk(registry, "bmp"));
    return providers;
  }

  /** The registered provider of this class; registering wires the JPEG one to the JDK's. */
  private static ImageReaderSpi registered(IIORegistry registry, ImageReaderSpi wanted) {
    ImageReaderSpi present = registry.getServiceProviderByClass(wanted.getClass());
    if (present != null) {
      return present;
    }
    registry.registerServiceProvider(wanted, ImageReaderSpi.class);
    return wanted;
  }

  private static ImageReaderSpi ofTheJdk(IIORegistry registry, String formatName) {
    Iterator<ImageReaderSpi> all = registry.getServiceProviders(ImageReaderSpi.class, true);
    while (all.hasNext()) {
      ImageReaderSpi provider = all.next();
      boolean ofTheJdk = provider.getClass().getModule().getName() != null;
      for (String name : provider.getFormatNames()) {
        if (ofTheJdk && name.equalsIgnoreCase(formatName)) {
          return provider;
        }
      }
    }
    throw new IllegalStateException(
        "image readers: expected the JDK's %s reader, found none; use a Java with java.desktop"
            .formatted(formatName));
  }
}

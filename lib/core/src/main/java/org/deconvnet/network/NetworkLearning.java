package org.deconvnet.network;

import java.io.IOException;
import java.io.Serializable;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.Coding;
import org.deconvnet.learn.LastPass;
import org.deconvnet.learn.LayerLearning;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.store.ModelFiles;

/**
 * How a family learns a network layer by layer: what a loop over the layers needs to know of it.
 * Not thread-safe.
 *
 * @param <N> the family's network
 * @param <I> the family's state of an image
 * @param <K> what images are coded with
 */
public interface NetworkLearning<N extends Network, I extends TrainingImage, K extends Coding<I>> {
  /** The family, as checkpoints name it. */
  String family();

  /** The layers asked for, in a text that tells any two settings apart. */
  String identity();

  /** How many layers are asked for. */
  int layers();

  /** The network before its first layer is learned. */
  N none();

  /** Whether an epoch starts from the codes of the one before; else codes start from zero. */
  boolean keepsCodes();

  /**
   * @param number from 1
   * @return images between two updates of the layer's filters
   */
  int batchSize(int number);

  /**
   * @param number from 1
   * @return what deals a layer's images out to batches
   */
  long seed(int number);

  /** How the layer on top of these is learned. */
  LayerLearning<I, K> layer(N below);

  /** The network with one more layer. */
  N plus(N below, K finished, LastPass all);

  /**
   * How a layer of a learned network codes.
   *
   * @param number from 1
   */
  K coding(N network, int number);

  /**
   * From an image with the code of the network's top layer to what the layer above it learns on.
   */
  HandUp<I> handUp(N network);

  /** Makes the state of an image that is yet to be coded, or was stored. */
  TrainingImage.Maker<I> images();

  void write(N network, ModelFiles files) throws IOException;

  /**
   * @throws IOException if the files hold anything but such a network
   */
  N read(ModelFiles files) throws IOException;

  /**
   * Hands an image up by a layer; goes to where the images are.
   *
   * @param <I> the family's state of an image
   */
  @FunctionalInterface
  interface HandUp<I extends TrainingImage> extends Serializable {
    I above(I coded);
  }

  /**
   * Starts learning, once the images and the engine are known.
   *
   * @param <N> the family's network
   * @param <I> the family's state of an image
   * @param <K> what images are coded with
   */
  @FunctionalInterface
  interface Start<N extends Network, I extends TrainingImage, K extends Coding<I>> {
    /**
     * @param channels of the images
     * @param engine for what the driver itself computes
     * @throws IllegalArgumentException if the layers do not fit on such images or on each other
     */
    NetworkLearning<N, I, K> on(int channels, ConvolutionEngine engine);
  }
}

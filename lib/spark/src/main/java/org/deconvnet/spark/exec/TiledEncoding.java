package org.deconvnet.spark.exec;

import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.solve.greedy.TileDescent;
import org.deconvnet.solve.greedy.TileProgress;
import org.deconvnet.solve.greedy.TileRounds;
import org.deconvnet.solve.greedy.TiledCode;
import org.deconvnet.solve.greedy.TiledProblem;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/**
 * The sparse code of one image that is too large for one worker: {@link TileRounds} with tiles
 * spread over partitions.
 *
 * <p>Each tile's window of the image crosses the network once. Then a turn sends what changed near
 * borders, to the driver and on. A task holds a dense code of one tile, 4 K bytes a place with K
 * filled up to a multiple of 16; an executor keeps its windows and sparse codes. The code has the
 * same bits for any number of partitions and executors; another tiling gives another code, as good
 * within the tolerance.
 *
 * @param partitions tiles work at once in as many as a colour has tiles, a quarter of all tiles
 * @param engine of the convolutions: auto, vector or scalar
 */
public record TiledEncoding(
    JavaSparkContext context, TiledProblem problem, int partitions, String engine) {
  public TiledEncoding {
    Checks.atLeast("partitions", 1, partitions);
  }

  /**
   * Codes an image now.
   *
   * @param image (C, H, W), of the tiling's size; on the driver
   * @param listener told after each round
   * @throws IllegalArgumentException if the image does not fit the problem, or holds a number that
   *     is not finite
   * @throws org.deconvnet.tensor.UserErrorException if a filter's norm exceeds 1
   */
  public TiledCode encode(FeatureMaps image, Consumer<TileProgress> listener) {
    try (SparkTiles tiles = tiles(image)) {
      return new TileRounds(problem, tiles, listener).run();
    }
  }

  /**
   * The same with κ in shares of λ_max, the least λ at which the image's code is zero. One more
   * pass over the image finds it.
   *
   * @param lambda λ, which κ has as a factor
   */
  public TiledCode encodeByShare(
      double lambda, FeatureMaps image, Consumer<TileProgress> listener) {
    double lambdaMax;
    try (SparkTiles tiles = tiles(image)) {
      lambdaMax = lambda * tiles.excess();
    }
    // An image without anything in it has no λ_max, and any λ makes its code zero.
    TiledProblem scaled = lambdaMax > 0 ? problem.withPenaltyTimes(lambdaMax) : problem;
    return new TiledEncoding(context, scaled, partitions, engine).encode(image, listener);
  }

  private SparkTiles tiles(FeatureMaps image) {
    problem.check(image);
    String name = ConvolutionEngines.resolve(engine);
    // Refuses here, and not on an executor, what no tile can be coded with.
    TileDescent unused = new TileDescent(problem, ConvolutionEngines.create(name));
    return new SparkTiles(context, problem, image, partitions, name);
  }
}

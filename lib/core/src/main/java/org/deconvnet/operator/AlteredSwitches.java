package org.deconvnet.operator;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Shape;

/**
 * Switches other than those that pooling found, for asking what the places of activations
 * contribute (Zeiler et al., ICCV 2011, section 2.2): values stay in their blocks and move within
 * them. Pure functions; thread-safe.
 */
public final class AlteredSwitches {
  private AlteredSwitches() {}

  /** A place in the unpooled maps from a block's indices, counted in blocks. */
  private interface Place {
    int of(Block block);
  }

  /**
   * Every switch at the middle of its block, along the maps too. Of an even number of entries the
   * lower middle counts; of a partial block, the middle of what lies inside the maps.
   *
   * @param own switches made by pooling with {@code size}; only their shapes matter
   * @return newly allocated
   */
  public static Switches atCentres(PoolSize size, Switches own) {
    return each(
        size, own, b -> b.index((b.maps() - 1) / 2, (b.rows() - 1) / 2, (b.columns() - 1) / 2));
  }

  /**
   * The switches of another image's code: block (k, y, x) takes the offsets, within its block, of
   * the other's block (k, y mod H, x mod W), with H × W the other's pooled rows and columns, since
   * images differ in size. An offset that a partial block is too small for wraps around in it.
   *
   * @param own the switches to be replaced; only their shapes matter
   * @param other of the same layer, from an image of any size
   * @return newly allocated, shaped as {@code own}; equal to {@code own} if both are the same
   * @throws IllegalArgumentException if the numbers of maps differ
   */
  public static Switches fromAnother(PoolSize size, Switches own, Switches other) {
    Checks.equal("switches of another image: maps", own.unpooled().maps(), other.unpooled().maps());
    return each(size, own, block -> block.index(Block.holding(size, block, other)));
  }

  private static Switches each(PoolSize size, Switches own, Place place) {
    Checks.sameShape("switches: pooled", size.pooled(own.unpooled()), own.pooled());
    Switches altered = Switches.allocate(own.pooled(), own.unpooled());
    Shape pooled = own.pooled();
    int at = 0;
    for (int k = 0; k < pooled.maps(); k++) {
      for (int y = 0; y < pooled.height(); y++) {
        for (int x = 0; x < pooled.width(); x++) {
          altered.index()[at++] = place.of(new Block(size, own.unpooled(), k, y, x));
        }
      }
    }
    return altered;
  }

  /** Where an entry lies within its block. */
  private record Offset(int map, int row, int column) {}

  /** A pooling block of maps of a shape; map, row and column count in blocks. */
  private record Block(PoolSize size, Shape shape, int map, int row, int column) {
    int maps() {
      return Math.min(size.maps(), shape.maps() - map * size.maps());
    }

    int rows() {
      return Math.min(size.rows(), shape.height() - row * size.rows());
    }

    int columns() {
      return Math.min(size.columns(), shape.width() - column * size.columns());
    }

    int index(int mapOffset, int rowOffset, int columnOffset) {
      int k = map * size.maps() + mapOffset;
      int y = row * size.rows() + rowOffset;
      return (k * shape.height() + y) * shape.width() + column * size.columns() + columnOffset;
    }

    int index(Offset offset) {
      return index(offset.map % maps(), offset.row % rows(), offset.column % columns());
    }

    /** The offset of the switch that another image has in the block's place, wrapped around. */
    static Offset holding(PoolSize size, Block block, Switches other) {
      Shape pooled = other.pooled();
      int row = block.row % pooled.height();
      int column = block.column % pooled.width();
      int winner = other.index()[(block.map * pooled.height() + row) * pooled.width() + column];
      Shape maps = other.unpooled();
      return new Offset(
          winner / maps.plane() - block.map * size.maps(),
          winner % maps.plane() / maps.width() - row * size.rows(),
          winner % maps.width() - column * size.columns());
    }
  }
}

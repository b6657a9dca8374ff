package org.deconvnet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Damages files as disks, transfers and people with intentions do: other bytes, pieces missing,
 * doubled or moved, extreme numbers. The same seed gives the same damage. For one thread.
 */
public final class Mutations {
  private static final List<String> EXTREMES =
      List.of("-1", "0", "2147483647", "2147483648", "1e308", "99999999999999999999", "NaN");

  private final Random random;

  public Mutations(long seed) {
    this.random = new Random(seed);
  }

  /** One to three changes of a file; the file itself stays. */
  public byte[] of(byte[] file) {
    byte[] out = file.clone();
    for (int n = random.nextInt(3); n >= 0; n--) {
      out = changed(out);
    }
    return out;
  }

  private byte[] changed(byte[] file) {
    if (file.length < 8) {
      return file;
    }
    int at = random.nextInt(file.length);
    int end = Math.min(file.length, at + 1 + random.nextInt(64));
    return switch (random.nextInt(8)) {
      case 0 -> replaced(file, at, at + 1, new byte[] {(byte) random.nextInt(256)});
      case 1 -> replaced(file, at, at + 1, new byte[] {(byte) (file[at] ^ 1 << random.nextInt(8))});
      case 2 -> replaced(file, at, end, new byte[0]);
      case 3 -> replaced(file, at, at, java.util.Arrays.copyOfRange(file, at, end));
      case 4 -> java.util.Arrays.copyOf(file, at);
      case 5 -> extremeBytes(file, at);
      case 6 -> extremeNumber(file, at);
      // The first bytes hold what everything else hangs on.
      default -> replaced(file, at % 64, at % 64 + 1, new byte[] {(byte) random.nextInt(256)});
    };
  }

  /** 2 or 4 bytes of ones, or ones but for the sign: sizes and offsets of binary formats. */
  private byte[] extremeBytes(byte[] file, int at) {
    int from = random.nextBoolean() ? at : at % 64;
    byte[] ones = new byte[Math.min(file.length - from, random.nextBoolean() ? 2 : 4)];
    java.util.Arrays.fill(ones, (byte) 0xFF);
    ones[random.nextInt(ones.length)] = (byte) 0x7F;
    return replaced(file, from, from + ones.length, ones);
  }

  /** Another number where the next number of a text stands. */
  private byte[] extremeNumber(byte[] file, int at) {
    int from = at;
    while (from < file.length && !Character.isDigit(file[from])) {
      from++;
    }
    int end = from;
    while (end < file.length && Character.isDigit(file[end])) {
      end++;
    }
    String number = EXTREMES.get(random.nextInt(EXTREMES.size()));
    return replaced(file, from, end, number.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] replaced(byte[] file, int from, int to, byte[] by) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int start = Math.min(from, file.length);
    int end = Math.min(to, file.length);
    out.write(file, 0, start);
    out.writeBytes(by);
    out.write(file, end, file.length - end);
    return out.toByteArray();
  }
}

package org.deconvnet.spark.corpus;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.util.SerializableConfiguration;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.ImageDecodeException;
import org.deconvnet.preprocess.ImageDecoder;
import org.deconvnet.tensor.Shape;

/**
 * Writes one shard: reads its files one after the other, takes each image's size from its header,
 * and appends its bytes as they are. Nothing of a shard but the open group of rows is in memory.
 * Serializable, so that a task can hold one.
 *
 * @param input the corpus' root
 * @param lists where {@link ShardPlan} wrote the shards' lists
 * @param output where shards go
 */
record ShardWriter(SerializableConfiguration hadoop, String input, String lists, String output)
    implements Serializable {
  /** A task that reads holds one group; Spark cuts large shards between groups. */
  private static final long ROW_GROUP = 16L << 20;

  private static final int PAGE = 1 << 20;

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message image {
            required binary path (STRING);
            optional binary label (STRING);
            required binary content;
            required int32 width;
            required int32 height;
          }
          """);

  /** What a shard holds. */
  record Written(
      PackedDescription.Shard shard,
      List<PackedDescription.ClassFolder> classes,
      List<SkippedFile> skipped)
      implements Serializable {}

  /** Writes a shard; a task that runs again writes the same bytes again. */
  Written write(int number) {
    Path file = new Path(output, PackedDescription.Shard.name(number));
    try {
      FileSystem fileSystem = file.getFileSystem(hadoop.value());
      List<String> ids = ShardPlan.read(fileSystem, new Path(lists), number);
      ShardContents contents = new ShardContents();
      WholeFile.write(fileSystem, file, part -> write(ids, part, contents));
      long bytes = fileSystem.getFileStatus(file).getLen();
      return contents.written(file.getName(), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }

  private void write(List<String> ids, Path file, ShardContents contents) throws IOException {
    try (ParquetWriter<Group> writer = writer(file)) {
      for (String id : ids) {
        byte[] content = FileSource.content(hadoop, new Path(input), id);
        try {
          Shape size = ImageDecoder.size(content, DecodeLimits.LOOSEST);
          writer.write(row(id, content, size));
          contents.image(id, content.length, size.plane());
        } catch (ImageDecodeException e) {
          contents.skipped(id, e.getMessage());
        }
      }
    }
  }

  private ParquetWriter<Group> writer(Path file) throws IOException {
    return ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, hadoop.value()))
        .withType(SCHEMA)
        .withConf(hadoop.value())
        .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
        // Image files are compressed already.
        .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
        .withDictionaryEncoding("content", false)
        .withStatisticsEnabled("content", false)
        .withRowGroupSize(ROW_GROUP)
        .withPageSize(PAGE)
        // By default sizes are looked at after 100 rows, which may be a gigabyte of photographs.
        .withMinRowCountForPageSizeCheck(1)
        .withMaxRowCountForPageSizeCheck(1)
        .withPageWriteChecksumEnabled(true)
        .build();
  }

  private static Group row(String id, byte[] content, Shape size) {
    Group row = new SimpleGroup(SCHEMA);
    row.append("path", id);
    if (ImageId.classOf(id) != null) {
      row.append("label", ImageId.classOf(id));
    }
    return row.append("content", Binary.fromConstantByteArray(content))
        .append("width", size.width())
        .append("height", size.height());
  }
}

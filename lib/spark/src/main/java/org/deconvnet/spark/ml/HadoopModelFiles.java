package org.deconvnet.spark.ml;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.store.ModelFiles;

/** Model files on whatever file system Hadoop knows the path by. */
public final class HadoopModelFiles implements ModelFiles {
  private final FileSystem fileSystem;
  private final Path folder;

  public HadoopModelFiles(SparkSession spark, String folder) throws IOException {
    this.folder = new Path(folder);
    this.fileSystem = this.folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
  }

  @Override
  public OutputStream create(String name) throws IOException {
    return fileSystem.create(new Path(folder, name), true);
  }

  @Override
  public InputStream open(String name) throws IOException {
    return fileSystem.open(new Path(folder, name));
  }

  @Override
  public String location() {
    return folder.toString();
  }
}

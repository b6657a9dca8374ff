package org.deconvnet.jobs;

import org.deconvnet.tensor.UserErrorException;
import picocli.CommandLine.Command;

/** The verb as help and completion show it; {@code ./deconvnet} itself starts Jupyter. */
@Command(
    name = "notebook",
    mixinStandardHelpOptions = true,
    description = {
      "Opens the notebooks of this checkout in Jupyter, with a kernel for Java beside Python's.",
      "Options after it go to Jupyter. Its kernels and settings outside the checkout stay as they are."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet notebook")
final class NotebookCommand implements Runnable {
  @Override
  public void run() {
    throw new UserErrorException(
        "notebook: expected a checkout, got a jar or a release; clone the sources, and run ./deconvnet notebook there");
  }
}

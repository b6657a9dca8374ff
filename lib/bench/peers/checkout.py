"""Finds SPORCO, which is not bundled: a checkout by option or by SPORCO in the environment."""

import os
import pathlib
import sys

# One thread, said before NumPy is loaded.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"


def use(path):
    path = path or os.environ.get("SPORCO")
    if not path or not pathlib.Path(path, "sporco", "__init__.py").is_file():
        sys.exit(f"SPORCO: expected a checkout of github.com/bwohlberg/sporco, got {path}; name it with --sporco or SPORCO")
    sys.path.insert(0, path)
    import sporco.fft

    sporco.fft.pyfftw_threads = 1

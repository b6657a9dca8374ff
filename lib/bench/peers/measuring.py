"""Time and memory of a piece of work in this process; Linux only, for /proc/self/status."""

import time


def kilobytes(key):
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith(key + ":"):
                return int(line.split()[1])
    raise OSError(f"/proc/self/status: expected a line {key}, found none; this needs Linux")


class Meter:
    """Wall seconds and CPU seconds of all threads, summed over the pieces of work; peak resident MB (10^6 bytes) above the start."""

    def __init__(self):
        self.resident = kilobytes("VmRSS")
        self.wall = self.cpu = 0.0

    def __enter__(self):
        self.since = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *error):
        self.wall += time.perf_counter() - self.since[0]
        self.cpu += time.process_time() - self.since[1]

    def numbers(self):
        peak = (kilobytes("VmHWM") - self.resident) * 1024 / 1e6
        return {"seconds": round(self.wall, 4), "cpu_seconds": round(self.cpu, 4), "peak_mb": round(peak, 1)}

"""One PDF of many in a process of its own: prints its seconds, bytes and the megabytes it added, as JSON."""

import json
import sys
import time
from pathlib import Path

from learning.desk.benchmarks.import_run import peak_megabytes
from learning.records.bundling.merged import write_merged


def merge(folder: Path, count: int) -> dict[str, float]:
    """Put the first `count` files of a folder together."""
    before, begun, target = peak_megabytes(), time.perf_counter(), folder / f"whole-{count}.pdf"
    pages = write_merged(
        ((folder / f"{number}.pdf").read_bytes() for number in range(count)), target, title="วุฒิบัตร", remark="สำเนา"
    )
    return {
        "pages": pages,
        "seconds": round(time.perf_counter() - begun, 1),
        "bytes": target.stat().st_size,
        "peak_mb": peak_megabytes(),
        "added_mb": peak_megabytes() - before,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(merge(Path(sys.argv[1]), int(sys.argv[2]))))

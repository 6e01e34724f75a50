"""How long `verify` takes on a server of this machine, beside the time that cannot be avoided.

    .venv/bin/python tests/benchmark_online.py [ROUNDS]

500 addresses on one host, each answered after 20 ms, 2 at a time: 5 seconds by the sum, and what a
bare client of two connections takes, which reads nothing, on this machine and of this very server.
Every run is a process of its own. Then its memory with large bodies, and what a second run is sent.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from servers import Reply, Site, page, validated, zeros

ROOT = Path(__file__).parent.parent
ADDRESSES, DELAY, AT_ONCE = 500, 0.02, 2
UNAVOIDABLE = ADDRESSES * DELAY / AT_ONCE
TEXT = "<p>แผนการดำเนินงานประจำปีงบประมาณ พ.ศ. 2570 ของเทศบาล " * 40
MIB = 1 << 20
BARE = """
import http.client, sys, threading
numbers = iter(range(int(sys.argv[2])))
def work():
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
    for number in numbers:
        connection.request("GET", f"/{number}")
        connection.getresponse().read()
threads = [threading.Thread(target=work) for _ in range(int(sys.argv[3]))]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""


def evidence(site: Site, paths: list[str]) -> str:
    """An evidence file that names some paths of a site, and no website."""
    urls = "".join(f"    - {{url: '{site.address(path)}'}}\n" for path in paths)
    return f"agency: {{name: ก}}\nfiscal_year: 2570\nevidence:\n  news:\n{urls}"


def run(folder: Path, *options: str) -> tuple[float, float, int]:
    """Seconds, the peak in MiB, and the exit code of one run."""
    command = [sys.executable, "-m", "ita_check", "verify", str(folder / "evidence.yaml")]
    command += ["--allow-private", "-f", "json", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder / "cache")}
    with open(os.devnull, "wb") as nowhere:
        redirect = [(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1)]
        began = time.perf_counter()
        pid = os.posix_spawn(command[0], command, environment, file_actions=redirect)
        _, status, usage = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - began, usage.ru_maxrss / 1024, code


def bare(site: Site) -> float:
    """Seconds of a client that only asks."""
    words = [str(site.port), str(ADDRESSES), str(AT_ONCE)]
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", BARE, *words], check=True)
    return time.perf_counter() - began


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [f"/{number}" for number in range(ADDRESSES)]
        with Site({path: page(TEXT, delay=DELAY) for path in paths}) as site:
            (folder / "evidence.yaml").write_text(evidence(site, paths), encoding="utf-8")
            pairs = [(run(folder, "--no-cache")[0], bare(site)) for _ in range(rounds)]
        seconds, least = (statistics.median(times) for times in zip(*pairs, strict=True))
        print(
            f"{ADDRESSES} addresses: {seconds:.2f} s,"
            f" {seconds / UNAVOIDABLE:.2f} x the sum of {UNAVOIDABLE:.1f} s,"
            f" {seconds / least:.2f} x a bare client's {least:.2f} s"
        )
        large = {f"/{n}": (lambda _: Reply(zeros(19 * MIB))) for n in range(16)}
        with Site(large) as site:
            (folder / "evidence.yaml").write_text(evidence(site, [*large]), encoding="utf-8")
            took, peak, _ = run(folder, "--no-cache")
        print(f"16 bodies of 19 MiB: {took:.1f} s, peak {peak:.0f} MiB")
        kept = {path: validated(TEXT.encode() * 10, f'"{path}"') for path in paths[:100]}
        with Site(kept) as site:
            (folder / "evidence.yaml").write_text(evidence(site, [*kept]), encoding="utf-8")
            run(folder)
            first = site.sent
            run(folder)
            print(
                f"a second run is sent {(site.sent - first) / first:.0%} of the first one's bytes"
            )


if __name__ == "__main__":
    main()

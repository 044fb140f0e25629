"""Big files pass through without filling the memory."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import os, sys
sys.path.insert(0, sys.argv[1])
from sceau import Identity, seal, unseal

def peak_mib():
    # Not ru_maxrss, which remembers the size of the process that forked this one.
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024

size, folder, block = int(sys.argv[2]) << 20, sys.argv[3], os.urandom(1 << 20)
with open(folder + "/clear", "wb") as clear:
    for _ in range(size >> 20):
        clear.write(block)
identity = Identity.generate()
with open(folder + "/clear", "rb") as clear, open(folder + "/sealed", "wb") as sealed:
    seal(clear, sealed, to=identity.recipient)
with open(folder + "/sealed", "rb") as sealed, open(folder + "/opened", "wb") as opened:
    assert unseal(sealed, opened, [identity]) == size
print(peak_mib())
"""


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the peak of memory is read in Linux's /proc"
)
def test_64_mib_are_sealed_and_opened_in_less_than_60_mib(tmp_path):
    source = Path(__file__).parents[2]
    command = [sys.executable, "-c", SCRIPT, str(source), "64", str(tmp_path)]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert int(done.stdout) < 60
    assert (tmp_path / "opened").read_bytes() == (tmp_path / "clear").read_bytes()

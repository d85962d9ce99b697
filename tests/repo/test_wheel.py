"""The wheel carries what the package needs at run time."""

import subprocess
import sys
import zipfile

import pytest
from tools.reference import ROOT


@pytest.mark.long
def test_the_wheel_carries_every_file_of_the_package(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    wanted = {
        str(file.relative_to(ROOT / "src"))
        for file in (ROOT / "src" / "looma").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert wanted - names == set()
    assert not any(name.startswith(("tests/", "bench/")) for name in names)

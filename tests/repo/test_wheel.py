"""The wheel carries what the package needs at run time, the page included, and nothing else."""

import shutil
import subprocess
import sys
import zipfile

import pytest
from tools.reference import ROOT

BUILT = "src/looma/web/built"
TOP = ("pyproject.toml", ".gitignore", "README.md", "LICENSE", "NOTICE", "tools/wheel.py")


@pytest.fixture
def checkout(tmp_path):
    """What a wheel is made from, in a folder of its own, with a page that was never built."""
    for name in TOP:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    unwanted = shutil.ignore_patterns("__pycache__", "built")
    shutil.copytree(ROOT / "src/looma", tmp_path / "src/looma", ignore=unwanted)
    (tmp_path / "web/node_modules/react").mkdir(parents=True)
    (tmp_path / "web/node_modules/react/index.js").write_text("//")
    (tmp_path / "web/index.html").write_text("<!doctype html>")
    return tmp_path


def wheel(folder, *options):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "out"), *options]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)  # noqa: S603


@pytest.mark.long
def test_the_wheel_carries_every_file_of_the_package_and_the_built_page(checkout):
    assets = checkout / BUILT / "assets"
    assets.mkdir(parents=True)
    (checkout / BUILT / "index.html").write_text("<!doctype html>")
    for ending in ("", ".gz", ".br"):
        (assets / f"main-1a2b.js{ending}").write_text("//")
    made = wheel(checkout)
    assert made.returncode == 0, made.stderr
    [packed] = (checkout / "out").glob("*.whl")
    with zipfile.ZipFile(packed) as inside:
        names = set(inside.namelist())
    wanted = {str(f.relative_to(checkout / "src")) for f in (checkout / "src" / "looma").rglob("*") if f.is_file()}
    assert {f"looma/web/built/{n}" for n in ("index.html", "assets/main-1a2b.js.gz", "assets/main-1a2b.js.br")} < wanted
    about = {name for name in names if ".dist-info/" in name}
    assert names - about == wanted


@pytest.mark.long
def test_a_wheel_without_the_page_is_refused_in_words(checkout):
    made = wheel(checkout)
    assert made.returncode != 0
    assert "tools/build_web.sh" in made.stderr
    assert not list(checkout.glob("out/*.whl"))

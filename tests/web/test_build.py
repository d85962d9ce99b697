"""The script that builds the page: when it works, when it lets be, and what it says when it cannot."""

import gzip
import os
import shutil
import subprocess

import pytest
from tools.reference import ROOT

NPM = r"""#!/usr/bin/env bash
set -e
echo "$*" >>"$CALLS"
case "$1" in
ci)
    [ -z "$OFFLINE" ] || { echo "npm error code ECONNREFUSED" >&2; exit 1; }
    mkdir -p node_modules
    ;;
run)
    mkdir -p dist/assets dist/.vite
    cp src/main.js dist/assets/main-1a2b.js
    echo '<div>tiny</div>' >dist/index.html
    echo '{}' >dist/.vite/manifest.json
    ;;
esac
"""
SCRIPTS = ("tools/build_web.sh", "tools/environment.sh", "web/tools/compress.mjs")


class Checkout:
    """A small page and a package manager that fetches nothing."""

    def __init__(self, root):
        self.root, self.built = root, root / "src/looma/web/built"
        for name in SCRIPTS:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
        for name, text in {"package.json": "{}", "package-lock.json": "{}", "src/main.js": "// 1\n" * 500}.items():
            (root / "web" / name).parent.mkdir(exist_ok=True)
            (root / "web" / name).write_text(text)
        (root / "docs/reference/openapi").mkdir(parents=True)
        (root / "src/looma/web").mkdir(parents=True)
        (root / "bin").mkdir()
        (root / "bin/npm").write_text(NPM)
        (root / "bin/npm").chmod(0o755)

    def build(self, **env):
        """What the script says and which commands of npm it used."""
        calls = self.root / "calls"
        calls.write_text("")
        path = f"{self.root / 'bin'}:{os.environ['PATH']}"
        env = {"PATH": path, "CALLS": str(calls), "OFFLINE": "", "HOME": str(self.root), **env}
        ran = subprocess.run(  # noqa: S603
            [self.root / "tools/build_web.sh"], env=env, check=False, capture_output=True, text=True
        )
        return ran, [call.split()[0] for call in calls.read_text().splitlines()]


@pytest.fixture
def checkout(tmp_path):
    if not shutil.which("node"):
        pytest.skip("no Node.js on the PATH")
    return Checkout(tmp_path)


def test_the_page_is_built_and_packed_once(checkout):
    ran, calls = checkout.build()
    assert (ran.returncode, calls) == (0, ["ci", "run"]), ran.stderr
    script = checkout.built / "assets/main-1a2b.js"
    assert gzip.decompress((script.parent / "main-1a2b.js.gz").read_bytes()) == script.read_bytes()
    assert 0 < (script.parent / "main-1a2b.js.br").stat().st_size < script.stat().st_size
    assert sorted(file.name for file in checkout.built.iterdir()) == ["assets", "index.html"]
    ran, calls = checkout.build()
    assert (ran.returncode, ran.stderr, calls) == (0, "", [])


def test_what_changes_is_built_again_without_what_was(checkout):
    checkout.build()
    (checkout.built / "assets/old-0000.js").write_text("//")
    (checkout.root / "web/src/main.js").write_text("// 2")
    ran, calls = checkout.build()
    assert (ran.returncode, calls) == (0, ["run"])
    assert [file.name for file in (checkout.built / "assets").iterdir()] == ["main-1a2b.js"]
    (checkout.root / "web/package-lock.json").write_text('{"lockfileVersion": 3}')
    assert checkout.build()[1] == ["ci", "run"]
    (checkout.root / "docs/reference/openapi/x.json").write_text("{}")
    assert checkout.build()[1] == ["run"]
    shutil.rmtree(checkout.built)
    assert checkout.build()[1] == ["run"]


def test_what_cannot_be_fetched_is_told_and_what_was_built_stays(checkout):
    checkout.build()
    (checkout.root / "web/package-lock.json").write_text('{"lockfileVersion": 3}')
    ran, _ = checkout.build(OFFLINE="yes")
    assert ran.returncode == 1
    assert "ECONNREFUSED" in ran.stderr
    assert "without a network" in ran.stderr
    assert (checkout.built / "index.html").exists()

"""What is read from the folder of the build."""

import re

import pytest

from looma.web import BUILT, built
from looma.web.built import TooMuchBuilt, read


def test_every_file_is_read_with_its_codings(folder):
    files = read(folder)
    assert set(files) == {
        "/index.html",
        "/icon.svg",
        "/assets/main-1a2b.js",
        "/assets/main-3c4d.css",
        "/assets/inter-5e6f.woff2",
    }
    script = files["/assets/main-1a2b.js"]
    assert set(script.variants) == {"identity", "gzip", "br"}
    assert len({variant.etag for variant in script.variants.values()}) == 3
    assert set(files["/icon.svg"].variants) == {"identity"}


def test_nothing_built_is_nothing_read(tmp_path):
    assert read(tmp_path / "nowhere") == {}
    (tmp_path / "half.js").write_text("//")
    assert read(tmp_path) == {}


def test_names_are_those_of_addresses_and_links_lead_nowhere(folder):
    (folder / "页 1.txt").write_text("x")
    (folder / "out.txt").symlink_to(folder.parent / "secret.txt")
    files = read(folder)
    assert "/%E9%A1%B5%201.txt" in files
    assert "/out.txt" not in files


def test_a_folder_that_holds_too_much_is_refused(folder, monkeypatch):
    monkeypatch.setattr(built, "MOST_BYTES", 100)
    with pytest.raises(TooMuchBuilt):
        read(folder)


@pytest.mark.skipif(not (BUILT / "index.html").exists(), reason="the page is not built: tools/build_web.sh")
def test_the_page_as_it_is_built_has_what_it_names_and_packs_what_packs_well():
    files = read(BUILT)
    index = files["/index.html"].variants["identity"].body.decode()
    assert "__CSP_NONCE__" in index
    named = re.findall(r'(?:src|href)="(/[^"]+)"', index)
    assert named
    assert [name for name in named if name not in files] == []
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son\w+=", index)  # the policy would refuse it
    unpacked = [
        name
        for name, file in files.items()
        if name.endswith((".js", ".css")) and len(file.variants["identity"].body) > 2000
        if not {"gzip", "br"} <= set(file.variants)
    ]
    assert unpacked == []

"""The script that takes the guide's screenshots."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[3]
SCREENSHOTS = ROOT / "assets/guide/screenshots"


def test_every_picture_of_the_guide_is_taken_and_shows_the_pages_as_they_are(tmp_path: Path) -> None:
    guides = [path.read_text("utf-8") for path in (ROOT / "assets/guide").glob("*/export-to-infor.md")]
    linked = {name for guide in guides for name in re.findall(r"\.\./screenshots/(\S+?)\)", guide)}
    script = ROOT / "tools/pictures/portal.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, timeout=110)
    taken = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.png")}
    assert taken == linked
    assert [name for name in sorted(taken) if not alike(tmp_path / name, SCREENSHOTS / name)] == [], "make pictures"


def alike(one: Path, other: Path) -> bool:
    """Return whether two pictures show the same but for how letters are painted by another Chromium or font."""
    with Image.open(one) as first, Image.open(other) as second:
        if first.size != second.size:
            return False
        sketches = [picture.convert("L").resize((64, 40)) for picture in (first, second)]
    return max(ImageChops.difference(*sketches).tobytes()) < 100

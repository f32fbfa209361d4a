"""Files are there as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.system.atomic_write import atomic_write


def test_a_file_gets_its_name_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "新しい" / "a.txt"
    with atomic_write(path) as partial:
        partial.write_text("甲", encoding="utf-8")
        assert not path.exists()
    assert path.read_text(encoding="utf-8") == "甲"
    assert list(path.parent.iterdir()) == [path]


def test_what_goes_wrong_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("前", encoding="utf-8")
    with pytest.raises(RuntimeError), atomic_write(path) as partial:  # noqa: PT012  it is the block that fails
        partial.write_text("半", encoding="utf-8")
        raise RuntimeError
    assert path.read_text(encoding="utf-8") == "前"
    assert list(tmp_path.iterdir()) == [path]

"""Tables, views and SQL as frames of Arrow, pandas and polars; what is missing stays missing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import DatasetMissing, QueryError
from pipeline.query.data_frames import read_arrow, read_pandas, read_polars
from tests.pipeline.received import Said, Sheet, write_sheets

KEYS = Said("1", "鍵を二人で管理していること。", "yes", control="keys")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A yes, a no and an answer that is not understood."""
    words = ("yes", "no", "unclear")
    sheets = [Sheet(f"{word}.xlsx", [KEYS.now(answer=word)], vendor=f"{word} Inc.") for word in words]
    return write_sheets(tmp_path_factory.mktemp("set"), *sheets)


def test_a_view_a_table_and_sql(dataset: Path) -> None:
    assert read_arrow(dataset, "matrix").num_rows == 3
    assert read_arrow(str(dataset), "answers").column_names[0] == "document_id"
    sql = "SELECT vendor FROM latest WHERE answer = ?"
    assert read_arrow(dataset, sql, ["no"]).to_pylist() == [{"vendor": "no Inc."}]
    assert read_arrow(dataset, "SELECT * FROM as_of('2026-12-31')").num_rows == 3


def test_text_is_a_parameter_and_never_sql(dataset: Path) -> None:
    sql = "SELECT vendor FROM latest WHERE vendor = ?"
    assert read_arrow(dataset, sql, ["' OR 1=1 --"]).num_rows == 0


def test_what_is_missing_is_not_false(dataset: Path) -> None:
    frame = read_pandas(dataset, "matrix").set_index("answer")
    assert bool(frame.loc["no", "favourable"]) is False
    assert frame.loc["unclear", "favourable"] is pd.NA
    assert list(frame[frame["favourable"] == False].index) == ["no"]  # noqa: E712  as one asks a column
    assert list(frame[~frame["favourable"]].index) == ["no"]


def test_polars(dataset: Path) -> None:
    pl = pytest.importorskip("polars")
    frame = read_polars(dataset, "matrix")
    assert frame.filter(~pl.col("favourable"))["vendor"].to_list() == ["no Inc."]
    assert frame["favourable"].null_count() == 1


def test_what_cannot_be_read_is_told(dataset: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="nothing"):
        read_arrow(dataset, "SELECT * FROM nothing")
    with pytest.raises(DatasetMissing):
        read_arrow(tmp_path, "matrix")
    with pytest.raises(QueryError):
        read_arrow(dataset, "SELECT * FROM read_text('/etc/hostname')")

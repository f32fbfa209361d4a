"""A dataset and a table, a view or SQL in, a data frame out: Arrow, pandas or polars.

    from pipeline.query.data_frames import read_pandas
    gaps = read_pandas("data/parquet", "gaps")

Values that may be missing stay missing (NA, null) and never become False or 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from pipeline.dataset.schema import TABLES
from pipeline.errors import QueryError
from pipeline.query.query import connect
from pipeline.query.views.make_views import load_views

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


def read_arrow(dataset: str | Path, source: str, parameters: Sequence[object] = ()) -> pa.Table:
    """An Arrow table of `source`: the name of a table or view, or SQL with `?` for each of `parameters`.

    Raises DatasetMissing where no dataset is in the folder and QueryError where the SQL fails.
    """
    known = {table.name for table in TABLES} | {view.name for view in load_views() if not view.macro}
    sql = f'SELECT * FROM "{source}"' if source in known else source
    with connect(Path(dataset)) as connection:
        try:
            relation = connection.sql(sql, params=list(parameters))
            if relation is None:
                raise QueryError({"why": "there is no SELECT in it"})
            return relation.to_arrow_table()
        except (duckdb.Error, RuntimeError) as error:
            raise QueryError({"why": error}) from error


def read_pandas(dataset: str | Path, source: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
    """The same as a pandas frame with Arrow types: a missing `favourable` is NA, not False."""
    import pandas as pd  # noqa: PLC0415  takes half a second that other commands need not wait

    return read_arrow(dataset, source, parameters).to_pandas(types_mapper=pd.ArrowDtype)


def read_polars(dataset: str | Path, source: str, parameters: Sequence[object] = ()) -> pl.DataFrame:
    """The same as a polars frame. Raises ImportError where polars is not installed."""
    import polars as pl  # noqa: PLC0415  not among the product's dependencies

    frame: Any = pl.from_arrow(read_arrow(dataset, source, parameters))
    return frame

"""How far one machine goes: a dataset of many rows made of few read sheets, a file more, and the questions asked of it.

    python -m benchmarks.scale [ROWS] [FOLDER] [STAGE …]      ROWS 1000000; stages write, delta, ask, compare

Forty made-up sheets are read, and their rows stand again under other documents and 1,000 vendors until there are ROWS answers.
Each stage runs in a process of its own and prints wall seconds, processor seconds, the most memory, and bytes written.
"""

from __future__ import annotations

import hashlib
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.scale_sheets import FORMS, ROWS, VENDORS, write_sheet
from pipeline.dataset.lock import lock_dataset
from pipeline.dataset.snapshot import load_tables, read_manifest
from pipeline.dataset.tables import write_tables
from pipeline.ingest import ingest
from pipeline.settings import Settings

STAGES = ("write", "delta", "ask", "compare")
_BATCH = 1_000  # documents put together at a time
_COUNTS = "SELECT answer, count(*) FROM answers GROUP BY answer"
_MATRIX = "SELECT count(*) FROM matrix"
_SEARCH = "SELECT count(*) FROM answers WHERE answer = 'no' AND requirement LIKE '%権限%'"


def base_tables(folder: Path) -> dict[str, pa.Table]:
    """The tables of one sheet of each form, read as `checksheet ingest` does."""
    out = folder / "base"
    if read_manifest(out) is None:
        for number in range(FORMS):
            write_sheet(folder / "raw", number)
        ingest(Settings(folder / "raw", out, workers=2))
    manifest = read_manifest(out)
    tables = load_tables(out, manifest) if manifest else None
    assert tables is not None
    return tables


class ManyDocuments:
    """The rows of the read sheets under as many documents as are asked for, in the order of each table."""

    def __init__(self, tables: dict[str, pa.Table], count: int) -> None:
        self._tables = tables
        self._sheets = tables["documents"].column("document_id").to_pylist()
        made = [(hashlib.sha256(str(n).encode()).hexdigest(), n) for n in range(count)]
        self._by_id, self._by_path = sorted(made), made

    def batches(self, name: str) -> Iterator[pa.Table]:
        """The table in batches, in its order."""
        table = self._tables[name]
        key = next((key for key in ("document_id", "path") if key in table.column_names), None)
        if key is None:
            yield table
            return
        order = self._by_path if "path" in table.column_names else self._by_id
        words = self._tables["documents"].select(["document_id", "path"]).to_pylist()
        rows_of = {w["document_id"]: np.flatnonzero(_equal(table[key], w[key])) for w in words}
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            taken = [rows_of[self._sheets[number % len(self._sheets)]] for _, number in batch]
            owners = np.repeat(np.arange(len(batch)), [len(rows) for rows in taken])
            yield _renamed(table.take(pa.array(np.concatenate(taken))), batch, owners)

    def table(self, name: str) -> pa.Table:
        """The whole table."""
        return pa.concat_tables(list(self.batches(name))).unify_dictionaries()


def _equal(column: pa.ChunkedArray, word: str) -> np.ndarray:
    return pc.equal(column, word).to_numpy()


def _renamed(table: pa.Table, batch: list[tuple[str, int]], owners: np.ndarray) -> pa.Table:
    """The rows with the ids, paths and vendors of their new documents."""
    vendors = [f"見本{number % VENDORS:04d}株式会社" for _, number in batch]
    columns = {
        "document_id": [digest[:16] for digest, _ in batch],
        "sha256": [digest for digest, _ in batch],
        "path": [f"{number:08d}.csv" for _, number in batch],
        "vendor": vendors,
        "vendor_key": vendors,
    }
    for name, words in columns.items():
        if name in table.column_names:
            place = table.schema.get_field_index(name)
            column = pa.array(words).take(pa.array(owners)).cast(table.schema.field(name).type)
            table = table.set_column(place, table.schema.field(name), column)
    if "answer_raw" in table.column_names:
        place = table.schema.get_field_index("remarks")
        table = table.set_column(
            place, table.schema.field(place), _remarks([batch[owner][0] for owner in owners])
        )
    return table


def _remarks(owners: list[str]) -> pa.Array:
    """Remarks that are no copies of each other, so that a row takes as many bytes as one of real sheets does."""
    drawn = b"".join(
        np.random.default_rng(int(owner[:8], 16)).bytes(60 * sum(1 for _ in rows))
        for owner, rows in groupby(owners)
    )
    return pa.array([drawn[60 * n : 60 * n + 60].hex() for n in range(len(owners))], pa.string())


@contextmanager
def told(what: str) -> Iterator[None]:
    """Print what a block took."""
    start, cpu = time.perf_counter(), time.process_time()
    yield
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = most_memory()
    print(f"{what:44} {seconds:9.1f} s   {cpu:8.1f} s of processor   {peak:7.0f} MB at most", flush=True)


def most_memory() -> float:
    """Megabytes that the process held at most; Linux hands the figure of getrusage on from parent to child."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def written(folder: Path, before: dict[int, int]) -> tuple[int, int]:
    """Number and bytes of the files in `folder` that were not there before."""
    new = {inode: size for inode, size in files_of(folder).items() if inode not in before}
    return len(new), sum(new.values())


def files_of(folder: Path) -> dict[int, int]:
    """Bytes of every file, by inode: a hard link is no second file."""
    found = [path.stat() for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return {stat.st_ino: stat.st_size for stat in found}


def _measured(what: str, folder: Path, work: Callable[[], object]) -> None:
    before = files_of(folder) if folder.exists() else {}
    with told(what):
        work()
    count, size = written(folder, before)
    print(f"{'':44} {size / 1e6:9.2f} MB in {count} files", flush=True)


def stage_write(folder: Path, rows: int) -> None:
    """All tables, and again with one file more: one file a table, and in parts."""
    base = base_tables(folder)
    with told("tables put together"):
        first, second = (
            {name: many.table(name) for name in base}
            for many in (ManyDocuments(base, rows // ROWS), ManyDocuments(base, rows // ROWS + 1))
        )
    for in_parts, layout in ((False, "one file a table"), (True, "parts")):
        out = folder / ("parts" if in_parts else "files")
        for tables, what in ((first, "all rows"), (second, "one file more"), (second, "the same again")):

            def work(
                tables: dict[str, pa.Table] = tables, out: Path = out, in_parts: bool = in_parts
            ) -> None:
                with lock_dataset(out):
                    write_tables(out, tables, "", in_parts)

            _measured(f"{layout}: {what}", out, work)


def stage_delta(folder: Path, rows: int) -> None:
    """The answers alone as a Delta table: all rows, a document more, a document again; and the same questions' reading."""
    from deltalake import DeltaTable, write_deltalake  # noqa: PLC0415  an extra of the benchmarks

    base, out = base_tables(folder), folder / "delta"
    shutil.rmtree(out, ignore_errors=True)
    table = _plain(ManyDocuments(base, rows // ROWS).table("answers"))
    more = _plain(ManyDocuments(base, 1).table("answers"))
    one = table["document_id"][0].as_py()
    changed = table.filter(pc.equal(table["document_id"], one))
    _measured("delta: all answers", out, lambda: write_deltalake(out, table))
    _measured("delta: a document more, appended", out, lambda: write_deltalake(out, more, mode="append"))
    _measured(
        "delta: a document again, by predicate",
        out,
        lambda: write_deltalake(out, changed, mode="overwrite", predicate=f"document_id = '{one}'"),
    )
    _measured("delta: compaction", out, DeltaTable(out).optimize.compact)
    with told("delta: read"):
        DeltaTable(out).to_pyarrow_table()
    for layout, path in (
        ("parts", folder / "parts" / "answers"),
        ("one file", folder / "files" / "answers.parquet"),
    ):
        with told(f"{layout}: read"):
            pq.read_table(path)


def _plain(table: pa.Table) -> pa.Table:
    fields = [f.with_type(f.type.value_type) if pa.types.is_dictionary(f.type) else f for f in table.schema]
    return table.cast(pa.schema(fields)).replace_schema_metadata(None)


def stage_ask(folder: Path, rows: int) -> None:
    """The questions of analysts, over plain files."""
    from pipeline.query.query import connect  # noqa: PLC0415

    base, out = base_tables(folder), folder / f"ask{rows}"
    if not out.exists():
        out.mkdir()
        many = ManyDocuments(base, rows // ROWS)
        with told("tables put together and written"):
            for name in base:
                _write_batches(out / f"{name}.parquet", many.batches(name))
    print(f"{'':44} {sum(files_of(out).values()) / 1e6:9.1f} MB", flush=True)
    for what, sql in (("answers counted", _COUNTS), ("words searched", _SEARCH)):
        with told(f"DuckDB over the file alone: {what}"):
            duckdb.sql(sql.replace("FROM answers", f"FROM '{out}/answers.parquet'")).fetchall()
    with told("query: tables opened"):
        connection = connect(out)
    for what, sql in (("answers counted", _COUNTS), ("words searched", _SEARCH), ("matrix", _MATRIX)):
        with told(f"query: {what}"):
            print(connection.execute(sql).fetchall()[:3])
    connection.close()


def stage_compare(folder: Path, rows: int) -> None:
    """The comparison of all vendors, as `checksheet compare` makes it, and its workbook."""
    from pipeline.assess.comparison.build import build_comparison  # noqa: PLC0415
    from pipeline.assess.comparison.model import Choice  # noqa: PLC0415
    from pipeline.outputs.comparison.write_comparison import write_comparison  # noqa: PLC0415

    with told("compare: comparison of all vendors"):
        comparison = build_comparison(folder / f"ask{rows}", Choice((), ()))
    with told(f"compare: workbook of {len(comparison.parties)} columns"):
        write_comparison(folder / "compare.xlsx", comparison, "en")


def _write_batches(path: Path, batches: Iterator[pa.Table]) -> None:
    first = next(batches)
    with pq.ParquetWriter(path, first.schema, compression="zstd") as writer:
        writer.write_table(first)
        for batch in batches:
            writer.write_table(batch)


def main(rows: int, folder: Path, stages: list[str]) -> None:
    """Run the stages, each in a process of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    base_tables(folder)
    for stage in stages:
        print(f"\n{stage}, {rows:,} answers of {rows // ROWS:,} documents", flush=True)
        code = "import sys; from pathlib import Path; from benchmarks import scale; "
        code += f"scale.stage_{stage}(Path(sys.argv[1]), int(sys.argv[2]))"
        done = subprocess.run([sys.executable, "-c", code, str(folder), str(rows)], check=False)
        if done.returncode:
            print(f"ended with {done.returncode}: this is where it ends", flush=True)


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    place = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("build/scale")
    main(wanted, place, sys.argv[3:] or list(STAGES))

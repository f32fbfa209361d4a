"""The settings of a run: folders, files, limits, language; read from options and environment by the commands.

Every setting stands here with its default, so that `ingest`, `watch` and a program that imports the product agree on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MEMORY = 900  # megabytes a reading process may hold, beside what it maps (dictionaries, libraries); it begins with 150


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person sets for a run: folders, worker processes, seconds a file may take, language, passwords to try.

    `fresh` reads everything again, `prune` drops documents whose files are gone.
    """

    raw: Path
    out: Path
    workers: int = 2
    timeout: float = 300.0
    language: str = "en"
    passwords: tuple[str, ...] = ()
    controls: Path | None = None  # folder of a user's own controls
    review: Path | None = None  # folder of people's decisions
    memory: int = MEMORY  # megabytes a process that reads files may hold
    embeddings: Path | None = None  # folder of a user's embedding model
    fresh: bool = False
    prune: bool = False
    scans: bool = True  # read pages that are pictures
    password_folders: tuple[Path, ...] = ()  # folders with a passwords.txt, besides the raw folder itself
    folder_hours: float = 4.0  # of reading that one vendor's folder may take in a run
    mask: int = 0o077  # rights that the files of the dataset do not get
    expected: Path | None = None  # file of who was asked for which sheet
    # Of a dask cluster that reads the files, `local` for one made here; None: this machine.
    scheduler: str | None = None
    in_parts: bool | None = None  # write tables as folders of parts; None leaves the layout as it is

    @property
    def store(self) -> Path:
        """Where is kept what saves work in the next run."""
        return self.out / ".store"

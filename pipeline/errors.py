"""The errors that end a command, one small tree: class, exit code, and in errors.toml its message in English and Japanese.

ChecksheetError                    2  what could not be done, and what to do about it
├── UserFileError                  2  a file that a person writes or fills in breaks its form
│   ├── ControlsUnreadable         2  data/controls/*.toml
│   ├── DecisionsUnreadable        2  data/review/*.csv
│   ├── ExpectedUnreadable         2  data/review/expected.csv
│   ├── UsersUnreadable            2  the file of the app's users
│   ├── InvitedUnreadable          2  data/invited.csv
│   ├── InquiriesUnreadable        2  data/inquiries.csv
│   ├── BackupUnreadable           2  a zip that is to be restored
│   ├── ReviewWorkbookUnreadable   2  the workbook that `review import` takes
│   ├── EmbeddingsUnreadable       2  the folder of an embedding model
│   └── PolicyUnreadable           2  the policy file (pipeline/assess/policy.py: it tells every fault at once)
├── RawFolderError                 2  the folder of received sheets
│   ├── RawFolderMissing           2  is no folder
│   ├── RawFolderUnreadable        2  cannot be listed, or is gone
│   └── RawFolderEmpty             2  holds nothing, though the dataset knows files of it: a share that is not there
├── DatasetError                   2  the folder of the tables
│   ├── DatasetMissing             2  holds no dataset, or a damaged one
│   ├── DatasetBusy                2  is being written by another run
│   └── DatasetNotWritten          2  cannot be written
├── StorageError                   2  object storage: not there, closed, away, damaged, or changed by another run meanwhile
├── ReviewError                    2  the folder of people's decisions
│   ├── DecisionsBusy              2  others decide, and hold it
│   └── DecisionNotWritten         2  a file of it cannot be written
├── SelectionError                 2  a name that a person gave fits nothing, or too much
│   ├── NoSuchPage                 2  page or sheet of a file
│   ├── NoSuchRow                  2  DOCUMENT:ROW of the dataset
│   ├── NoSuchReceipt              2  file, id or path of a document
│   ├── NoSuchLayout               2  form, reading of it, or column
│   ├── DecisionRefused            2  a cell of a decision, or a decision to take back
│   └── NothingChosen              2  vendor or control
├── ClusterError                   2  the machines that should read: the extra missing, not there, other versions, lost
├── AppNotStarted                  2  the browser app: not installed, its port taken, or open to others without a user
└── QueryError                     1  the SQL could not be run

Input: the values that a message names, and its code where the class has several. `pipeline.commands.terminal` catches the
base class, at one place, and ends with its exit code. What is wrong with one received file is no error but an issue, a row
of the table `problems`: 暗号化されたファイル ends no run.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from normalizers.vocabulary import load

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)
_BY_ERRNO = dict.fromkeys(_FULL, "disk_full") | dict.fromkeys(_CLOSED, "folder_closed")


class ChecksheetError(Exception):
    """Ends a command with `exit_code`; `code` names its message, `params` are the values that the message names."""

    exit_code: ClassVar[int] = 2
    usual_code: ClassVar[str] = ""  # of a class that has one message

    def __init__(self, params: Mapping[str, object], code: str = "") -> None:
        super().__init__(params, code)
        self.params = dict(params)
        self.code = code or self.usual_code

    def __str__(self) -> str:
        return self.text("en")

    def text(self, language: str) -> str:
        """The message in `en` or `ja`."""
        return error_template(self.code, language).format_map(self.params)


def error_template(code: str, language: str) -> str:
    """The message of errors.toml, its values still to be put in."""
    return str(load("pipeline.texts", "errors.toml")[code][language])


class UserFileError(ChecksheetError):
    """A file that a person writes or fills in breaks its form; the message tells where and what."""


class ControlsUnreadable(UserFileError):
    """A user's file of controls breaks its form."""


class DecisionsUnreadable(UserFileError):
    """A file of decisions (`path`) breaks its form; where one line of it does, `line` is its number."""

    def text(self, language: str) -> str:
        """File and line, and what is wrong there."""
        what = error_template(self.code, language).format_map(self.params)
        if "line" not in self.params:
            return what
        return error_template("review_line", language).format_map({**self.params, "what": what})


class UsersUnreadable(UserFileError):
    """The file of the app's users breaks its form."""

    usual_code = "file_unreadable"


class ExpectedUnreadable(UserFileError):
    """The list of who was asked breaks its form."""


class InvitedUnreadable(UserFileError):
    """The list of who was asked for a sheet breaks its form."""


class InquiriesUnreadable(UserFileError):
    """The list of questions that were sent to vendors breaks its form."""


class BackupUnreadable(UserFileError):
    """The file cannot be restored: no zip, or no backup of this product."""


class ReviewWorkbookUnreadable(UserFileError):
    """The file cannot be read as a review workbook."""


class EmbeddingsUnreadable(UserFileError):
    """The embedding model cannot be used."""


class RawFolderError(ChecksheetError):
    """The folder of received sheets cannot be read."""


class RawFolderMissing(RawFolderError):
    """There is no such folder (`raw`)."""

    usual_code = "raw_missing"


class RawFolderUnreadable(RawFolderError):
    """The raw folder cannot be listed, or is gone (`why`)."""

    usual_code = "raw_gone"


class RawFolderEmpty(RawFolderError):
    """The raw folder (`raw`) holds nothing, though the dataset (`out`) knows files of it (`count`)."""

    usual_code = "raw_empty"


class DatasetError(ChecksheetError):
    """The folder of the tables cannot be used."""


class DatasetMissing(DatasetError):
    """There is no dataset, or a damaged one (`path`)."""

    usual_code = "no_dataset"


class DatasetBusy(DatasetError):
    """Another run writes the dataset (`out`); `pid`, `host` and `since` (in object storage `until`) tell who, `?` where
    it cannot be told."""

    usual_code = "busy"


class DatasetNotWritten(DatasetError):
    """The dataset (`out`) could not be written (`why`)."""

    usual_code = "dataset_not_written"


class StorageError(ChecksheetError):
    """A place in object storage (`url`) cannot be used; the message says why and what to look at."""


class ReviewError(ChecksheetError):
    """The folder of people's decisions cannot be used."""


class DecisionsBusy(ReviewError):
    """Others hold the folder of decisions (`path`)."""

    usual_code = "decisions_busy"


class DecisionNotWritten(ReviewError):
    """A file of decisions (`path`) could not be written (`why`); it is what it was."""

    usual_code = "decision_not_written"


class SelectionError(ChecksheetError):
    """A name that a person gave fits nothing, or too much."""


class NoSuchPage(SelectionError):
    """The page or sheet is not in the file; the message says what is."""


class NoSuchRow(SelectionError):
    """The dataset has no such row, or several documents are meant; the message says which there are."""


class NoSuchReceipt(SelectionError):
    """Neither a file nor a document of the dataset has this name, or an id begins more than one."""


class NoSuchLayout(SelectionError):
    """The dataset has no such form, the form no such reading, or the reading no such column."""


class DecisionRefused(SelectionError):
    """A cell of a decision holds what it cannot, or a decision that is to be taken back is not in force."""


class NothingChosen(SelectionError):
    """A word of the choice names no vendor or no control of the dataset."""


class ClusterError(ChecksheetError):
    """The cluster (`scheduler`) cannot be used, or was lost; the message says what to do about it."""


class AppNotStarted(ChecksheetError):
    """The browser app could not be started; the message says what is missing."""


class QueryError(ChecksheetError):
    """The SQL could not be run (`why`)."""

    exit_code = 1
    usual_code = "query_failed"


def not_written(error: OSError, out: Path) -> DatasetNotWritten:
    """The error for a dataset that could not be written: a full disk, a closed folder, or something else."""
    params = {"out": out, "why": error.strerror or error}
    return DatasetNotWritten(params, _BY_ERRNO.get(error.errno or 0, ""))

"""Pauses Python's garbage collector while cells and glyphs are made in great numbers: they hold no reference cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pause_gc() -> Iterator[None]:
    """Keeps the collector from looking through everything made so far, again and again; then it goes on as before."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.freeze()  # what was made is not young any more: the collector begins with it not at once
            gc.enable()
            gc.unfreeze()

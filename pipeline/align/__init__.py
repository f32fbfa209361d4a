"""Items of all forms → controls of the catalogue, and any two lists of requirements → counterparts (`rank`)."""

from pipeline.align.rank import Match, rank

__all__ = ["Match", "rank"]

"""What drawn boxes, marks and texts become in a cell, the same in workbooks and Word files: characters and reasons.

`□有 ■無` is a list of choices of which the second is ticked, in whatever way its file draws the boxes.
"""

from __future__ import annotations

TICKED, EMPTY, ALONE = "■", "□", "☑"  # the box of a label; one that stands in its cell without any words
DRAWN = "drawn_mark"  # why a cell's text is less sure: nobody typed it
ASIDE = "drawn_text"  # why a text stands aside: it is drawn over the cells

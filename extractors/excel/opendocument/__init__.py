"""`.ods` and flat `.fods` → grids: OpenDocument spreadsheets (OASIS ODF 1.3 part 3)."""

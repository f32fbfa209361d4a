"""`.xlsx` package → grids, from its XML in one pass (SpreadsheetML, ECMA-376 part 1, 18); namespaces of both editions."""

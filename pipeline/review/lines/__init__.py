"""Lines and cells of the files of decisions, as people and spreadsheets write them."""

"""Lists of questions whose choices or answers no header of columns names: beside each question, below it, across the page."""

"""Objects drawn over the cells of a sheet: form controls, shapes, comments, circles."""

"""All documents together: rows of the tables, forms and their editions, items, ages of sheets."""

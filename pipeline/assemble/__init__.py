"""All documents put together: rows of tables, forms and their editions, items, ages."""

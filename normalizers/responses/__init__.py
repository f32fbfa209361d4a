"""All answers of a list read together: ditto marks, colours, unknown notations, remarks."""

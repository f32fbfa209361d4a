"""An answer cell that is prose, beside its question, in; its answer or none out."""

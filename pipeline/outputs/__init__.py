"""Workbooks, pages, lists and the summary of a run, made from the dataset for people to use."""

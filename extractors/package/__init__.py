"""Packages of parts (zip, OOXML, encrypted ones), on which workbooks, Word files and pages stand."""

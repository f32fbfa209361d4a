"""Files that want to do harm, each made when its test runs; none of them lies in the project."""

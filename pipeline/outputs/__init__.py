"""What people take away: workbooks, pages and lists made from the dataset."""

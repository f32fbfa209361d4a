"""Lists that stand in no table of columns: cards, questions across the page, answers below, boxes, labels beside boxes."""

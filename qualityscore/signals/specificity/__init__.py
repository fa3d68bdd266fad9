"""What filler lacks: names, numbers, dates, quotations, first-hand detail."""

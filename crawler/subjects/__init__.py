"""What the pages of each subject state: pure readings of text, links, forms and tables."""

"""What is kept: the registry as read, the database of runs, cases and records, and the exports of them."""

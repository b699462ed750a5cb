"""The shell: the only place where fetching, reading, judging, proving and storing meet."""

# The same commands for those who have make; scripts/ do the work.
.PHONY: run test bench accuracy
run:
	sh scripts/run
test:
	sh scripts/test
bench:
	sh scripts/bench
accuracy:
	sh scripts/accuracy

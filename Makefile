# One command before each commit: make check
.PHONY: check
check:
	ruff format .
	ruff check .
	mypy
	lint-imports
	python -m pytest -n auto

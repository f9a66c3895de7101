# MaMa Desktop. The two commands: make run, make test. Each makes .venv on its first call.

MAKEFLAGS += --no-print-directory
PYTHON_HERE = .venv/bin/python
OFFSCREEN = QT_QPA_PLATFORM=offscreen

.PHONY: help run test bench shots pictures package texts lock

help:
	@echo "make run      open the application on the sample (without a display: do its main job into out/)"
	@echo "make test     everything that must hold: ruff, mypy, import-linter, pytest"
	@echo "make bench    the benchmarks, as ratios of one run"
	@echo "make shots    every window and document as a picture, into out/"
	@echo "make pictures the README's pictures anew, from the shots"
	@echo "make package  the Linux bundle in dist/, built and self-checked"
	@echo "make texts    collect the program's texts into resources/locale/sl.po"
	@echo "make lock     write the locks anew from pyproject.toml (UPGRADE=--upgrade takes the newest)"

run:
	@packaging/setup.sh run
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" = Darwin ]; then \
		.venv/bin/mama-desktop; \
	else \
		.venv/bin/mama-desktop demo --out out; \
	fi

test:
	@packaging/setup.sh dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@$(OFFSCREEN) $(PYTHON_HERE) -m pytest -n 2 -rs

bench:
	@packaging/setup.sh dev
	@$(OFFSCREEN) $(PYTHON_HERE) -m tests.benchmarks

shots:
	@packaging/setup.sh dev
	@$(OFFSCREEN) $(PYTHON_HERE) -m tests.shots

pictures: shots
	@$(PYTHON_HERE) packaging/pictures.py

package:
	@packaging/setup.sh package
	@packaging/package.sh

texts:
	@packaging/setup.sh run
	@packaging/texts.sh

lock:
	@packaging/setup.sh dev
	@packaging/lock.sh

# SPDX-License-Identifier: Apache-2.0
# The front door. Each target installs what is missing (scripts/packages.txt), builds and runs.
# Behind it are the presets of CMakePresets.json; CONTRIBUTING.md shows how to use them by hand.
.PHONY: help demo test format lint bench fuzz
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

demo: ## see Spindle work, on music from a Debian package
	@scripts/demo

test: ## everything that must hold before a change goes in
	@scripts/test

format: ## lay out the code (clang-format)
	@scripts/format

lint: ## look for bugs without running (clang-tidy, shellcheck); ALL=1 for unchanged files too
	@scripts/lint $(if $(ALL),--all)

bench: ## accuracy and speed on a corpus from Debian packages; SIZE=--small for minutes (bench/README.md)
	@scripts/bench $(SIZE)

fuzz: ## search for crashes with libFuzzer; TIME=60 seconds each, TARGET=name for one
	@scripts/fuzz --time $(or $(TIME),60) $(TARGET)

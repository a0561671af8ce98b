#!/usr/bin/env python3
"""Proves that tidy.py can fail: see its --negative."""
import sys

sys.dont_write_bytecode = True
import tidy  # noqa: E402

sys.exit(tidy.main(["--negative"]))

#!/usr/bin/env python3
"""Proves that tidy.py can fail: see its --negative."""
import sys

import tidy

sys.exit(tidy.main(["--negative"]))

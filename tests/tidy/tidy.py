#!/usr/bin/env python3
"""Checks what a compiler does not: who includes whom, lengths, texts, clocks. Prints file:line: rule: what.

    python3 tests/tidy/tidy.py              the whole tree; status 1 when anything is found
    python3 tests/tidy/tidy.py --negative   the planted violations in tests/tidy/planted; status 1 unless all are caught

The rules about folders and libraries are data: tests/tidy/layers.json.
"""
import argparse
import ast
import json
import os
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CODE = (".cpp", ".hpp", ".h")
TEXT = CODE + (".py", ".json", ".cmake", ".md", ".sh", ".txt", ".cddl", ".jsonl")
SKIPPED = ("build", ".git", "tests/tidy/planted", "third_party")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
SYSTEM_FOLDERS = ("sys/", "netinet/", "arpa/", "linux/")
CLOCKS = re.compile(r"\bchrono::(?:system|steady|high_resolution)_clock\b|\b(?:system|steady|high_resolution)_clock::"
                    r"|\b(?:random_device|mt19937\w*|sleep_for|sleep_until|usleep|nanosleep|gettimeofday|clock_gettime)\b"
                    r"|(?<![\w.>])(?:::|std::)?(?:s?rand|sleep)\s*\("
                    r"|(?<![\w.>])(?:::|std::)?time\s*\(\s*(?:nullptr|NULL|0|&)")
SINGLETON = re.compile(r"\b(?:[gG]et_?)?[iI]nstance\s*\(\s*\)")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b")
HOME_PATH = re.compile(r"/(?:home|Users)/\w|/ro" + r"ot/|(?<![\w.$}])/wo" + r"rk/")
TEXT_KEY_USE = re.compile(r'\btr\(\s*"([^"]+)"|\btext\(\s*[\w.]+\s*,\s*"([^"]+)"')
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
CONTROL = re.compile(r"^\s*(?:if|for|while|switch|catch|do|else|try|return|namespace|enum|struct|class|union|extern)\b")


class Report:
    """What was found: (file, line, rule, text), file from the root."""

    def __init__(self):
        self.found = []

    def add(self, file, line, rule, text):
        self.found.append((file, line, rule, text))


def files_below(root, table):
    """Paths from the root of everything that is checked."""
    names = [f for f in os.listdir(root) if (root / f).is_file()]
    for top in table["sources"]:
        for folder, folders, files in os.walk(root / top):
            here = Path(folder).relative_to(root).as_posix()
            folders[:] = [f for f in folders if f"{here}/{f}" not in SKIPPED and f != "__pycache__"]
            names += [f"{here}/{f}" for f in files]
    return sorted(n for n in names if n.endswith(TEXT) or n == "dev")


def without_comments(text, keep_strings):
    """The code with comments (and, if wanted, what stands in strings) blanked; lines stay where they are."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.){1,4}\'', re.S)

    def blank(match):
        piece = match.group(0)
        is_comment = piece.startswith("/")
        if not is_comment and keep_strings:
            return piece
        lines = "\n" * piece.count("\n")
        return (" " if is_comment else '""') + lines

    return pattern.sub(blank, text)


# --- Includes ---------------------------------------------------------------------------------------------------------


def layer_of(file, table):
    """The row of the table for a file: the longest folder that holds it."""
    rows = [row for row in table["layers"] if file.startswith(row["in"])]
    return max(rows, key=lambda row: len(row["in"])) if rows else None


def library_of(header, table):
    for name, prefixes in table["libraries"].items():
        for prefix in prefixes:
            if header == prefix or (header.startswith(prefix) and name != "threads"):
                return name
    return None


def check_include(file, number, header, layer, table, report):
    header = table["generated"].get(header, header)
    if header.split("/")[0] in table["sources"]:
        allowed = table["everywhere"] + layer["may"]
        if not any(header.startswith(prefix) for prefix in allowed):
            report.add(file, number, "include", f"files in {layer['in']} may not include {header}")
        return
    library = library_of(header, table)
    if library is not None and library not in layer["libraries"] and "*" not in layer["libraries"]:
        report.add(file, number, "library", f"files in {layer['in']} may not use {library} ({header})")
    if library is None and "/" in header and not header.startswith(SYSTEM_FOLDERS) and "*" not in layer["libraries"]:
        report.add(file, number, "library", f"{header} belongs to no library of tests/tidy/layers.json")
    if file.endswith(".hpp") and header in table["only_in_cpp"]:
        report.add(file, number, "heavy_header", f"{header} belongs in .cpp files: it costs every includer seconds")


def check_includes(file, lines, table, report):
    layer = layer_of(file, table)
    if layer is None:
        report.add(file, 1, "include", "this folder is not in tests/tidy/layers.json")
        return
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if match:
            check_include(file, number, match.group(2), layer, table, report)


# --- Lengths ----------------------------------------------------------------------------------------------------------


def is_function_head(head):
    """Whether the text before a brace declares a function: brackets, and no word that opens something else."""
    text = re.sub(r"^\s*(?:public|private|protected)\s*:", "", head)
    text = re.sub(r"template\s*<[^{}]*?>\s*(?=[\w\[])", "", text, count=1)
    return "(" in text and not CONTROL.match(text) and not re.search(r"=\s*$", text)


def is_member_initialiser(head):
    """Whether the brace after the text gives a member its value: "Table() : rows_" and "..., size_"."""
    tail = head[head.rfind(")") + 1:].strip()
    return re.search(r"(?:^|[^:]):\s*\w+$|,\s*\w+$|^,?\s*\w+_$", tail) is not None


def cpp_functions(code):
    """(first line, lines) of every function of the code, whose strings and comments are blanked."""
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: "\n" * m.group(0).count("\n"), code, flags=re.M)
    found, stack, start = [], [], 0
    inside = 0
    depth = 0  # round brackets: a brace in an argument list opens no function
    for match in re.finditer(r"[(){};]", code):
        sign = match.group(0)
        if sign in "()":
            depth += 1 if sign == "(" else -1
            continue
        if sign == "{":
            head = code[start:match.start()]
            if inside == 0 and depth == 0 and "(" in head and is_member_initialiser(head):
                stack.append((False, start, depth, start))
                continue
            opens = inside == 0 and depth == 0 and is_function_head(head)
            first = start + re.match(r"(?:\s*(?:public|private|protected)\s*:)?\s*", head).end()
            stack.append((opens, first, depth, None))
            inside += opens
            depth = 0
        elif sign == "}" and stack:
            opens, first, depth, head_start = stack.pop()
            inside -= opens
            if head_start is not None:  # the head goes on after the initialiser
                start = head_start
                continue
            if opens:
                line = code.count("\n", 0, first) + 1
                found.append((line, code.count("\n", 0, match.end()) + 2 - line))
        if depth == 0:
            start = match.end()
    return found


def py_functions(text):
    """(first line, lines) of every function of a Python file."""
    nodes = ast.walk(ast.parse(text))
    return [(n.lineno, n.end_lineno - n.lineno + 1) for n in nodes if isinstance(n, ast.FunctionDef)]


def check_lengths(file, text, functions, table, report):
    limits = table["limits"]
    count = text.count("\n")
    if count > limits["file_lines"]:
        report.add(file, 1, "file_length", f"{count} lines, at most {limits['file_lines']}")
    for line, length in functions:
        if length > limits["function_lines"]:
            report.add(file, line, "function_length", f"{length} lines, at most {limits['function_lines']}")


# --- Words that do not belong -----------------------------------------------------------------------------------------


def check_words(file, code, table, report):
    """Clocks, chance and singletons in code."""
    clock_allowed = file.startswith(tuple(table["clock_allowed"]))
    for number, line in enumerate(code.split("\n"), 1):
        if not clock_allowed and (match := CLOCKS.search(line)):
            report.add(file, number, "clock", f"{match.group(0).strip()}: time and chance come from platform/base")
        if match := SINGLETON.search(line):
            report.add(file, number, "singleton", f"{match.group(0)}: hand the object down by reference")


def check_raw_text(file, lines, report):
    """What no file of ours may say, comments included."""
    for number, line in enumerate(lines, 1):
        if match := UNFINISHED.search(line):
            report.add(file, number, "unfinished", match.group(0))
        if match := HOME_PATH.search(line):
            report.add(file, number, "home_path", f"{match.group(0)}… exists on one machine only")


# --- Texts ------------------------------------------------------------------------------------------------------------


def load_texts(root, lang):
    """Key -> (file, line) of one language."""
    keys = {}
    folder = root / "assets" / "i18n"
    for path in sorted(list(folder.glob(f"{lang}.json")) + list(folder.glob(f"*.{lang}.json"))):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if match := re.match(r'\s*"([^"]+)"\s*:', line):
                keys[match.group(1)] = (path.relative_to(root).as_posix(), number)
    return keys


def check_texts(root, uses, literals, table, report):
    """Keys used but not defined in both languages, keys defined and never used. "a.b." + x uses all that begin so."""
    zh, en = load_texts(root, "zh-CN"), load_texts(root, "en")
    for key in sorted(set(zh) ^ set(en)):
        file, line = zh.get(key) or en.get(key)
        report.add(file, line, "text_language", f"{key} is in one language only")
    both = set(zh) & set(en)
    families = set(table["dynamic_texts"])
    for file, number, key in uses:
        if key.endswith("."):
            families.add(key)
        defined = any(k.startswith(key) for k in both) if key.endswith(".") else key in both
        if not defined:
            report.add(file, number, "text_undefined", f"{key} is not in assets/i18n in both languages")
    families |= {text for text in literals if re.fullmatch(r"[a-z_]+(\.[a-z_]+)*\.", text)}
    for key in sorted(both - literals):
        if not key.startswith(tuple(families)):
            report.add(*zh[key], "text_unused", f"{key} is used nowhere")


# --- The run ----------------------------------------------------------------------------------------------------------


def check_code(file, text, table, report, uses, literals):
    """Everything about one C++ file; collects the text keys it uses."""
    with_strings = without_comments(text, keep_strings=True)
    code = without_comments(text, keep_strings=False)
    check_includes(file, with_strings.split("\n"), table, report)
    check_lengths(file, text, cpp_functions(code), table, report)
    check_words(file, code, table, report)
    if file.startswith("tests/"):
        return
    literals.update(LITERAL.findall(with_strings))
    for match in TEXT_KEY_USE.finditer(with_strings):
        uses.append((file, with_strings.count("\n", 0, match.start()) + 1, match.group(1) or match.group(2)))


def check_tree(root, table):
    report, uses, literals = Report(), [], set()
    for file in files_below(root, table):
        text = (root / file).read_text(encoding="utf-8", errors="replace")
        check_raw_text(file, text.split("\n"), report)
        if file.endswith(CODE):
            check_code(file, text, table, report, uses, literals)
        elif file.endswith(".py"):
            check_lengths(file, text, py_functions(text), table, report)
        elif file.endswith((".json", ".jsonl")) and "/i18n/" not in file:
            literals.update(LITERAL.findall(text))  # training scripts name their texts
    check_texts(root, uses, literals, table, report)
    return report.found


def expected_in(root, table):
    """Planted violations: "planted: rule" at the end of the line, or a row of expected.json where no comment can be."""
    rows = {tuple(row) for row in json.loads((root / "expected.json").read_text(encoding="utf-8"))}
    for file in files_below(root, table):
        for number, line in enumerate((root / file).read_text(encoding="utf-8").split("\n"), 1):
            if match := re.search(r"planted: (\w+)", line):
                rows.add((file, number, match.group(1)))
    return rows


def run_negative(table):
    """Fails unless exactly the planted violations are found."""
    root = HERE / "planted"
    table = {**table, "limits": {"file_lines": 40, "function_lines": 10}}
    expected = expected_in(root, table)
    found = {(file, line, rule) for file, line, rule, _ in check_tree(root, table)}
    for file, line, rule in sorted(expected - found):
        print(f"planted/{file}:{line}: {rule} was not caught")
    for file, line, rule in sorted(found - expected):
        print(f"planted/{file}:{line}: {rule} was reported but not planted")
    print(f"tidy --negative: {len(expected & found)} of {len(expected)} planted violations caught")
    return 0 if expected == found and len(expected) > 10 else 1


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--negative", action="store_true", help="check that planted violations are caught")
    options = parser.parse_args(arguments)
    table = json.loads((HERE / "layers.json").read_text(encoding="utf-8"))
    if options.negative:
        return run_negative(table)
    found = check_tree(HERE.parent.parent, table)
    for file, line, rule, text in sorted(found):
        print(f"{file}:{line}: {rule}: {text}")
    print(f"tidy: {len(found)} found" if found else "tidy: clean")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

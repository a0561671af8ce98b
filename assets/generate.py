#!/usr/bin/env python3
"""Makes C++ sources from assets/: the dictionary and its constants, the texts, the pinyin table.

    python3 assets/generate.py --assets assets --out build/generated

Files are rewritten only when their content changes, so nothing is compiled anew for nothing. Mistakes in the assets
are reported as "file: field: what", all at once, and end the run with status 1.
"""
import argparse
import json
import re
import sys
import unicodedata
from pathlib import Path

sys.dont_write_bytecode = True  # the build leaves nothing in the source tree
from pinyin import pinyin_cpp  # noqa: E402

WORD = re.compile(r"^[a-z][a-z0-9_]{0,47}$")
TYPES = {"text", "note", "digits", "phone", "date", "time", "int", "integer", "number", "bool", "boolean", "code",
         "codes", "ref", "refs", "texts"}
SET_TYPES = {"codes", "refs", "texts"}
SET_RULES = {"set", "append"}
RULE_TYPES = {"max": {"int", "integer", "number", "date", "time"}, "flow": {"code"}}
RULE_TYPES["min"] = RULE_TYPES["max"]
CHOICES = {
    "type": TYPES,
    "merge": {"latest", "ask", "source", "set", "append", "max", "min", "flow"},
    "sensitivity": {"S0", "S1", "S2", "S3"},
    "mask": {"none", "name", "id_no", "phone", "address"},
    "search": {"none", "name", "address", "entrance", "tail", "within"},
    "check": {"none", "person_name", "citizen_id", "division", "room_no", "phone", "past_date", "uscc", "attachment"},
}
OWN_COLUMNS = ("id", "meta", "raw")  # columns that every table has besides its fields
FIELD_KEYS = {"name", "no", "type", "required", "min", "max", "partial", "index", "list", "target", "check",
              "sensitivity", "mask", "search", "merge", "why", "section", "zh", "en", "hint_zh", "hint_en", "unit",
              "default"}
CODE_KEYS = {"code", "zh", "en", "next", "group"}
KIND_KEYS = {"kind", "no", "zh", "en", "title", "sections", "fields"}
# Names that cannot stand as C++ identifiers, or that would hide what the generated header uses.
RESERVED = set("""alignas alignof and and_eq asm auto bitand bitor bool break case catch char class compl concept const
consteval constexpr constinit continue co_await co_return co_yield decltype default delete do double else enum explicit
export extern false float for friend goto if inline int long mutable namespace new noexcept not not_eq nullptr operator
or or_eq private protected public register reinterpret_cast requires return short signed sizeof static static_assert
static_cast struct switch template this thread_local throw true try typedef typeid typename union unsigned using
virtual void volatile wchar_t while xor xor_eq errno major minor unix linux""".split())


class Problems:
    """Collects what is wrong in the assets, so that one run shows everything."""

    def __init__(self):
        self.lines = []

    def add(self, where, what):
        self.lines.append(f"{where}: {what}")

    def stop_if_any(self):
        if self.lines:
            sys.exit("\n".join(["assets are inconsistent:"] + self.lines))


def read_json(path, problems):
    """The file's JSON; duplicate keys are a mistake. None when it cannot be read."""

    def unique(pairs):
        keys = [key for key, _ in pairs]
        for key in sorted({k for k in keys if keys.count(k) > 1}) if len(set(keys)) != len(keys) else []:
            problems.add(path, f"key {key!r} stands twice")
        return dict(pairs)

    try:
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=unique)
    except (OSError, ValueError) as error:
        problems.add(path, f"cannot be read: {error}")
        return None


# --- Dictionary -------------------------------------------------------------------------------------------------------


def check_labels(where, item, problems):
    for lang in ("zh", "en"):
        if not isinstance(item.get(lang), str) or not item[lang].strip():
            problems.add(where, f"label {lang} is missing")


def check_number(where, item, problems):
    no = item.get("no")
    if not isinstance(no, int) or isinstance(no, bool) or not 1 <= no <= 0xFFFF:
        problems.add(where, "no must be a number from 1 to 65535")


def check_field(where, field, sections, world, problems):
    """One field by itself: its keys, its words, what it names elsewhere."""
    for key in sorted(set(field) - FIELD_KEYS):
        problems.add(where, f"unknown key {key!r}")
    if not WORD.match(str(field.get("name", ""))) or field.get("name") in OWN_COLUMNS:
        problems.add(where, "name must be a plain word of a-z, 0-9 and _, not one of " + ", ".join(OWN_COLUMNS))
    check_number(where, field, problems)
    check_labels(where, field, problems)
    if ("hint_zh" in field) != ("hint_en" in field):
        problems.add(where, "hint is in one language only")
    for key, allowed in CHOICES.items():
        if key in field and field[key] not in allowed:
            problems.add(where, f"{key} {field[key]!r} is unknown")
    for key in ("type", "sensitivity", "merge", "section"):
        if key not in field:
            problems.add(where, f"{key} is missing")
    if field.get("section") not in sections:
        problems.add(where, f"section {field.get('section')!r} is unknown")
    check_rule(where, field, problems)
    if field.get("target") is not None and field["target"] not in world["kinds"]:
        problems.add(where, f"target {field['target']!r} is unknown")
    if "min" in field and "max" in field and field["min"] > field["max"]:
        problems.add(where, "min is above max")
    check_field_list(where, field, world, problems)


def check_rule(where, field, problems):
    """The merge rule fits the type."""
    rule, kind = field.get("merge"), field.get("type")
    if (kind in SET_TYPES) != (rule in SET_RULES):
        problems.add(where, "merge rules 'set' and 'append' belong to codes, refs and texts, and they to them")
    if rule in RULE_TYPES and kind not in RULE_TYPES[rule]:
        problems.add(where, f"merge rule {rule!r} does not fit type {kind!r}")
    if field.get("check") == "attachment" and kind != "texts":
        problems.add(where, "check 'attachment' belongs to texts")


def check_field_list(where, field, world, problems):
    coded = field.get("type") in ("code", "codes")
    if coded != ("list" in field):
        problems.add(where, "code and codes have a list, other types have none")
    if not coded or "list" not in field:
        return
    codes = world["lists"].get(field["list"])
    if codes is None:
        problems.add(where, f"list {field['list']!r} is unknown")
    elif "default" in field and field["default"] not in codes:
        problems.add(where, f"default {field['default']!r} is not in list {field['list']!r}")
    if field.get("merge") == "flow" and field["list"] not in world["flows"]:
        problems.add(where, f"merge rule 'flow' wants a list whose codes have 'next', {field['list']!r} has none")


def check_kind(path, kind, common, world, problems):
    where = f"{path}"
    for key in sorted(set(kind) - KIND_KEYS):
        problems.add(where, f"unknown key {key!r}")
    if kind.get("kind") != path.stem:
        problems.add(where, f"kind is {kind.get('kind')!r}, the file says {path.stem!r}")
    check_number(where, kind, problems)
    check_labels(where, kind, problems)
    sections = {s.get("key") for s in common.get("sections", [])}
    for section in kind.get("sections", []):
        check_labels(f"{where}: section {section.get('key')}", section, problems)
        sections.add(section.get("key"))
    names, numbers = {}, {}
    for field in common.get("fields", []):
        names[field["name"]] = numbers[field["no"]] = field["name"]
    for field in kind.get("fields", []):
        at = f"{where}: {field.get('name')}"
        check_field(at, field, sections, world, problems)
        if field.get("name") in names:
            problems.add(at, "stands twice")
        if field.get("no") in numbers:
            problems.add(at, f"has the number of {numbers[field.get('no')]}")
        names[field.get("name")] = numbers[field.get("no")] = field.get("name")
    for title in kind.get("title", []):
        if title not in names:
            problems.add(where, f"title names the unknown field {title!r}")


def check_links(path, code_list, world, problems):
    """What codes name: the codes that may follow, the group in another list."""
    own, groups = world["lists"][path.stem], code_list.get("groups")
    if groups is not None and groups not in world["lists"]:
        problems.add(path, f"groups names the unknown list {groups!r}")
    for code in code_list.get("codes", []):
        where = f"{path}: {code.get('code')}"
        for key in sorted(set(code) - CODE_KEYS):
            problems.add(where, f"unknown key {key!r}")
        for step in code.get("next", []):
            if step not in own or step == code.get("code"):
                problems.add(where, f"next {step!r} is no other code of the list")
        if "group" in code and code["group"] not in world["lists"].get(groups, set()):
            problems.add(where, f"group {code['group']!r} is not in list {groups!r}")
    if len({"next" in code for code in code_list.get("codes", [])}) > 1:
        problems.add(path, "either every code has 'next' or none")


def check_list(path, code_list, problems):
    if code_list.get("list") != path.stem:
        problems.add(path, f"list is {code_list.get('list')!r}, the file says {path.stem!r}")
    check_labels(path, code_list, problems)
    seen = set()
    for code in code_list.get("codes", []):
        where = f"{path}: {code.get('code')}"
        if not isinstance(code.get("code"), str) or not code["code"]:
            problems.add(where, "code must be text")
        if code.get("code") in seen:
            problems.add(where, "stands twice")
        seen.add(code.get("code"))
        check_labels(where, code, problems)
    if not seen:
        problems.add(path, "has no codes")


def folded(text):
    """A column's heading as it is compared, as Dictionary::find_not_collected does."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    return plain.replace("_", " ").replace("-", " ")


def is_never_collected(heading, never):
    """Chinese spellings count wherever they stand in the heading, others only as all of it."""
    plain = folded(heading)
    solid = plain.replace(" ", "")
    return any(column == plain if column.isascii() else column in solid for item in never for column in item["columns"])


def load_not_collected(root, kinds, problems):
    """What no record may hold; no field of any kind may bear such a name."""
    path = root / "not_collected.json"
    never = (read_json(path, problems) or {}).get("not_collected", []) if path.exists() else []
    for item in never:
        where = f"{path}: {item.get('key')}"
        check_labels(where, item, problems)
        if not WORD.match(str(item.get("key", ""))) or not item.get("columns"):
            problems.add(where, "key must be a plain word, and columns are wanted")
        for column in item.get("columns", []):
            if column != folded(column):
                problems.add(where, f"column {column!r} must be in lower case, without blanks around it, _ and -")
    for path, kind in kinds:
        for field in kind.get("fields", []):
            for key in ("name", "zh", "en"):
                if is_never_collected(str(field.get(key, "")), never):
                    problems.add(f"{path}: {field.get('name')}", f"{key} {field[key]!r} is on the list of what is never collected")
    return never


def load_dictionary(root, problems):
    """Reads and checks assets/dictionary; what is missing counts as empty."""
    version = read_json(root / "version.json", problems) if (root / "version.json").exists() else {"version": 1}
    common = read_json(root / "common.json", problems) if (root / "common.json").exists() else {}
    kinds = [(p, read_json(p, problems)) for p in sorted((root / "kinds").glob("*.json"))]
    lists = [(p, read_json(p, problems)) for p in sorted((root / "codes").glob("*.json"))]
    problems.stop_if_any()
    world = {"kinds": {p.stem for p, _ in kinds},
             "lists": {p.stem: {c.get("code") for c in v.get("codes", [])} for p, v in lists},
             "flows": {p.stem for p, v in lists if any("next" in c for c in v.get("codes", []))}}
    for path, code_list in lists:
        check_list(path, code_list, problems)
        check_links(path, code_list, world, problems)
    common_sections = {s.get("key") for s in common.get("sections", [])}
    for field in common.get("fields", []):
        if kinds:  # its list may not be written before the first kind
            check_field(f"{root / 'common.json'}: {field.get('name')}", field, common_sections, world, problems)
    numbers = {}
    for path, kind in kinds:
        check_kind(path, kind, common, world, problems)
        if kind.get("no") in numbers:
            problems.add(path, f"has the number of {numbers[kind.get('no')]}")
        numbers[kind.get("no")] = path.stem
    never = load_not_collected(root, kinds, problems)
    problems.stop_if_any()
    return {"version": version["version"], "common": common if kinds else {},
            "kinds": sorted((k for _, k in kinds), key=lambda k: k["no"]), "lists": [v for _, v in lists],
            "not_collected": never}


def without(item, *keys):
    return {k: v for k, v in item.items() if k not in keys}


def dictionary_json(dictionary):
    """The dictionary as the program reads it: compact, without the remarks that are for people."""
    def fields(owner):
        return {**owner, "fields": [without(f, "why") for f in owner.get("fields", [])]}

    slim = {"version": dictionary["version"], "common": fields(dictionary["common"]),
            "kinds": [fields(k) for k in dictionary["kinds"]],
            "lists": [without(v, "source") for v in dictionary["lists"]],
            "not_collected": dictionary["not_collected"]}
    return json.dumps(slim, ensure_ascii=False, separators=(",", ":"))


def identifier(name):
    return name + "_" if name in RESERVED else name


def constants_hpp(dictionary):
    out = ["#pragma once", "// Made by assets/generate.py from assets/dictionary; not to be edited.",
           '#include "storage/dictionary/field_types.hpp"', "", "namespace ruhu::kinds {"]
    for kind in dictionary["kinds"]:
        out.append(f"namespace {identifier(kind['kind'])} {{")
        out.append(f"inline constexpr KindNo kKind{{{kind['no']}}};")
        for field in dictionary["common"].get("fields", []) + kind["fields"]:
            out.append(f"inline constexpr ColumnNo {identifier(field['name'])}{{{field['no']}}};")
        out.append(f"}}  // namespace {identifier(kind['kind'])}")
    out.append("}  // namespace ruhu::kinds")
    return "\n".join(out) + "\n"


def literal(text):
    """A C++ string literal; UTF-8 stays as it is."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + escaped.replace("??", '?""?') + '"'


def dictionary_cpp(text):
    """Pieces of at most 4,000 characters: compilers bound the length of one literal, not of an array."""
    pieces = [text[i:i + 4000] for i in range(0, len(text), 4000)]
    lines = "\n".join(f"    {literal(piece)}sv," for piece in pieces)
    return f"""// Made by assets/generate.py from assets/dictionary; not to be edited.
#include <string>
#include <string_view>

#include "storage/dictionary/dictionary.hpp"

namespace ruhu {{
namespace {{
using namespace std::string_view_literals;

constexpr std::string_view kPieces[] = {{
{lines}
}};

std::string joined() {{
  std::string out;
  for (const std::string_view piece : kPieces) out += piece;
  return out;
}}
}}  // namespace

std::string_view built_in_dictionary_json() {{
  static const std::string text = joined();
  return text;
}}

}}  // namespace ruhu
"""


# --- Texts ------------------------------------------------------------------------------------------------------------


def load_texts(root, lang, problems):
    """All texts of one language: LANG.json and *.LANG.json."""
    texts, home = {}, {}
    for path in sorted(list(root.glob(f"{lang}.json")) + list(root.glob(f"*.{lang}.json"))):
        for key, value in (read_json(path, problems) or {}).items():
            if not isinstance(value, str) or not value.strip():
                problems.add(path, f"{key}: text is missing")
            if key in texts:
                problems.add(path, f"{key}: stands in {home[key].name} too")
            texts[key], home[key] = value, path
    return texts, home


def check_texts(zh, zh_home, en, en_home, problems):
    for key in sorted(set(zh) ^ set(en)):
        path = zh_home.get(key) or en_home.get(key)
        problems.add(path, f"{key}: is in one language only")
    for key in sorted(set(zh) & set(en)):
        holes = [sorted(set(re.findall(r"\{(\w+)\}", str(t)))) for t in (zh[key], en[key])]
        if holes[0] != holes[1]:
            problems.add(zh_home[key], f"{key}: placeholders differ: {holes[0]} and {holes[1]}")


def text_catalog_cpp(root, problems):
    zh, zh_home = load_texts(root, "zh-CN", problems)
    en, en_home = load_texts(root, "en", problems)
    check_texts(zh, zh_home, en, en_home, problems)
    problems.stop_if_any()
    keys = sorted(zh, key=lambda k: k.encode())
    rows = "\n".join(f"    CatalogText{{{literal(k)}, {literal(zh[k])}, {literal(en[k])}}}," for k in keys)
    return f"""// Made by assets/generate.py from assets/i18n; not to be edited.
#include "platform/base/text_catalog.hpp"

#include <array>

namespace ruhu {{
namespace {{
constexpr std::array<CatalogText, {len(keys)}> kTexts{{{{
{rows}
}}}};
}}  // namespace

std::span<const CatalogText> text_catalog() {{ return kTexts; }}

}}  // namespace ruhu
"""


# --- Documents and files ------------------------------------------------------------------------------------------------


def schema_md(dictionary):
    """The data dictionary as a page for people."""
    lines = ["# Data dictionary", "", "Made by `./dev docs` from `assets/dictionary`; not to be edited. Every kind also has",
             "the common fields; empty, refused, unknown and does-not-apply are four different values of every field."]
    kinds = [{"name": "common", "no": "", "zh": "共有", "en": "in every kind", "fields": dictionary["common"]["fields"]}]
    for kind in kinds + [{**k, "name": k["kind"]} for k in dictionary["kinds"]]:
        lines += ["", f"## {kind['no']} `{kind['name']}` {kind['zh']} ({kind['en']})".replace("##  ", "## "), "",
                  "| no | field | 中文 | type | asked for | sensitivity | merge | why that rule |", "|---|---|---|---|---|---|---|---|"]
        for f in kind["fields"]:
            kind_of = f["type"] + (f" of {f['list']}" if "list" in f else f" to {f['target']}" if "target" in f else "")
            lines.append(f"| {f['no']} | `{f['name']}` | {f['zh']} | {kind_of} | {'yes' if f.get('required') else ''} |"
                         f" {f['sensitivity']} | {f['merge']} | {f.get('why', '')} |")
    return "\n".join(lines) + "\n"


def write_if_changed(path, content):
    if not path.exists() or path.read_text(encoding="utf-8") != content:
        path.write_text(content, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--assets", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--schema", type=Path, help="also write the data dictionary as Markdown to this file")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    problems = Problems()
    dictionary = load_dictionary(args.assets / "dictionary", problems)
    surnames = args.assets / "dictionary" / "surname_readings.json"
    readings = read_json(surnames, problems) if surnames.exists() else {}
    files = {
        "dictionary_constants.hpp": constants_hpp(dictionary),
        "dictionary_json.cpp": dictionary_cpp(dictionary_json(dictionary)),
        "text_catalog.cpp": text_catalog_cpp(args.assets / "i18n", problems),
        "pinyin_table.cpp": pinyin_cpp(surnames, readings or {}, problems, literal),
    }
    for name, content in files.items():
        write_if_changed(args.out / name, content)
    if args.schema:
        write_if_changed(args.schema, schema_md(dictionary))


if __name__ == "__main__":
    main()

"""The pinyin table: readings of characters, simplified forms, surnames. Part of generate.py."""
import bz2
import ctypes
import ctypes.util
import re
import sys
import unicodedata
from pathlib import Path

UNICODE = Path("/usr/share/unicode")  # Debian package unicode-data
IDEOGRAPHS = [(0x3007, 0x3007), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF)]
READING_FIELDS = ("kMandarin", "kHanyuPinlu", "kTGHZ2013", "kXHC1983")  # in use today, best first
RARE_FIELD = "kHanyuPinyin"  # old readings too: only where nothing else is known
READINGS_MAX = 4


def unihan_lines(name):
    """Lines (code point, field, value) of one Unihan file, packed or not; nothing when it is not installed."""
    for path, reader in ((UNICODE / f"{name}.txt.bz2", bz2.open), (UNICODE / f"{name}.txt", open)):
        if path.exists():
            with reader(path, "rt", encoding="utf-8") as file:
                for line in file:
                    if line.startswith("U+"):
                        code, field, value = line.rstrip("\n").split("\t", 2)
                        yield int(code[2:], 16), field, value
            return


def toneless(syllable):
    """"lǚ" -> "lv", "zhōng" -> "zhong"; empty for what is no syllable."""
    plain = unicodedata.normalize("NFD", syllable.strip().lower()).replace("u\u0308", "v")
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return plain if re.fullmatch("[a-z]+", plain) else ""


def syllables_of(value):
    """Readings in a field's value: without page numbers before ':' and counts in brackets."""
    out = []
    for part in value.split():
        for syllable in part.split(":")[-1].split(","):
            plain = toneless(re.sub(r"\(\d+\)", "", syllable))
            if plain and plain not in out:
                out.append(plain)
    return out


def load_readings():
    """Code point -> readings without tones, the usual one first."""
    found = {}
    for code, field, value in unihan_lines("Unihan_Readings"):
        if field in READING_FIELDS or field == RARE_FIELD:
            found.setdefault(code, {})[field] = syllables_of(value)
    readings = {0x3007: ["ling"]}
    for code, fields in found.items():
        ordered = fields.get("kMandarin", [])[:1]
        for field in READING_FIELDS:
            ordered = ordered + [s for s in fields.get(field, []) if s not in ordered]
        readings[code] = (ordered or fields.get(RARE_FIELD, [])[:1])[:READINGS_MAX]
    return {code: r for code, r in readings.items() if r}


def opencc_simplified(characters):
    """Each character simplified by OpenCC's library; None when it is not installed."""
    for name in (ctypes.util.find_library("opencc"), "libopencc.so.1.1", "libopencc.so"):
        try:
            library = ctypes.CDLL(name) if name else None
        except OSError:
            library = None
        if library is not None:
            break
    else:
        return None
    library.opencc_open.restype = library.opencc_convert_utf8.restype = ctypes.c_void_p
    library.opencc_open.argtypes = [ctypes.c_char_p]
    library.opencc_convert_utf8.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]
    handle = library.opencc_open(b"t2s.json")
    if handle in (None, ctypes.c_void_p(-1).value):
        return None
    source = "\n".join(characters).encode()
    result = ctypes.string_at(library.opencc_convert_utf8(handle, source, len(source))).decode().split("\n")
    return dict(zip(characters, result)) if len(result) == len(characters) else None


def unihan_simplified():
    """Fallback: the one simplified variant that Unihan names."""
    out = {}
    for code, field, value in unihan_lines("Unihan_Variants"):
        variants = [int(v.split("<")[0][2:], 16) for v in value.split()]
        if field == "kSimplifiedVariant" and len(variants) == 1:
            out[chr(code)] = chr(variants[0])
    return out


def load_simplified():
    """Traditional or compatibility code point -> the one it is compared as."""
    characters = [chr(c) for first, last in IDEOGRAPHS for c in range(first, last + 1)]
    plain = {c: unicodedata.normalize("NFC", c) for c in characters}
    table = opencc_simplified(sorted(set(plain.values())))
    if table is None:
        print("generate.py: OpenCC not found, simplifying by Unihan alone", file=sys.stderr)
        table = unihan_simplified()
    pairs = {c: table.get(plain[c], plain[c]) for c in characters}
    return {ord(c): ord(s) for c, s in pairs.items() if len(s) == 1 and s != c}


def load_surnames(path, table, readings, problems):
    """(surname, "reading;reading") with syllables parted by blanks: first how the surname is read, then the rest."""
    rows = []
    for surname, listed in table.get("single", {}).items():
        if len(surname) != 1 or not listed:
            problems.add(path, f"{surname}: one character and its readings are wanted")
        rows.append((surname, listed + [r for r in readings.get(ord(surname[0]), []) if r not in listed]))
    for surname, listed in table.get("compound", {}).items():
        if len(surname) != len(listed.split()):
            problems.add(path, f"{surname}: one syllable a character is wanted")
        usual = " ".join(readings.get(ord(c), [""])[0] for c in surname)
        rows.append((surname, [listed] + ([usual] if usual != listed else [])))
    problems.stop_if_any()
    return sorted((s, ";".join(r)) for s, r in rows)


def pack_readings(readings):
    """Ranges of code points, for each code point where its readings start, and the readings; the last has bit 15."""
    syllables = sorted({s for r in readings.values() for s in r})
    number = {s: i for i, s in enumerate(syllables)}
    pool, starts = [0], {}
    for reading in sorted({tuple(r) for r in readings.values()}):
        starts[reading] = len(pool)
        pool += [number[s] for s in reading[:-1]] + [number[reading[-1]] | 0x8000]
    ranges, cells, previous = [], [], None
    for code in sorted(readings):
        if previous is None or code - previous > 16:
            ranges.append([code, code, len(cells)])
        else:
            cells += [0] * (code - previous - 1)
        ranges[-1][1] = previous = code
        cells.append(starts[tuple(readings[code])])
    return syllables, pool, ranges, cells


def numbers(values, width=24):
    """Numbers in lines; an empty table still needs one cell."""
    texts = [str(v) for v in values] or ["0"]
    return ",\n".join("    " + ",".join(texts[i:i + width]) for i in range(0, len(texts), width))


def pinyin_cpp(surnames_path, surnames_table, problems, literal):
    """The C++ source; the table of surnames is what lies at its path, `literal` writes a C++ string."""
    readings = load_readings()
    if len(readings) < 2:
        print("generate.py: unicode-data not found, names will have no pinyin keys", file=sys.stderr)
    simplified = sorted(load_simplified().items())
    surnames = load_surnames(surnames_path, surnames_table, readings, problems)
    syllables, pool, ranges, cells = pack_readings(readings)
    range_rows = "\n".join(f"    {{{first}, {last}, {start}}}," for first, last, start in ranges)
    surname_rows = "\n".join(f"    {{{literal(s)}, {literal(r)}}}," for s, r in surnames)
    return f"""// Made by assets/generate.py from unicode-data, OpenCC and assets/dictionary; not to be edited.
#include "storage/text/pinyin_table.hpp"

namespace ruhu::pinyin_table {{
namespace {{
constexpr std::string_view kSyllables[] = {{
    {", ".join(literal(s) for s in syllables)}
}};
constexpr std::uint16_t kPool[] = {{
{numbers(pool)}
}};
constexpr Range kRanges[] = {{
{range_rows}
}};
constexpr std::uint16_t kCells[] = {{
{numbers(cells)}
}};
constexpr std::uint32_t kSimplified[][2] = {{
{numbers([f"{{{a},{b}}}" for a, b in simplified] or ["{0,0}"], 12)}
}};
constexpr Surname kSurnames[] = {{
    {{"", ""}},
{surname_rows}
}};
}}  // namespace

std::span<const std::string_view> syllables() {{ return kSyllables; }}
std::span<const std::uint16_t> pool() {{ return kPool; }}
std::span<const Range> ranges() {{ return kRanges; }}
std::span<const std::uint16_t> cells() {{ return kCells; }}
std::span<const std::uint32_t[2]> simplified() {{ return kSimplified; }}
std::span<const Surname> surnames() {{ return kSurnames; }}

}}  // namespace ruhu::pinyin_table
"""

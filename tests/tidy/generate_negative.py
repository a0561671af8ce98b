#!/usr/bin/env python3
"""Proves that assets/generate.py refuses each kind of mistake: plants it in a copy of assets/dictionary and looks for
the message."""
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def field(kind, which, **changes):
    """Changes one field of a kind."""
    def plant(dictionary):
        path = dictionary / "kinds" / f"{kind}.json"
        data = json.loads(path.read_text(encoding="utf-8"))
        next(f for f in data["fields"] if f["name"] == which).update(changes)
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return plant


def code(code_list, which, **changes):
    """Changes one code of a list; None takes the key out."""
    def plant(dictionary):
        path = dictionary / "codes" / f"{code_list}.json"
        data = json.loads(path.read_text(encoding="utf-8"))
        item = next(c for c in data["codes"] if c["code"] == which)
        item.update(changes)
        for key in [k for k, v in item.items() if v is None]:
            del item[key]
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return plant


def heading(text):
    """Adds a heading to what is never collected."""
    def plant(dictionary):
        path = dictionary / "not_collected.json"
        data = json.loads(path.read_text(encoding="utf-8"))
        data["not_collected"][0]["columns"].append(text)
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return plant


PLANTED = [
    (field("case", "photos", merge="latest"), "'set' and 'append' belong to"),
    (field("case", "text", merge="append"), "'set' and 'append' belong to"),
    (field("case", "text", merge="max"), "'max' does not fit type 'note'"),
    (field("case", "text", merge="flow"), "'flow' does not fit type 'note'"),
    (field("case", "level", merge="flow"), "wants a list whose codes have 'next'"),
    (field("case", "text", merge="luck"), "merge 'luck' is unknown"),
    (field("case", "text", check="attachment"), "'attachment' belongs to texts"),
    (field("case", "dup_of", target="ghost"), "target 'ghost' is unknown"),
    (field("case", "no", no=4), "has the number of"),
    (code("case_state", "closed", next=["heaven"]), "next 'heaven' is no other code"),
    (code("case_state", "closed", next=["closed"]), "next 'closed' is no other code"),
    (code("case_state", "closed", next=None), "either every code has 'next' or none"),
    (code("case_category", "11", group="98"), "group '98' is not in list"),
    (code("case_category", "11", colour="red"), "unknown key 'colour'"),
    (field("person", "ethnicity", zh="宗教信仰"), "is on the list of what is never collected"),
    (field("person", "ethnicity", en="Political status"), "is on the list of what is never collected"),
    (field("person", "ethnicity", name="hiv_status"), "is on the list of what is never collected"),
    (heading("Holy_Day"), "must be in lower case"),
]


def refusal(plant, folder):
    """What the generator says to a copy of the assets with the mistake in it; empty when it takes them."""
    assets = folder / "assets"
    shutil.copytree(ROOT / "assets" / "dictionary", assets / "dictionary")
    plant(assets / "dictionary")
    run = subprocess.run([sys.executable, ROOT / "assets" / "generate.py", "--assets", assets, "--out", folder / "out"],
                         capture_output=True, text=True, check=False)
    return run.stderr if run.returncode else ""


def main():
    missed = 0
    for plant, wanted in PLANTED:
        with tempfile.TemporaryDirectory() as folder:
            said = refusal(plant, Path(folder))
        if wanted not in said:
            missed += 1
            print(f"not caught: {wanted!r}; the generator said: {said.strip() or 'nothing'}")
    print(f"generate_negative: {len(PLANTED) - missed} of {len(PLANTED)} mistakes caught")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

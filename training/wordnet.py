"""Reduce WordNet's database to the word groups that the tables need.

``python -m training.wordnet DIR`` reads the files ``data.*`` and ``*.exc`` of WordNet 3.0 in ``DIR``
and writes ``training/wordnet.txt.gz``, so that nobody needs WordNet itself to build the tables. WordNet's
licence, which allows this, is the file's head.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterator
from pathlib import Path

FILE = Path(__file__).parent / "wordnet.txt.gz"
PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
LICENCE = """\
# Word groups reduced from WordNet 3.0. WordNet's licence:
#
# This software and database is being provided to you, the LICENSEE, by Princeton University under the
# following license. By obtaining, using and/or copying this software and database, you agree that you have
# read, understood, and will comply with these terms and conditions.:
#
# Permission to use, copy, modify and distribute this software and database and its documentation for any
# purpose and without fee or royalty is hereby granted, provided that you agree to comply with the following
# copyright notice and statements, including the disclaimer, and that the same appear on ALL copies of the
# software, database and documentation, including modifications that you make for internal use or for
# distribution.
#
# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved.
#
# THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR
# WARRANTIES, EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON UNIVERSITY MAKES NO
# REPRESENTATIONS OR WARRANTIES OF MERCHANTABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE OF
# THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS,
# TRADEMARKS OR OTHER RIGHTS.
#
# The name of Princeton University or Princeton may not be used in advertising or publicity pertaining to
# distribution of the software and/or database. Title to copyright in this software, database and any
# associated documentation shall at all times remain with Princeton University and LICENSEE agrees to
# preserve same.
#
# "n", "v", "a", "r" begin a group of synonyms; "x" an irregular form, its base and part of speech; "w" a
# word that stands in no group.
"""


def _words(fields: list[str]) -> list[str]:
    count = int(fields[3], 16)
    found = (fields[4 + 2 * i].split("(")[0] for i in range(count))
    return [word for word in found if word.isascii() and word.isalpha() and word.islower()]


def reduce(folder: Path) -> Iterator[str]:
    """Lines of the reduced file, in no order."""
    seen: set[str] = set()
    grouped: set[str] = set()
    for part, letter in PARTS.items():
        synsets: dict[str, list[str]] = {}
        similar: list[tuple[str, str]] = []
        for line in (folder / f"data.{part}").read_text(encoding="ascii").splitlines():
            if line.startswith(" "):
                continue
            fields = line.split("|")[0].split()
            words = synsets[fields[0]] = _words(fields)
            seen.update(words)
            if len(words) > 1:
                grouped.update(words)
                yield " ".join([letter, *words])
            at = 5 + 2 * int(fields[3], 16)
            pointers = fields[at : at + 4 * int(fields[at - 1])]
            similar += [
                (fields[0], pointers[i + 1]) for i in range(0, len(pointers), 4) if pointers[i] == "&"
            ]
        for head, satellite in similar:
            for a in synsets[head]:
                for b in synsets[satellite]:
                    if a < b:
                        grouped.update((a, b))
                        yield f"{letter} {a} {b}"
        for line in (folder / f"{part}.exc").read_text(encoding="ascii").splitlines():
            form, base = line.split()[:2]
            if form.isalpha() and base.isalpha():
                yield f"x {form} {base} {letter}"
    for word in seen - grouped:
        yield f"w {word}"


def main() -> None:
    """Write the reduced file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    lines = sorted(set(reduce(parser.parse_args().folder)))
    with FILE.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write((LICENCE + "\n".join(lines) + "\n").encode("ascii"))
    print(f"{len(lines):,} lines, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

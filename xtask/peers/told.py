"""What other tools say of pages (title, authors, date), and what they make of date expressions.

    told.py trafilatura|htmldate FOLDER > pages.jsonl
    told.py dateparser LIST... > expressions.jsonl

One JSON line a page: file, title, authors, date; or a row: list, line (from 1), values. A page or row on which a tool
raises counts as one of which it says nothing.
"""

import datetime
import json
import logging
import pathlib
import sys


def trafilatura(page):
    from trafilatura import bare_extraction

    found = bare_extraction(page, with_metadata=True, include_comments=False)
    found = found.as_dict() if found else {}
    authors = [name.strip() for name in (found.get("author") or "").split(";") if name.strip()]
    return {"title": found.get("title"), "authors": authors, "date": found.get("date")}


def htmldate(page):
    from htmldate import find_date

    return {"title": None, "authors": [], "date": find_date(page, extensive_search=True, original_date=True)}


def pages(tool, folder):
    for path in sorted(pathlib.Path(folder).iterdir()):
        try:
            told = tool(path.read_bytes())
        except Exception:
            told = {"title": None, "authors": [], "date": None}
        yield {"file": path.name, **told}


def expressions(lists):
    import dateparser
    from dateparser.search import search_dates

    codes = {"ckb": None, "ku": None, "prs": "fa"}
    for name in lists:
        path = pathlib.Path(name)
        for line, row in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if not row.strip() or row.startswith("#"):
                continue
            reading, language, published, text = row.split("\t")[:4]
            languages = [codes.get(language, language)] if codes.get(language, language) not in (None, "-") else None
            settings = {}
            if published != "-":
                settings["RELATIVE_BASE"] = datetime.datetime.fromisoformat(published[:10])
            try:
                if reading == "parse":
                    found = [dateparser.parse(text, languages=languages, settings=settings or None)]
                else:
                    plain = text.replace("⟦", "").replace("⟧", "")
                    found = [date for _, date in search_dates(plain, languages=languages, settings=settings or None) or []]
            except Exception:
                found = []
            values = [date.isoformat() for date in found if date]
            yield {"list": path.stem, "line": line, "values": values}


def main():
    tools = {"trafilatura": trafilatura, "htmldate": htmldate}
    if len(sys.argv) < 3 or sys.argv[1] not in (*tools, "dateparser"):
        sys.exit("usage: told.py trafilatura|htmldate FOLDER, or told.py dateparser LIST...")
    logging.disable(logging.CRITICAL)
    sys.setrecursionlimit(10_000)
    lines = expressions(sys.argv[2:]) if sys.argv[1] == "dateparser" else pages(tools[sys.argv[1]], sys.argv[2])
    out = open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False)
    for line in lines:
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
    out.flush()


if __name__ == "__main__":
    main()

"""Extracts the text of every page of a folder with a peer, on one thread, and measures the time.

    extract.py ENGINE FOLDER > pages.jsonl

One JSON line a page: file, text, seconds. All files are in memory before the first is timed; only extraction is, from
bytes to text, in processor time, so that a busy machine changes little. The smallest page is read once before, untimed.
A page on which a peer raises scores as an empty text.
"""

import json
import logging
import pathlib
import sys
import time


def trafilatura(**options):
    from trafilatura import extract

    def text(page):
        # Comments are no part of the article in any of the benchmarks.
        return extract(page, include_comments=False, **options)

    return text


def readability():
    import lxml.html
    from readability import Document

    inline = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span"}
    inline |= {"strong", "sub", "sup", "time", "u"}

    def lines(element, out):
        # The summary is HTML: line breaks where blocks end, so that words at their ends stay two.
        block = element.tag not in inline
        if block:
            out.append("\n")
        if isinstance(element.tag, str):
            out.append(element.text or "")
            for child in element:
                lines(child, out)
        if block:
            out.append("\n")
        out.append(element.tail or "")

    def text(page):
        out = []
        lines(lxml.html.fromstring(Document(page).summary(html_partial=True)), out)
        return "\n".join(filter(None, (" ".join(line.split()) for line in "".join(out).split("\n"))))

    return text


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    def text(page):
        html = bytes_to_str(page, detect_encoding(page))
        return extract_plain_text(html, main_content=True, alt_texts=False)

    return text


ENGINES = {
    "trafilatura": lambda: trafilatura(),
    "trafilatura-fast": lambda: trafilatura(fast=True),
    "trafilatura-precision": lambda: trafilatura(favor_precision=True),
    "readability-lxml": readability,
    "resiliparse": resiliparse,
}


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ENGINES:
        sys.exit(f"usage: extract.py {'|'.join(ENGINES)} FOLDER")
    engine, folder = sys.argv[1:]
    logging.disable(logging.CRITICAL)
    sys.setrecursionlimit(10_000)
    text_of = ENGINES[engine]()
    pages = [(path.name, path.read_bytes()) for path in sorted(pathlib.Path(folder).iterdir())]
    out = open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False)
    # What an engine sets up at its first page is no extraction.
    for _, page in sorted(pages, key=lambda page: len(page[1]))[:1]:
        try:
            text_of(page)
        except Exception:
            pass
    for name, page in pages:
        start = time.thread_time()
        try:
            text = text_of(page) or ""
        except Exception:
            text = ""
        seconds = time.thread_time() - start
        text = text.encode("utf-8", "replace").decode("utf-8")
        out.write(json.dumps({"file": name, "text": text, "seconds": seconds}, ensure_ascii=False) + "\n")
    out.flush()
    total = sum(len(page) for _, page in pages)
    print(f"{engine}: {len(pages)} pages, {total / 1e6:.1f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()

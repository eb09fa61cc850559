"""Runs news-please on pages, in its own venv: a JSON list of (URL, text) on standard input.

Answers with CPU seconds and, for each page, title, day, origin (it has none) and text. The first pages are processed
twice, so that loading its tables (langdetect's languages) is not counted, as with the others.
"""

import json
import sys
import time

from newsplease import NewsPlease

FIRST = 5


def read(url: str, text: str) -> tuple[str, str, str, str]:
    try:
        found = NewsPlease.from_html(text, url=url, fetch_images=False)
    except Exception:  # it raises various errors on pages that it cannot read
        return "", "", "", ""
    return found.title or "", str(found.date_publish or ""), "", found.maintext or ""


pages = json.load(sys.stdin)
for page in pages[:FIRST]:
    read(*page)
began = time.process_time()
answers = [read(*page) for page in pages]
print(json.dumps([time.process_time() - began, answers]))

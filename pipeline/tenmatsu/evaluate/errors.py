"""The error browser: one page that opens offline and runs nothing, with every mistake in its sentence."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape

from tenmatsu.evaluate.layers import Mistake, Score
from tenmatsu.evaluate.run import Report

_STYLE = """
body { font: 15px/1.6 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #222; background: #fff }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #ccc } summary { cursor: pointer; font-weight: 600; padding: .2rem 0 }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .3rem .6rem }
tr + tr td { border-top: 1px solid #e5e5e5 } td.quote { width: 45%; overflow-wrap: anywhere } mark { background: #ffe08a }
td.kind { white-space: nowrap } .place { color: #767676; font-size: 13px }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 } mark { background: #7a5c00; color: #fff } }
"""
_AROUND = 80
_END = re.compile(r"[。\n]")


def page(report: Report) -> str:
    """Return the page; everything from documents and gold is escaped, and its policy lets nothing load or run."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>tenmatsu: mistakes</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>Mistakes by layer</h1>\n"
    )
    layers = dict.fromkeys(mistake.layer for score in report.scores for mistake in score.mistakes)
    body = "".join(_layer(layer, report) for layer in layers) or "<p>None: everything agrees with the gold.</p>\n"
    return head + body + "</body>\n</html>\n"


def _layer(layer: str, report: Report) -> str:
    parts = []
    total = 0
    for score in report.scores:
        own = [mistake for mistake in score.mistakes if mistake.layer == layer]
        total += len(own)
        if own:
            rows = "".join(_row(score, mistake) for mistake in sorted(own, key=lambda m: (m.start, m.kind)))
            parts.append(
                f'<details open><summary>{escape(score.doc)} ({len(own)})</summary>\n<table>\n<tr><th scope="col">what</th>'
                f'<th scope="col">in the text</th><th scope="col">gold</th><th scope="col">system</th></tr>\n{rows}</table></details>\n'
            )
    return f"<h2>{escape(layer)} ({total})</h2>\n{''.join(parts)}"


def _row(score: Score, mistake: Mistake) -> str:
    return (
        f'<tr><td class="kind">{escape(mistake.kind)}</td><td class="quote">{_quote(score.text, mistake)}</td>'
        f"<td>{escape(mistake.gold)}</td><td>{escape(mistake.system)}</td></tr>\n"
    )


def _quote(text: str, mistake: Mistake) -> str:
    start, end = mistake.start, mistake.end
    if start < 0:
        return ""
    begin = max(start - _AROUND, 0)
    for stop in _END.finditer(text, begin, start):
        begin = stop.end()
    after = _END.search(text, end)
    finish = min(after.end() if after else len(text), end + _AROUND)
    line = text.count("\n", 0, start) + 1
    quoted = f"{escape(text[begin:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:finish])}"
    return f'{quoted} <span class="place">line {line}, {start}-{end}</span>'

"""The layout against a list of real headings, marks and habits, where that list is at hand (it is no part of the package)."""

from pathlib import Path

from tenmatsu.events.extract import SILENT
from tenmatsu.read.layout import analyse

EXCEPTIONS = Path(__file__).with_name("phrasebook-exceptions.tsv")
SECTIONS = {
    "timeline": ("timeline",), "overview": ("overview",), "finding": ("finding",), "investigation": ("investigation",),
    "impact": ("impact",), "outlook": ("outlook",), "affected_list": ("impact",), "secondary": ("impact",),
    "leaked_list": ("leaked", "leaked_possible"), "cause": ("cause",), "response": ("response",), "plan": ("plan",),
    "comment": ("comment",), "advice": ("advice",), "faq": ("advice",), "contact": ("contact",), "glossary": ("glossary",),
    "bookkeeping": ("history",), "aggregator_link": ("sources",), "boilerplate": ("sources",), "toc": ("toc",),
}  # fmt: skip


def rows(path):
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line]


def filled(text):
    return [line for line in analyse(text)[0] if line.role != "blank"]


def heads(form, sections):
    """Whether the form as a heading opens one of the sections."""
    found = filled(f"不正アクセスについて\n\n本文です。\n\n{form}\n\nサーバーを停止しました。\n")
    return found[2].role in ("heading", *SILENT) and found[2].section in sections


def body_role(form, *roles):
    return filled(f"不正アクセスについて\n\n本文です。\n\n{form}\n\nサーバーを停止しました。\n")[2].role in roles


def top_role(form, *roles):
    return filled(f"{form}\n\n当社のサーバーに侵入がありました。\n")[0].role in roles


def is_version(form):
    line = f"{form}：2024年3月1日" if form.endswith("日") else f"2024年3月1日 {form}"
    return filled(f"不正アクセスについて\n\n{line}\n\n本文です。\n")[1].role == "history"


def is_letter(form, role):
    text = f"{form}\n\n不正アクセスについて\n\n本文です。\n"
    return filled(text)[0].role == role


def is_table_head(form):
    cells = [form, "対応"] if form.startswith("日") else ["日時", form]
    for mark in (" | ", "\t", "　"):
        found = filled(f"経緯\n\n{mark.join(cells)}\n{mark.join(['2024年3月1日', 'サーバーに侵入'])}\n")
        if [line.role for line in found[1:]] != ["header_row", "row"]:
            return False
    return True


def is_ditto(form):
    text = f"日時 | 内容\n2024年3月1日 | 検知\n{form} | 遮断\n"
    return text[slice(*filled(text)[2].dated)] == "2024年3月1日"


def is_toc(form):
    found = filled(f"報告書\n\n{form}\n1. 概要\n2. 経緯\n\n1. 概要\n本文です。\n2. 経緯\n侵入がありました。\n")
    return [line.role for line in found[2:5]] == ["toc", "toc", "heading"] and found[-1].section == "timeline"


def is_timeline_style(form):
    if form.endswith("に"):
        return body_role(f"{form}検知しました。", "paragraph")
    if form.endswith("…"):
        return body_role(form.replace("…", "サーバーへの侵入"), "row")
    return body_role(form, "date_line")


def is_encoding(form):
    if form.startswith("お詫"):
        return top_role(f"{form}とご報告", "title")
    if form == "各 位":
        return is_letter(form, "addressee")
    return body_role("2024年3⽉1⽇　サーバーの停⽌", "row") and "⽉" in form


CHECKS = {
    "title": lambda form: top_role(form, "title"),
    "version": is_version,
    "aggregator_title": lambda form: top_role(f"{form}甲山商事 2023/4/1", "title"),
    "aggregator_link": lambda form: heads(form, SECTIONS["aggregator_link"]) or body_role(form, *SILENT),
    "byline": lambda form: body_role(form, "byline"),
    "boilerplate": lambda form: body_role(form, "furniture") or heads(form, SECTIONS["boilerplate"]),
    "addressee": lambda form: is_letter(form, "addressee"),
    "issuer": lambda form: is_letter(form, "issuer"),
    "greeting": lambda form: is_letter(form, "greeting"),
    "date_line": lambda form: is_letter(form, "date_line"),
    "lead": lambda form: body_role(f"{form}、侵入を確認しました。", "paragraph") and body_role(form, "heading"),
    "separator": lambda form: body_role(form, "furniture") or body_role(f"{form}です。", "paragraph"),
    "closing": lambda form: body_role(f"{form}、ご報告いたします。", "paragraph"),
    "toc": is_toc,
    "table_head": is_table_head,
    "overview": lambda form: heads(form, ("overview",)) or body_role(f"{form}：2024年3月1日", "label"),
    "cause": lambda form: heads(form, ("cause", "plan") if "再発防止" in form else ("cause",)),
    "contact": lambda form: heads(form, ("contact",)) or body_role(f"{form} 0120-000-000", "contact"),
    "footnote": lambda form: body_role(f"{form} 甲紙の記事", "footnote", *(("item",) if form == "※" else ())),
    "heading_style": lambda form: body_role(form if len(form) > 1 else f"{form}経緯", "heading"),
    "numbering": lambda form: body_role(f"{form} サーバーを停止しました。", "item") and body_role(f"{form} 経緯", "heading"),
    "bullet": lambda form: body_role(f"{form} サーバーを停止しました。", "item"),
    "ditto": is_ditto,
    "label_sep": lambda form: all(body_role(f"発生日時{mark}2024年3月1日", "label") for mark in (form, "：")),
    "range": lambda form: body_role(f"2024年3月1日{form}3月5日　サーバーに侵入", "row"),
    "punctuation": lambda form: len(analyse("端末が感染し,外部と通信した.端末を隔離した.\n")[1]) == 2,
    "time_anchor": lambda form: body_role(f"{form}、サーバーを停止しました。", "paragraph"),
    "timeline_style": is_timeline_style,
    "encoding": is_encoding,
    "typo": lambda form: body_role(form, "date_line"),
}  # fmt: skip


def holds(form, kind):
    if kind in CHECKS:
        return CHECKS[kind](form)
    return kind in SECTIONS and heads(form, SECTIONS[kind])


def test_the_layout_knows_the_forms_of_the_phrasebook(record_property, phrasebook):
    table = rows(phrasebook("structure.tsv"))
    missed = [(form, kind) for form, kind, *_ in table if not holds(form, kind)]
    excepted = {(form, kind) for form, kind, _ in rows(EXCEPTIONS)}
    rate = 1 - len(missed) / len(table)
    record_property("rate", round(rate, 3))
    print(f"structure: {len(table) - len(missed)} of {len(table)} rows ({rate:.3f})")
    assert set(missed) <= excepted, sorted(set(missed) - excepted)
    assert rate >= 0.95


def test_every_exception_is_a_row_that_does_not_hold(phrasebook):
    table = {(form, kind) for form, kind, *_ in rows(phrasebook("structure.tsv"))}
    for form, kind, reason in rows(EXCEPTIONS):
        assert (form, kind) in table
        assert not holds(form, kind), f"{form} holds now: take it out"
        assert len(reason) > 10

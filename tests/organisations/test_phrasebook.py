"""The forms of the phrasebook, each in a carrier sentence of the kind that its class needs.

The phrasebook is not part of the repository: the test reads it where it is at hand ($TENMATSU_PHRASEBOOK, or
``shared/phrasebook`` beside the checkout). A name must be found with its exact span, an anaphor as an anaphor of
the right organisation, an unnamed party, a product or a person not at all. Rows that are wrong or go against the
annotation guide stand in ``phrasebook-exceptions.tsv`` with their reason.
"""

import csv
from pathlib import Path

import pytest

from tenmatsu.organisations import find, resolve
from tenmatsu.read.layout import analyse

HERE = Path(__file__).parent
FLOOR = 0.98
SITUATIONS = {
    "行": "株式会社みなと銀行",
    "信金": "みなと信用金庫",
    "金庫": "みなと信用金庫",
    "組合": "みなと生活協同組合",
    "健保": "青葉健康保険組合",
    "協会": "一般社団法人青葉協会",
    "会": "青葉連合会",
    "財団": "一般財団法人青葉財団",
    "法人": "社会福祉法人青葉会",
    "研究所": "青葉産業技術研究所",
    "機構": "青葉年金機構",
    "館": "青葉歴史博物館",
    "院": "青葉総合病院",
    "病院": "青葉総合病院",
    "センター": "青葉医療センター",
    "学": "青葉大学",
    "大": "青葉大学",
    "学園": "学校法人青葉学園",
    "学院": "学校法人青葉学院",
    "校": "青葉高等学校",
    "市": "青葉山市",
    "県": "青森県",
    "都": "東京都",
    "区": "豊島区",
    "町": "青葉町",
    "省": "総務省",
    "庁": "警察庁",
    "公社": "青葉住宅公社",
}
UNNAMED = ("no name", "generic", "same role", "indefinite")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def mentions(text: str) -> list[tuple[str, str, str]]:
    lines, sentences = analyse(text)
    found, *_ = resolve(text, find(text, lines), lines, sentences)
    return [(one.text, one.kind, one.entity) for one in found]


def whose(form: str) -> str:
    """Return an organisation that ``form`` can stand for, by how it ends."""
    plain = form.removesuffix("グループ")
    for length in (4, 3, 2, 1):
        if plain[-length:] in SITUATIONS:
            return SITUATIONS[plain[-length:]]
    return "株式会社青葉商会"


def anaphor(form: str, owner: str, text: str) -> tuple[str, list[tuple[str, str, str]], str]:
    return text, [(form, "anaphor", owner)], form


def unnamed(note: str, notes: dict[str, str]) -> bool:
    """Tell whether the note says that the form names nobody, also where it refers to another row (like X)."""
    if note.startswith("like ") and note[5:] in notes:
        return unnamed(notes[note[5:]], notes)
    return any(word in note for word in UNNAMED)


def case(row: dict[str, str], notes: dict[str, str]) -> tuple[str, list[tuple[str, str, str]], str | None]:
    """Return a text, the mentions wanted in it, and the form that is looked at (None: all mentions)."""
    form, kind, note = row["form"], row["kind"], row["note"]
    owner = whose(form)
    if kind in ("self", "group"):
        if form.startswith("〇〇"):
            return "北斗電機グループは10月3日に公表した。", [("北斗電機", "name", "北斗電機")], None
        if "indefinite" in note:
            return f"{form}は調査を進めている。", [], None
        form = form.removesuffix("グループ")
        if form[0] in "当弊小本":
            text = f"{owner}は、サーバーへの不正アクセスを確認しました。\n{row['form']}は10月3日に公表しました。\n"
        else:
            text = f"{owner}（以下「{form}」という）は、不正アクセスを確認した。\n{form}は10月3日に公表した。\n"
        return text, [(form, "anaphor", owner)], form
    if kind == "other_anaphor" and "indefinite" not in note:
        if form.startswith(("両", "2")):
            one, other = owner, {"両校": "北沢高等学校", "両行": "株式会社北斗銀行"}.get(form, "北斗株式会社")
            return anaphor(form, f"{one}|{other}", f"{one}と{other}が攻撃を受けた。{form}は10月3日に公表した。")
        if form == "自社":
            return anaphor(form, owner, f"{owner}は、{form}のサーバーを調べている。")
        if form in ("機構", "病院", "先方", "相手方"):
            return anaphor(form, owner, f"{owner}（以下「{form}」という）は公表した。\n{form}は調べている。\n")
        shown = form.removesuffix("グループ")
        text = f"{owner}は、サーバーが不正アクセスを受けたと発表した。{form}は調べている。"
        return text, [(shown, "anaphor", owner)], shown
    if kind == "other" and "short for" in note:
        whole = "青葉" + note.split()[-1]
        return f"{whole}は公表した。{form}によると調査中。", [(form, "name", whole)], form
    if kind in ("contractor", "subcontractor", "client") or form in ("公社", "運営事務局", "事務局", "委託先"):
        text = f"株式会社北斗（以下「{form}」という）が攻撃を受けた。\n{form}は10月3日に公表した。\n"
        return text, [(form, "anaphor", "株式会社北斗")], form
    if kind == "affiliate" and form.endswith(("子会社", "孫会社", "親会社", "持株会社")):
        text = f"青葉商事株式会社は、{form}の株式会社北斗が攻撃を受けたと発表した。{form}は調べている。"
        return text, [(form, "anaphor", "株式会社北斗")], form
    if kind == "short_form" or (kind == "third_party" and form.endswith("社") and form[0].isascii()):
        form = form.replace("〇〇", "ショーウィン")
        if "defined" in note and "社" not in form:
            return f"青葉研究所（以下「{form}」という）は公表した。{form}は", [(form, "name", "青葉研究所")], form
        return f"委託先の{form}が攻撃を受けた。", [(form, "name", form)], None
    if kind == "third_party" and "name stem" in note:
        return f"{form}のサービスが改ざんされた。", [(form, "name", form)], None
    if kind == "definition":
        if "not an organisation" in note:
            return f"株式会社青葉は攻撃を受けた（{form}）。", [("株式会社青葉", "name", "株式会社青葉")], None
        shown = form.strip("()").removeprefix("以下").lstrip("、「").split("」")[0]
        bracketed = form if form.startswith("(") else f"({form})"
        wanted = [("株式会社青葉", "name", "株式会社青葉"), *[(shown, "anaphor", "株式会社青葉")] * 2]
        return f"株式会社青葉{bracketed}は公表した。\n{shown}は調べている。\n", wanted, None
    if kind == "suffix":
        if form[0].isascii() and form[0] != "N" and form != "(株)":
            name = f"Aoba Trading {form}"
        elif ("after" in note and "before" not in note) or form.endswith(
            ("組合", "商工会", "会議所", "協議会", "委員会")
        ):
            name = ("青葉県" if form == "教育委員会" else "青葉") + form
        else:
            name = form + ("青葉大学" if "大学" in form else "青葉会")
        return f"委託元の{name}は10月3日に公表した。", [(name, "name", name)], None
    if kind in ("authority", "press") and not unnamed(note, notes):
        name = form.replace("〇〇", "青葉" if form.endswith("署") else "青森")
        name = {
            "警察本部": "青森県警察本部",
            "保健所": "青葉保健所",
            "サイバー犯罪対策課": "青森県警サイバー犯罪対策課",
        }.get(name, name)
        text = f"{name}によると、調査中という。" if kind == "press" else f"同日、{name}に報告した。"
        return text, [(name, "name", "")], None
    return f"同日、{form}が調査した。詳しくは{form}へ。", [], None


def judged(row: dict[str, str], notes: dict[str, str]) -> tuple[bool, str, list[tuple[str, str, str]]]:
    """Return whether the row is read as it should be, its carrier text and what was found there."""
    text, wanted, looked_at = case(row, notes)
    got = mentions(text)
    if wanted and not wanted[0][2]:  # whose name it is, is not asked: one text may give its fuller name
        got = [(one, kind, "") for one, kind, _ in got]
    if looked_at is None:
        return got == wanted, text, got
    # a definition may be a mention as well; every one of them must be the wanted one
    return {one for one in got if one[0] == looked_at} == set(wanted), text, got


def test_the_forms_of_the_phrasebook(phrasebook):
    excepted = {row["form"] for row in rows(HERE / "phrasebook-exceptions.tsv")}
    everything = rows(phrasebook("organisation.tsv"))
    notes = {row["form"]: row["note"] for row in everything}
    counted = [row for row in everything if row["form"] not in excepted]
    failed = [
        (row["form"], row["kind"], got, text)
        for row in counted
        for right, text, got in [judged(row, notes)]
        if not right
    ]
    rate = 1 - len(failed) / len(counted)
    print(f"organisation.tsv: {len(counted) - len(failed)} of {len(counted)} forms ({rate:.3f})")
    for one in failed:
        print(*one)
    assert rate >= FLOOR


@pytest.mark.parametrize(
    "carrier",
    ["同日、{}が調査した。", "{}は公表した。", "{}に報告し、{}から連絡を受けた。", "株式会社青葉は{}に委託した。"],
)
def test_parties_without_a_name_are_silent(carrier, phrasebook):
    kinds = ("contractor", "subcontractor", "client", "service", "site", "person", "actor", "none")
    silent = [row["form"] for row in rows(phrasebook("organisation.tsv")) if row["kind"] in kinds]
    texts = [carrier.replace("{}", form) for form in silent]
    assert [(text, got) for text in texts if (got := [m for m in mentions(text) if m[0] != "株式会社青葉"])] == []


def test_every_exception_has_a_reason():
    assert [row["form"] for row in rows(HERE / "phrasebook-exceptions.tsv") if len(row["reason"]) < 10] == []

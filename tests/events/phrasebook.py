"""Reads the phrasebook of triggers and judges how tenmatsu types each of its items.

The phrasebook (TSV: trigger, type, note, src) is not part of the repository. An item is a fragment (盗み取, 閲覧できない,
誤送信, …を停止): it is put into carrier sentences of the kind that its class needs, dated, the attack side with an
attacker or as something suffered, the response side with the organisation as actor. What its ending lacks of a
predicate is filled in first. Not every noun goes with every light verb, so an item is

- right when at least one carrier yields its type at the item and no carrier yields another type there;
- silent (class ``none``) when no carrier yields anything at the item.

Exceptions (``phrasebook-triggers-exceptions.tsv``: item, type, reason) name the type that the annotation guide gives
where a row has another, and ``-`` where a row names no trigger that could be judged alone.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from tenmatsu.events import triggers

DAY = "2024年5月7日、"
# what a fragment that ends in a kanji or a bare stem lacks, longest ending first
ENDINGS = (
    ("盗み取", "られた"), ("抜き取", "られた"), ("吸い取", "られた"), ("だまし取", "られた"), ("持ち出", "された"),
    ("持ち去", "られた"), ("書き写", "された"), ("に渡", "した"), ("出回", "った"), ("騙", "った"), ("気付", "いた"),
    ("気づ", "いた"), ("見つか", "った"), ("分か", "った"), ("切り離", "した"), ("を抜", "いた"), ("に戻", "った"),
    ("に至", "った"), ("が止ま", "った"), ("持ち帰", "った"), ("に残", "った"), ("突い", "て侵害した"), ("塞い", "だ"),
    ("開い", "た"), ("わかっ", "た"), ("なっ", "た"), ("え", "た"), ("げ", "た"), ("れ", "た"), ("し", "た"), ("し", "、"),
    ("じ", "た"), ("け", "た"), ("め", "た"), ("い装", "った"), ("を装い", "侵入した"), ("受け", "た"), ("させ", "た"),
    ("なく", "なった"), ("した", "。"), ("れた", "。"), ("送るべき", "メールを誤って送信した"), ("のまま", "だった"),
)  # fmt: skip
STATES = ("ない", "にくい", "づらい", "不安定", "不可", "不能")


@dataclass(frozen=True)
class Row:
    """A line of the phrasebook."""

    item: str
    type: str
    note: str


@dataclass(frozen=True)
class Verdict:
    """What the carriers of a row yield at its item: (sentence, types) each."""

    right: bool
    shown: tuple[tuple[str, tuple[str, ...]], ...]


# what an item needs beside it (its note says so) to be what the row says
CONTEXTS = {
    "仕込まれ": ("添付ファイルにウイルスが仕込まれた。",),
    "バックドア": ("社内のサーバーにバックドアが設置された。",),
    "ネットワークへ侵入": ("攻撃者が子会社から当社のネットワークへ侵入した。",),
    "漏洩事案": ("当社で個人情報の漏洩事案が発生した。",),
    "拡張子が書き換え": ("ファイルの拡張子が書き換えられた。",),
    "書き込まれ": ("サーバーに不正なプログラムが書き込まれた。",),
    "書き換え": ("第三者がサイトを書き換えた。", "パスワードの書き換えがあった。"),
    "消失": ("攻撃によりサーバーのデータが消失した。",),
    "破損": ("攻撃によりサーバーのデータが破損した。",),
    "滅失": ("攻撃によりサーバーのデータが滅失した。",),
    "毀損": ("攻撃によりサーバーのデータが毀損した。",),
    "誘導": ("利用者がフィッシングサイトへ誘導された。",),
    "口座を開設": ("第三者が他人名義の口座を開設した。",),
    "活動を開始": ("ウイルスが端末で活動を開始した。",),
    "不正プログラムの実行": ("端末で不正プログラムの実行が確認された。",),
    "決算発表の延期": ("決算発表の延期を決めた。",),
    "停止": ("攻撃により業務が停止した。", "診療の停止が続いた。"),
    "サービス停止": ("攻撃によりサービス停止となった。",),
    "取引停止": ("障害により取引停止となった。",),
    "ダウン": ("攻撃によりサーバーがダウンした。",),
    "影響": ("業務に影響が出た。", "サービスが影響を受けた。"),
    "紙カルテ": ("診療は紙カルテによる運用となった。",),
    "切り離し": ("当社は端末をネットワークから切り離した。",),
    "切り離": ("当社は端末をネットワークから切り離した。",),
    "サーバー停止": ("当社はサーバー停止を実施した。",),
    "状態は解消": ("名簿を閲覧できる状態は解消した。",),
    "速報": ("当社は個人情報保護委員会に速報を行った。",),
    "確報": ("当社は個人情報保護委員会に確報を行った。",),
    "書状": ("お詫びの書状を送付した。",),
    "依頼": ("当社は受信者に削除を依頼した。",),
    "受理": ("警察に被害届が受理された。",),
    "提出": ("当社は警察に被害届を提出した。",),
    "認めた": ("会社側は取材に対し、流出を認めた。",),
    "配信": ("通信社が本件の記事を配信した。",),
    "設置": ("当社は専門部署を設置した。",),
    "モニタリング": ("当社はモニタリングを開始した。",),
    "洗い出し": ("当社は対象者を洗い出した。",),
    "検体を送付": ("当社は専門会社に検体を送付した。",),
    "不審なメールが届く": ("職員に不審なメールが届いた。",),
    "潜伏": ("攻撃者はサーバーに潜伏した。",),
    "繰り返され": ("攻撃が繰り返された。",),
    "回収": ("当社は書類を回収した。",),
    "書き写": ("契約社員が顧客情報を書き写した。",),
    "排除": ("当社はマルウェアを排除した。",),
    "一致": ("流出したデータと当社の記録が一致した。",),
    "標的型攻撃メール": ("職員が標的型攻撃メールを受信した。", "職員が標的型攻撃メールを開いた。"),
}
# forms that a fragment takes in a sentence
SPELT = {"不審なメールが届く": "不審なメールが届"}

SUFFERED = (
    "{d}当社のサーバーが第三者による{i}を受けた。",
    "{d}当社のサーバーで{i}が発生した。",
)
CARRIERS: dict[str, tuple[str, ...]] = {
    "reconnaissance": ("{d}攻撃者が当社のネットワークに対する{i}を行った。", "{d}{i}があった。"),
    "intrusion": SUFFERED,
    "infection": ("{d}端末で{i}が発生した。", "{d}ウイルスが端末で{i}した。", "{d}攻撃者による{i}が行われた。"),
    "lateral_movement": ("{d}攻撃者による{i}が発生した。", "{d}攻撃者が端末を{i}にした。", "{d}ウイルスが社内で{i}した。"),
    "command_and_control": ("{d}端末から{i}が行われた。", "{d}攻撃者により端末が{i}された。", "{d}端末が{i}に通信した。"),
    "data_leak": (
        "{d}顧客の個人情報が第三者に{i}された。", "{d}第三者が顧客の個人情報を{i}した。", "{d}個人情報の{i}が発生した。",
        "{d}顧客の個人情報が{i}となっていた。",
    ),
    "encryption": ("{d}サーバーのデータが{i}された。", "{d}攻撃者による{i}が発生した。"),
    "extortion": ("{d}攻撃者から{i}があった。", "{d}攻撃者が情報を{i}した。", "{d}{i}が届いた。"),
    "tampering": (
        "{d}第三者による{i}が行われた。", "{d}攻撃者によりサーバーのデータが{i}された。",
    ),
    "disruption": ("{d}攻撃によりシステムに{i}が発生した。", "{d}業務が{i}となった。", "{d}診療は{i}による運用となった。"),
    "fraud": (
        "{d}第三者による{i}が発生した。", "{d}流出した名簿が業者に{i}された。", "{d}当社をかたる{i}が送信された。",
    ),
    "error": ("{d}職員による{i}が発生した。", "{d}職員が個人情報の書類を{i}した。", "{d}名簿が{i}となった。"),
    "attack_pause": ("{d}攻撃が{i}した。", "{d}{i}した。"),
    "attack_resume": ("{d}{i}が発生した。", "{d}サーバーへの攻撃が{i}。"),
    "detection": (
        "{d}当社は不正アクセスを{i}した。", "{d}{i}があった。", "{d}{i}が見られた。",
    ),
    "investigation": ("{d}当社は{i}を開始した。", "{d}当社は外部の専門機関に{i}を依頼した。", "{d}当社は{i}。"),
    "finding": ("{d}当社は対象者を{i}した。", "{d}漏えいした件数が{i}した。"),
    "containment": ("{d}当社はサーバーを{i}した。", "{d}当社は{i}を実施した。"),
    "eradication": ("{d}当社は{i}を行った。", "{d}当社はマルウェアを{i}した。"),
    "recovery": ("{d}当社のシステムが{i}した。", "{d}当社は{i}を行った。", "{d}当社のシステムは{i}となった。"),
    "notification": ("{d}当社は警察に{i}した。", "{d}委託先から当社に{i}があった。", "{d}お詫びの文書を{i}した。",
                     "{d}当社は警察に{i}を提出した。", "{d}当社は監督官庁から{i}を受けた。"),
    "disclosure": ("{d}当社は本件を{i}した。", "{d}当社はホームページに{i}を掲載した。", "{d}当社は{i}を行った。"),
    "press_report": ("{d}新聞が本件を{i}した。", "{d}SNS上に本件の{i}があった。"),
    "mobilisation": ("{d}当社は{i}した。",),
    "remediation": ("{d}当社は{i}を実施した。", "{d}当社は新しい仕組みを{i}した。", "{d}当社は新しい{i}した。"),
    "consequence": ("{d}県警は元社員を{i}した。", "{d}当社は{i}を行った。", "{d}当社は{i}した。"),
    "none": ("{d}{i}", "{d}{i}を示した。", "{d}{i}がある。"),
}  # fmt: skip


def load(path: Path) -> list[Row]:
    """Return the rows of ``trigger.tsv``."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(reader)
        return [Row(*line[:3]) for line in reader if len(line) >= 3]


def load_exceptions(path: Path) -> dict[str, tuple[str, str]]:
    """Return item -> (type of the guide or ``-``, reason)."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(reader)
        return {line[0]: (line[1], line[2]) for line in reader}


def whole(item: str) -> str | None:
    """Return the item as a predicate, None where it is a noun that the carriers complete."""
    if item.endswith(STATES):
        return f"{item}状態となった"
    for ending, rest in ENDINGS:
        if item.endswith(ending):
            return item + rest
    return None


def sentences(row: Row, kind: str) -> list[tuple[str, int]]:
    """Return the carriers of ``row`` as sentences with the item's place in each."""
    item = SPELT.get(row.item, row.item)
    if row.item in CONTEXTS and kind != "none":
        return [(DAY + sentence, len(DAY) + sentence.index(item)) for sentence in CONTEXTS[row.item]]
    said = whole(row.item) if kind != "none" else None
    if said is None and kind not in ("none", "data_leak") and "を" in row.item[1:-1]:
        said = f"{row.item}した"
    if said is None:
        carriers = CARRIERS[kind] if "の" not in row.item[1:-1] else CARRIERS[kind][:1]
        made = [carrier.format(d=DAY, i=row.item) for carrier in (carriers if kind != "none" else CARRIERS[kind])]
    else:
        made = [f"{DAY}{subject}{said.rstrip('。')}。" for subject in SUBJECTS[_side(kind, row.item)]]
    return [(sentence, sentence.index(row.item, len(DAY))) for sentence in made]


SUBJECTS = {
    "thing": ("攻撃により",),
    "data": ("顧客の個人情報が第三者に", "第三者により顧客の個人情報が"),
    "attack": ("当社のサーバーが第三者に", "第三者が当社の"),
    "act": ("第三者が", "攻撃者により、"),
    "slip": ("担当の職員が個人情報を", "職員が書類を"),
    "org": ("当社は", "当社が"),
    "found": ("調査の結果、流出した件数が", "当社は対象者を"),
    "noticed": ("当社は不正アクセスに", "不正アクセスが"),
    "press": ("新聞が本件を", "本件がSNSで"),
}


def _side(kind: str, item: str) -> str:
    complete = any(particle in item[1:-1] for particle in "をがにはで")
    if kind == "data_leak":
        return "data"
    if kind == "error":
        return "slip"
    if kind == "disruption":
        return "thing"
    if kind in ("finding", "detection", "press_report"):
        return {"finding": "found", "detection": "noticed", "press_report": "press"}[kind]
    if kind in ("attack_pause", "attack_resume", "encryption", "fraud", "tampering", "intrusion", "lateral_movement",
                "infection", "command_and_control", "reconnaissance", "extortion"):  # fmt: skip
        return "act" if complete else "attack"
    return "org"


def judge(row: Row, kind: str | None = None) -> Verdict:
    """Return whether the item of ``row`` is typed ``kind`` (the row's own type unless given), and what was found."""
    kind = kind or row.type
    shown = []
    for sentence, at in sentences(row, kind):
        end = at + len(SPELT.get(row.item, row.item))
        found = tuple(hit.type for hit in triggers.find(sentence) if hit.start < end and hit.end > at)
        shown.append((sentence, found))
    if kind == "none":
        right = not any(found for _, found in shown)
    else:
        right = any(kind in found for _, found in shown) and all(kind in found or not found for _, found in shown)
    return Verdict(right, tuple(shown))

"""Finds every written name of an organisation in a text, with no regard yet to which organisation it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import ahocorasick_rs

from tenmatsu.organisations.anaphors import is_anaphor
from tenmatsu.organisations.blocks import blocks
from tenmatsu.organisations.patterns import Built, built_names, tails, trade_words, used_as_names
from tenmatsu.organisations.register import Known, Register, fold, institution, register, stem
from tenmatsu.records import Line


@dataclass(frozen=True, slots=True)
class FoundOrganisation:
    """A written name: half-open span, the rule that found it, and what is known of the organisation.

    ``organisation`` is the id in the register, None for a name that only its build betrays. ``official`` is
    true of a whole name (with or without the corporate form). ``short_for`` is the span of the name that this
    one abbreviates where the text says so: 以下「X」, brackets, a tag, a footnote.
    """

    start: int
    end: int
    text: str
    rule: str
    kind: str
    organisation: str | None = None
    official: bool = False
    short_for: tuple[int, int] | None = None


_KATAKANA = re.compile("[ァ-ヴー]")
_HIRAGANA = re.compile("[ぁ-ゖ]")
_ASCII = re.compile(r"[A-Za-z0-9]")
_SHA = re.compile("社(?![内員長会外屋名運史則風債説宅用告印主交全団訓費葬報是歴])")
_FORM_AFTER = re.compile(
    r"[ \u3000]?(?:株式会社|㈱|\(株\)|（株）|有限会社|合同会社|相互会社|, ?Inc\.?| Inc\.?|,? Co\., ?Ltd\.?| Corporation| Corp\.?| Ltd\.?)"
)
_FORM_BEFORE = re.compile(
    r"(?:株式会社|㈱|\(株\)|（株）|有限会社|合同会社|(?:一般|公益|特定)?(?:社団|財団|非営利活動)法人|(?:地方)?独立行政法人|国立研究開発法人"
    r"|国立大学法人|公立大学法人|学校法人|医療法人(?:社団|財団)?|社会福祉法人)[ \u3000]?$"
)
_COMPANY_TAIL = re.compile(
    "[ァ-ヴー・A-Za-z]{0,24}?(?:システムズ|ソリューションズ|ソリューション|テクノロジーズ|テクノロジー|エンジニアリング|ホールディングス|コミュニケーションズ"
    "|エレクトロニクス|エナジー|ロジスティクス|マテリアルズ|ファイナンス|フィナンシャルグループ|ペイメント|サービシーズ|ネットワークス|ケミカル|フーズ|ジャパン)"
    "(?![ァ-ヴー])"
)
_DEFINED = re.compile(
    r"[(（](?:[^()（）「」『』\n]{1,40}[、,，。]\s?)?以下[、,，]?\s?(?:総称して)?[「『\"“]?(?P<short>[^「」『』\"”()（）、,\n]{1,24}?)[」』\"”]?\s?"
    r"(?:と(?:いう|いいます|いい|記載|記す|表記|称す|称し|呼ぶ|呼び|する|します|略)[^()（）]{0,8})?。?[)）]"
)
_BRACKETED = re.compile(
    r"[ \u3000]?[(（]\s?(?:略称[:：]|通称[:：]?)?[「]?(?P<short>[A-Z][A-Za-z0-9/&.\-]{1,14})[」]?\s?[)）]"
)
_TAGGED = re.compile(r"【(?P<short>[^】\n]{1,14}社|[A-Z][A-Za-z0-9]{1,9})】")
_FOOTNOTE_MARK = re.compile(r"\s?(?:\^\{)?(?P<mark>[※*＊](?:注)?[0-9０-９]{1,2}|\[[0-9]{1,2}\])\}?")
_EXPANSION = re.compile(
    r"(?P<name>[A-Z][A-Za-z.&'’-]*(?: (?:[A-Z][A-Za-z.&'’-]*|of|and|for|the|&)){2,10})\s*(?:$|[。.（(、:：])",
    re.MULTILINE,
)
_BODY_WORD = re.compile(
    r"\b(?:Corporation|Company|Inc|Team|Agency|Institute|Cent(?:er|re)|Council|Association"
    r"|Organi[sz]ation|Bureau|Committee|Commission|Ministry|University|Group|Authority|Department"
    r"|Foundation|Forum)\b"
)
_SERVICE = re.compile(
    "(?:公式)?(?:WEB|Web|web|ネット|オンライン|通販|直営|EC|インターネット)*(?:ショップ|ストア|ショッピング|通販サイト|オンラインサイト|通信販売)"
)
# 「どんぐり堂オンライン」: what goes on to the closing bracket after a company's short form is the name of its service
_QUOTED_ON = re.compile(
    "(?:[ァ-ヴーA-Za-z0-9]{2,16}|[ァ-ヴーA-Za-z一-龠]{0,8}(?:便|割|会員|通信|日記|広場|倶楽部))[」』]"
)
_SERVICE_TAIL = re.compile(
    "(?:オンライン|アプリ|ポイント|マイページ|ポータル|モール|メンバーズ|メルマガ)(?![ァ-ヴーA-Za-z一-龠])"
)
_OTHER_FIRM = re.compile(
    "(?:住設|物流|工業|産業|商事|運輸|建設|物産|食品|製薬|電機|電気|不動産|証券|銀行|印刷|観光|交通|商店|商会|製作所|学園|病院|興産|興業|設備|通商|製菓|薬品|化学"
    "|鉄工|技研|住宅|薬局|書店|新聞|大学|倉庫|水産|精機|工務店|電子|生命|損保|航空|海運|鉄道|家具|信用金庫)(?![者員界用品化等])"
)
_BARE = {
    "県警": "県警",
    "府警": "府警",
    "市教育委員会": "市教委",
    "県教育委員会": "県教委",
    "町教育委員会": "町教委",
    "区教育委員会": "区教委",
}
_SCHOOL = re.compile(
    "国立大学法人|公立大学法人|学校法人|(?:大学|大学院|短期大学|学園|学院|高等学校|高校|中学校|小学校|専門学校)$"
)
_HOSPITAL = re.compile("医療法人|(?:病院|クリニック|医療センター|診療所|医院)$")
_UNKNOWN_SHA = re.compile(
    "(?P<name>(?:(?<![ァ-ヴーA-Za-z0-9一-龠・])|(?<=\n・)|(?<=[米英韓中]国)|(?<=会社)|(?<=企業)|(?<=大手)|(?<=委託先)|(?<=業者))(?!・)[ァ-ヴー・]{3,20}|(?<![ァ-ヴーA-Za-z0-9・&.-])[A-Z][A-Za-z0-9&-]{1,14})社(?![内員長会外屋名運史則風債説宅用告印主交全団])"
)
_GENERIC = re.compile(
    "(?:グループ|カード|セキュリティ|システム|メーカー|ベンダー|クライアント|パートナー|フォレンジック|ソフトウェア|サービス|ホスティング|コンサルティング|レンタルサーバ.?|クラウド"
    "|フォワーダー|サプライヤー|データセンター|テレビ|ガス|バス|タクシー|リース|ゲーム|アパレル|スポンサー|モール|プラットフォーム|コールセンター|.*(?:決済|代行|調査|委託|運営))"
)
# what a definition may name besides an organisation: a site, a case, a thing
_NO_PARTY = re.compile(
    "当該.*|既報|.*(?:サイト|サービス|システム|ショップ|ストア|アプリ|製品|機器|事案|事件|事象|本件|プラン|ソフトウェア|サーバー?)"
)
_PLACE = re.compile("(?:市|区|町|村|郡|駅|県)(?=[^一-龠]|役所|内|民|立|長|議会|教)")
_KANJI = re.compile("[一-龠々〆]+")
_SHORT = 2  # kanji of a name that longer names hold by chance
_KANJI_OR_KANA = re.compile("[一-龠々〆ヶァ-ヴー]")
_INTRODUCED_BY = re.compile(
    "(?:商社|メーカー|チェーン|銀行|病院|会社|企業|業者|大手|老舗|百貨店|(?:運営|販売|製造|開発|経営)(?:する)?の)(?:の)?「$"
)
# where a town's name is a place on the map, not the office: an address, those who live there
_ON_THE_MAP = re.compile(
    "[内民立産]|[東西南北中]{1,2}部|在住|出身|[一-龠々ヶァ-ヴー]{0,6}[0-9０-９一二三四五六七八九十]+(?:丁目|番|号|[-－−‐]|[ \u3000(（]|\n|$)"
    "|に(?:住|ある|あり|在|位|お住|本社|本店|所在)|の(?:男|女|会社|店|[0-9０-９])"
)
_TOWN_RULES = ("O.municipality", "O.prefecture.office", "O.prefecture.line", "O.education_board")
_TRADE_RULES = ("O.group", "O.trade", "O.use.introduced", "O.use.quoted", "O.short")
_LATIN_TAIL = re.compile("(?<=[ァ-ヴー一-龠])(?=[A-Za-z0-9]*[A-Z][A-Za-z0-9]*[A-Z])[A-Za-z][A-Za-z0-9]{2,}$")
_NOT_HEAD = re.compile(
    "(?:北海道|青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|東京|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|京都|大阪|兵庫"
    "|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄|横浜|川崎|名古屋|神戸|札幌|仙台|北九州|堺|浜松"
    "|関東|関西|東北|北陸|東海|中部|中国|四国|九州|近畿|首都圏|日本|全国|国際|中央|総合|第[一二三])*"
)
_SHORT_ACTS = re.compile(
    "(?:は|が|によ|側|社(?!会)|広報|グループ|の(?:広報|担当|社員|従業員|社長|会長|顧客|会員|株主|子会社|親会社|サーバ|システム|サイト|情報|データ|発表|説明))"
)
# a heading that is a name: no kinds of people, no parts of a notice
_NO_HEADED = re.compile(
    ".*(?:[様者員先客人方側]|会員|一般|その他|[社国]内|[社国海]外|[本支]社|支店|部署|窓口|システム|サービス|サイト|サーバー?|製品|概要|経緯|経過|原因|対応|対策"
    "|影響|内容|情報|状況|調査|結果|予定|措置|目的|背景|被害|範囲|期間|件数|項目|補償|確認|報告|公表|処分|今後|再発|防止|復旧|侵入|攻撃|漏|流出|感染|通知|連絡"
    "|方法|理由|意見|評価|課題|教訓|感想|余談|記事|関連|年|月|日|第[一二三四五六七八九十0-9]+|まとめ|はじめに|おわりに|とは|こと)"
)
_HEADED = re.compile("[「『]?(?P<name>[A-Za-z0-9ァ-ヴー・&一-龠々ぁ-ん]{3,20})[」』]?[ \u3000]*$")
GROUP_TAILS = ("グループホールディングス", "グループ", "ジャパン")
_LONGEST_HEAD = 12  # letters of a name that X社 may keep
_SHORT_SHA = re.compile(
    "(?P<run>[ぁ-ゖァ-ヴーA-Za-z0-9一-龠々]{2,14})社(?![内員長会外屋名運史則風債説宅用告印主交全団訓費葬報是歴])"
)
_RUN_BY = re.compile(
    "(?:[が]|(?<!を))(?:運営|提供|展開)(?:する|している|しております)[^、。「」『』\n]{0,20}(?:サイト|サービス|アプリ|メディア|ショップ|ストア|ポータル|モール|取引所|システム)[「『]\\Z"
)
_SEAT_BEHIND = re.compile("[、，,] ?(?:[一-龠]{2,3}[都道府県])?")
# 生活経済課 of 警視庁生活経済課; 附属病院 and X大学病院 of X大学医学部附属病院
_DIVISION = re.compile("(?:警視庁|警察庁|[一-龠々]{2,3}[都道府県]警(?:察本部|察)?)(?=[一-龠々ァ-ヴー]{3,12}課$)")
_UNIVERSITY_HOSPITAL = re.compile(
    "(?P<university>.{1,12}大学)(?:大学院)?(?:(?:医|歯|薬)+学(?:部|研究科))?(?P<own>[附付]属病院)"
)
# 山田一郎市長: a family name and a given name of two kanji each; hardly a town has four
_FULL_PERSON = re.compile("[一-龠々]{4,5}[市町村区]")
_SEAT = re.compile(
    "[（(](?:(?:本社|本店|本部|所在地)[：:・]?[ \u3000]?)?(?:北海道|東京・?都?|[一-龠]{2,3}[都府県])?\\Z"
)
# 本社：大阪府大阪市北区, 所在地　〒530-0001 大阪市北区: where it sits
_ADDRESS = re.compile(
    "(?:(?:本社|本店|本部|主たる事務所の?)?所在地|(?<![日基根])本(?:社|店|部)|住[ \u3000]{0,2}所)[ \u3000]*(?:[:：／/・は｜|\t][ \u3000]*)?"
    "(?:〒?[ \u3000]?[0-9０-９]{3}[-－‐−ー][0-9０-９]{4}[ \u3000]*)?(?:北海道|東京都|[一-龠]{2,3}[府県])?\\Z"
)
_PROPER = "O.use.proper"
_PRESS = "O.use.press"
_QUOTED = "O.use.quoted"
# where the place alone shows a name, be it of kanji or not
_SHOWN = (
    _QUOTED, "O.use.quoted.sha", "O.use.quoted.trade", "O.use.quoted.seated", "O.use.joined",
    "O.use.joined.quoted", "O.use.hired",
    "O.use.seated", "O.use.cited", "O.use.daily", "O.use.trade",
    "O.use.press.reports", "O.use.byline", "O.use.byline.signed", "O.use.byline.desk",
)  # fmt: skip
_ANNOUNCES = "O.use.announces"
_THEMED = re.compile("[一-龠ァ-ヴーA-Za-z」]は(?:[、0-9０-９]|同日)")
_ANNOUNCED = re.compile(
    "[、，]|[0-9０-９]{1,2}[日月]|同日|[^。\n、が]{0,20}(?:第.報|リリース|コメント|声明)を"
    "|[^。\n、が]{0,40}(?:を|について|に関し)[^。\n、]{0,12}(?:発表|公表|明らか|謝罪|お詫び|陳謝|説明|回答)"
)
_ONLOOKERS = ("media", "blog", "authority", "police", "vendor")
_ACTS = re.compile(
    r"(?:[（(][^（）()\n]{0,40}[）)])?(?:は|が)[^。\n]{0,120}?(?:発表|公表|明らかに|謝罪|お詫び|陳謝|お知らせ|報告)"
)
_TITLES = re.compile("氏|さん|社長|会長|容疑者|被告|教授|市長|知事|議員|首相|大臣|選手|監督|弁護士|代表")
_PERSONAL = re.compile(
    "(?:長|員|者|氏|家|人|男|女|男性|女性|代表|教授|大臣|知事|被告|弁護士|担当|監督|選手|[都道府県市区町村]|出身)の$"
)


def _katakana_goes_on(near: str, far: str) -> bool:
    return bool(_KATAKANA.match(near) or (near == "・" and _KATAKANA.match(far)))


def _inside_word(text: str, start: int, end: int) -> bool:
    """Tell whether the span is cut out of a longer word: a katakana run, a Latin word, a host name."""
    first, last = text[start], text[end - 1]
    before, after = text[start - 1 : start], text[end : end + 1]
    further = text[end + 1 : end + 2]
    if _KATAKANA.match(first):
        return _katakana_goes_on(before, text[start - 2 : start - 1]) or _cut_at_end(text, end, last, after, further)
    if _ASCII.match(first) and before:
        joined = before in ".@-_/" and _ASCII.match(text[start - 2 : start - 1])
        if joined or _ASCII.match(before):
            return True
    if _HIRAGANA.match(first) and before and _HIRAGANA.match(before) and before not in "はがをにでとのもやへ":
        # パソコンからえにし社の, 読み込んでいたふでばこ堂: a particle of two letters, a verb's ending before a long name
        verb = before in "たるい" and end - start >= 4 and text[start - 2 : start - 1] in "いてしすれっきあえり"
        if not verb and not text.startswith(("から", "より"), start - 2):
            return True
    return _cut_at_end(text, end, last, after, further)


def _cut_at_end(text: str, end: int, last: str, after: str, further: str) -> bool:
    if not after:
        return False
    if _KATAKANA.match(last) and _katakana_goes_on(after, further):
        # 三菱重工グループ, パスコグループ: the group is named by the stem
        return not text.startswith("グループ", end) or bool(_KATAKANA.match(text[end + 4 : end + 5]))
    if _ASCII.match(last):
        if _ASCII.match(after) or after in "@_":
            return True
        if after in ".-/+" and _ASCII.match(further):
            return after == "-" or not further.isupper()
    return False


def _case_fits(text: str, start: int, end: int, known: Known) -> bool:
    """Latin short forms must be written with their capitals, longer names at least with the first."""
    written = text[start:end]
    if not any("a" <= c <= "z" or "A" <= c <= "Z" for c in known.surface):
        return True
    plain = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in written)
    if plain == known.surface:
        return True
    latin = sum(c.isascii() and c.isalpha() for c in plain)
    return (latin >= 5 and plain[0] == known.surface[0] and not known.ordinary) or (
        latin >= 4 and latin < len(plain) and not plain.isascii()
    )


def _product(folded: str, text: str, end: int, known: Known) -> bool:
    """Tell whether what follows makes the name part of a product's: Google Analytics, Microsoft Office."""
    latin = text[end - 1 : end].isascii()
    # マイクロソフト Windows names the company and its product, Microsoft Windows only the product
    if any(folded.startswith(word, end) for word in known.not_before if latin or word[0] != " "):
        return True
    if not latin:
        return False
    more = re.match(r" [A-Z][a-z]+", text[end : end + 16])
    return (
        bool(more)
        and not _FORM_AFTER.match(text, end)
        and not re.match(r" (?:Japan|Group|News|NEWS|Research)", text[end : end + 12])
    )


@cache
def _with_evidence() -> re.Pattern[str]:
    return re.compile("(?:社(?![内員長会外])|グループ(?!ウェア)|によれば|広報(?!誌))")


def _registered(
    text: str, folded: str, book: Register
) -> tuple[list[FoundOrganisation], list[tuple[FoundOrganisation, Known]]]:
    """Return the register's names that count by themselves, and those that need evidence."""
    sure: list[FoundOrganisation] = []
    weak: list[tuple[FoundOrganisation, Known]] = []
    for index, start, end in book.occurrences(folded):
        for known in book.spellings[index]:
            if not _case_fits(text, start, end, known) or _inside_word(text, start, end):
                continue
            inside = _KANJI.fullmatch(text, start, end) and end - start <= _SHORT
            if inside and _KANJI.match(text, end) and start and _KANJI.match(text, start - 1):
                continue  # 川重 in 菱川重工
            if _product(folded, text, end, known) or _SERVICE.match(text, end) or _OTHER_FIRM.match(text, end):
                continue
            entity = book.entities[known.entity_id]
            whole = known.official
            left, right = start, end
            before = _FORM_BEFORE.search(text, max(0, start - 16), start)
            after = _FORM_AFTER.match(text, end)
            if before and entity.kind not in ("media",):
                left = before.start()
            elif after:
                right = after.end()
            if (left, right) != (start, end):
                weak_name = False
                rule = "O.register.full"
            else:
                weak_name = known.ordinary
                rule = "O.register"
            sha = _SHA.match(text, right)
            if sha and (left, right) == (start, end) and entity.kind in ("company", "vendor"):
                right = sha.end()
                rule, weak_name = "O.register.sha", False
            found = FoundOrganisation(
                left, right, text[left:right], rule, entity.kind or "company", known.entity_id, whole
            )
            if weak_name:
                weak.append((found, known))
            else:
                sure.append(found)
            break
    return sure, weak


def _longer_name(text: str, found: FoundOrganisation) -> FoundOrganisation | None:
    """東芝 + インフォメーションシステムズ: a known name with a company's tail is the name of another company."""
    tail = _COMPANY_TAIL.match(text, found.end)
    if tail is None or found.kind not in ("company", "vendor") or text[found.end - 1] == "社":
        return None
    return FoundOrganisation(found.start, tail.end(), text[found.start : tail.end()], "O.tail", "company")


def _defined(text: str, names: Sequence[FoundOrganisation]) -> list[FoundOrganisation]:
    """Return the short forms that the text introduces right after a name; generic words (当社) are no names."""
    by_end = {name.end: name for name in names}
    found = []
    for pattern, rule in ((_DEFINED, "O.defined"), (_BRACKETED, "O.bracket"), (_TAGGED, "O.tag.short")):
        for hit in pattern.finditer(text):
            owner = by_end.get(hit.start())
            if owner is None and text[hit.start() - 1 : hit.start()] in (" ", "\u3000"):
                owner = by_end.get(hit.start() - 1)
            short = hit.group("short").strip()
            if owner is None or is_anaphor(short) or short == owner.text or _NO_PARTY.fullmatch(short):
                continue
            at = hit.start("short")
            found.append(
                FoundOrganisation(
                    at, at + len(short), short, rule, owner.kind, owner.organisation, False, (owner.start, owner.end)
                )
            )
    return found


def _expanded(text: str, names: Sequence[FoundOrganisation]) -> list[FoundOrganisation]:
    """Return full Latin names in footnotes, and the acronyms that carry the mark of such a footnote."""
    notes: dict[str, tuple[int, int]] = {}
    for hit in re.finditer(
        r"^[ \t\u3000]*(?P<mark>[※*＊][0-9０-９]{1,2}|\[[0-9]{1,2}\])[:：]?[ \u3000]*", text, re.MULTILINE
    ):
        body = _EXPANSION.match(text, hit.end())
        if body and _BODY_WORD.search(body.group("name")):
            notes[hit.group("mark")] = body.span("name")
    if not notes:
        return []
    found = []
    for name in names:
        mark = _FOOTNOTE_MARK.match(text, name.end)
        span = notes.get(mark.group("mark")) if mark else None
        if span and name.text.isascii():
            full = FoundOrganisation(*span, text[slice(*span)], "O.footnote", name.kind, name.organisation, True)
            found += [full, replace(name, short_for=span)]
    return found


def _everywhere(text: str, seeds: Iterable[FoundOrganisation], rule: str) -> list[FoundOrganisation]:
    """Return all other places of names that one place of the text has vouched for; one pass for all of them."""
    table: dict[str, FoundOrganisation] = {}
    for seed in seeds:
        table.setdefault(seed.text, seed)
    if not table:
        return []
    keys = sorted(table)
    found = []
    for index, at, end in ahocorasick_rs.AhoCorasick(keys).find_matches_as_indexes(text, overlapping=True):
        seed = table[keys[index]]
        if at == seed.start or _inside_word(text, at, end) or _is_service(text, at, end, seed):
            continue
        if _PLACE.match(text, end) and seed.text[-1] not in "市区町村県府都道":
            continue
        sha = _SHA.match(text, end)
        if sha and seed.text[-1] != "社":
            end = sha.end()
        found.append(replace(seed, start=at, end=end, text=text[at:end], rule=rule))
    return found


def _is_service(text: str, at: int, end: int, seed: FoundOrganisation) -> bool:
    """Tell whether the name is the first part of what a shop or a service is called."""
    if _SERVICE.match(text, end):
        return True
    if seed.kind == "media" or text.startswith("グループ", end):
        return False
    quoted = at > 0 and text[at - 1] in "「『" and _QUOTED_ON.match(text, end) is not None
    return quoted or (seed.rule == "O.short" and _SERVICE_TAIL.match(text, end) is not None)


def _cut_names(text: str, names: Sequence[FoundOrganisation]) -> list[FoundOrganisation]:
    """Return what is left where a name loses its word of trade (三ツ岳 for 三ツ岳運輸) or its head (ProQX).

    A head counts only where it acts or owns something as an organisation does. Where several names begin with
    it, it is short for the one that the document is about: named three times as often as the others.
    """
    counts = Counter(name.text for name in names)
    heads: dict[str, FoundOrganisation | None] = {}
    tails_: dict[str, FoundOrganisation | None] = {}
    words = sorted(trade_words(), key=lambda word: (-len(word), word))
    for name in {name.text: name for name in names if name.kind in ("company", "vendor")}.values():
        latin = _LATIN_TAIL.search(name.text)
        if latin:
            tails_[latin.group()] = None if latin.group() in tails_ else name
        plain = stem(name.text)
        whole = next((tail for tail in GROUP_TAILS if plain.endswith(tail)), "")
        short = plain[: -len(whole)] if whole else ""
        if len(short) >= 3 and not short.isascii() and not _NOT_HEAD.fullmatch(short) and not is_anaphor(short):
            heads[short] = _foremost(counts, heads[short], name) if short in heads else name
        if not name.rule.startswith(_TRADE_RULES):
            continue
        word = next((word for word in words if name.text.endswith(word)), "")
        head = name.text[: -len(word)] if word else ""
        if len(head) >= 3 and not _NOT_HEAD.fullmatch(head) and not is_anaphor(head):
            heads[head] = _foremost(counts, heads[head], name) if head in heads else name
    known = {name.text for name in names}
    found = []
    for table, acts in ((heads, True), (tails_, False)):
        seeds = [
            FoundOrganisation(-1, -1, short, "O.short.cut", name.kind, name.organisation, False, (name.start, name.end))
            for short, name in table.items()
            if name and short not in known
        ]
        for one in _everywhere(text, seeds, "O.short.cut"):
            if _KANJI_OR_KANA.match(text[one.start - 1 : one.start]) or _KANJI_OR_KANA.match(text, one.end):
                continue
            if not acts or _SHORT_ACTS.match(text, one.end):
                found.append(one)
    return found


def _heads_with_sha(text: str, names: Sequence[FoundOrganisation]) -> list[FoundOrganisation]:
    """Return X社 where X is how the only name that begins so is cut short: えにし社 for えにしパートナーズ."""
    heads: dict[str, FoundOrganisation | None] = {}
    for name in {name.text: name for name in names if name.kind in ("company", "vendor")}.values():
        plain = stem(name.text).removesuffix("社")
        for length in range(2, min(len(plain), _LONGEST_HEAD + 1)):
            head = plain[:length]
            other = heads.get(head, name)
            same = other is not None and (
                other is name or stem(other.text).startswith(plain) or plain == stem(other.text)
            )
            heads[head] = other if same else None
    found = []
    for hit in _SHORT_SHA.finditer(text):
        run = hit["run"]
        for begin in range(len(run) - 1):
            head = run[begin:]
            owner = heads.get(head)
            start = hit.start() + begin
            if owner is None or is_anaphor(head + "社") or _GENERIC.fullmatch(head) or head in tails():
                continue
            if _inside_word(text, start, hit.end("run")) or _kanji_before(text, start):
                continue
            span = (owner.start, owner.end)
            found.append(
                FoundOrganisation(
                    start,
                    hit.end(),
                    text[start : hit.end()],
                    "O.short.sha",
                    owner.kind,
                    owner.organisation,
                    False,
                    span,
                )
            )
            break
    return found


def _kanji_before(text: str, start: int) -> bool:
    """Tell whether a kanji at ``start`` goes on from one before it."""
    return bool(_KANJI.match(text, start)) and start > 0 and bool(_KANJI.match(text, start - 1))


def _foremost(
    counts: Counter[str], one: FoundOrganisation | None, other: FoundOrganisation
) -> FoundOrganisation | None:
    if one is None:
        return None
    few, many = sorted((one, other), key=lambda name: counts[name.text])
    return many if counts[many.text] >= 3 * counts[few.text] else None


def _towns_again(text: str, names: Sequence[FoundOrganisation]) -> list[FoundOrganisation]:
    """Return the other places of a town or prefecture that the text has shown to be an office."""
    seeds = [
        replace(name, start=-1, end=-1, rule="O.town.again")
        for name in names
        if name.kind == "municipality" and name.rule.startswith(_TOWN_RULES)
    ]
    return [
        one
        for one in _everywhere(text, seeds, "O.town.again")
        if not _ON_THE_MAP.match(text, one.end)
        and not _KANJI_OR_KANA.match(text[one.start - 1 : one.start])
        and not text.startswith(("＝", "="), max(0, one.start - 1))  # 容疑者（４３）＝青葉市北区＝
        and not re.match("[市区町村郡]", text[one.end : one.end + 1])
    ]


def _without_mayors(text: str, names: Sequence[FoundOrganisation]) -> list[FoundOrganisation]:
    """Drop a mayor's own name that reads as a town (山田一郎市長): long, met only so, where a town is named besides."""
    towns = Counter(one.text for one in names if one.kind == "municipality")
    ruled = {one.text for one in names if one.rule == "O.municipality" and text.startswith("長", one.end)}
    persons = {town for town in ruled if towns[town] == 1 and _FULL_PERSON.fullmatch(town) and len(towns) > 1}
    return [one for one in names if one.text not in persons]


def _without_seats(text: str, names: Sequence[FoundOrganisation]) -> list[FoundOrganisation]:
    """Drop towns in brackets right behind a name, or behind 本社：; 青葉運輸（横浜市） says where the company sits."""
    kept: list[FoundOrganisation] = []
    for one in names:
        if one.kind == "municipality" and _ADDRESS.search(text, max(0, one.start - 40), one.start):
            continue
        seat = one.kind == "municipality" and text[one.end : one.end + 1] in ("）", ")", "、", "・", "。", "，")
        if seat and kept and text[one.end] in "）)" and _SEAT_BEHIND.fullmatch(text, kept[-1].end, one.start):
            if text[kept[-1].start - 1 : kept[-1].start] in ("（", "("):
                continue  # トークピア（株式会社トークピア、東京都渋谷区）
        open_ = _SEAT.search(text, max(0, one.start - 12), one.start) if seat and kept else None
        if not (open_ and text[kept[-1].end : open_.start()] in ("", "」", "』")):
            kept.append(one)
    return kept


def _from_full(text: str, names: Sequence[FoundOrganisation]) -> list[FoundOrganisation]:
    """Return the places where a company, hospital or school that is named in full is named without its form."""
    seeds = []
    seen: set[str] = set()
    for name in names:
        if name.text in seen or name.rule.startswith(("O.latin", "O.letter")):
            continue
        seen.add(name.text)
        plain = stem(name.text)
        shorts = set()
        if plain != name.text:
            shorts.add(plain)
            parts = re.split("[ \u3000]+", plain)
            if len(parts) == 2 and not plain.isascii():
                shorts.update(part for part in parts if len(part) >= 4)
        run = institution(name.text)
        if run:
            shorts.add(run)
        for tail in ("ホールディングス", "ホールディング"):
            if plain.endswith(tail) and len(plain) - len(tail) >= 3:
                shorts.add(plain[: -len(tail)])
        for tail, brief in (("信用組合", "信組"), ("信用金庫", "信金")):
            if plain.endswith(tail) and len(plain) - len(tail) >= 2:
                shorts.add(plain[: -len(tail)] + brief)
        if plain.endswith("大学") and len(plain) >= 4 and name.kind == "school":
            shorts.add(plain[:-1])
        division = _DIVISION.match(name.text) if name.kind == "police" else None
        if division:
            shorts.add(name.text[division.end() :])
        clinic = _UNIVERSITY_HOSPITAL.fullmatch(plain) if name.kind in ("hospital", "school") else None
        if clinic:
            shorts.update((clinic["own"], clinic["university"] + "病院"))
        if name.rule.startswith(("O.group", "O.trade", "O.media.paper")) or _HIRAGANA.search(name.text):
            # a form that was read whole in one place shows where it begins in the others
            shorts.add(name.text)
        for short in sorted(shorts):
            if len(short) >= 2 and not is_anaphor(short):
                span = None if short == name.text else (name.start, name.end)
                seeds.append(
                    FoundOrganisation(-1, -1, short, "O.short", name.kind, name.organisation, short == plain, span)
                )
    return _everywhere(text, seeds, "O.short")


def _bare(text: str, names: Sequence[FoundOrganisation]) -> list[FoundOrganisation]:
    """Return 県警 and 市教委 where the text names just one police force or board in full."""
    owners: dict[str, dict[str, FoundOrganisation]] = {}
    for name in names:
        if name.kind not in ("police", "municipality"):
            continue
        plain = re.sub("(?<=[県府])警察(?:本部)?$", "警", name.text)
        for ending, bare in _BARE.items():
            if plain.endswith(ending) and plain != ending:
                owners.setdefault(bare, {}).setdefault(plain, name)
                if ending.endswith("教育委員会"):
                    owners.setdefault(ending, {}).setdefault(plain, name)
                if "教" in bare:
                    owners.setdefault("教育委員会", {}).setdefault(plain, name)
    seeds = []
    for bare, known in owners.items():
        if len(known) == 1:
            name = next(iter(known.values()))
            seeds.append(
                FoundOrganisation(-1, -1, bare, "O.bare", name.kind, name.organisation, False, (name.start, name.end))
            )
    return [
        one
        for one in _everywhere(text, seeds, "O.bare")
        if not re.match("[一-龠ァ-ヴー]", text[one.start - 1 : one.start])
        and not re.match("[一-龠]", text[one.end : one.end + 1])
    ]


def _evident(
    text: str, weak: Iterable[tuple[FoundOrganisation, Known]], sure: Sequence[FoundOrganisation], lines: Sequence[Line]
) -> list[FoundOrganisation]:
    """Return the names among common words that the document vouches for somewhere."""
    vouched = {one.organisation for one in sure}
    tags = {line.tag for line in lines if line.tag}
    weak = list(weak)
    for found, known in weak:
        bracketed = text[found.start - 1 : found.start] == "【" and text[found.end : found.end + 1] == "】"
        quoted = text[found.end : found.end + 1] == "」" and _INTRODUCED_BY.search(
            text, max(0, found.start - 12), found.start
        )
        speaks = bracketed or quoted or found.text in tags or _with_evidence().match(text, found.end)
        if speaks and not is_anaphor(found.text):
            vouched.add(known.entity_id)
    return [replace(found, rule="O.register.evident") for found, known in weak if known.entity_id in vouched]


def _unregistered(text: str, names: Sequence[FoundOrganisation]) -> list[FoundOrganisation]:
    """Return names that only their use betrays, and all their places: ショーケース社, X in 「Xは…と発表した」.

    ``names`` are those found by other means: a short name of kanji alone counts only where none of them acts.
    """
    found, seeds = [], []
    acting = any(name.kind not in _ONLOOKERS and _ACTS.match(text, name.end) for name in names)
    uses = list(used_as_names(text))
    persons = _persons(text, {text[used.start : used.end] for used in uses if used.rule == _PROPER})
    for used in uses:
        name = text[used.start : used.end]
        if used.rule in (_PROPER, _ANNOUNCES, "O.use.acts") and _is_told_of(text, used):
            continue
        if used.rule == _PROPER:
            if name in persons or not _is_firm(text, used, acting):
                continue
        elif used.rule == _PRESS:
            found.append(_paper(used, name))
            continue
        elif is_anaphor(name) or (used.rule not in _SHOWN and not re.search("[ァ-ヴー]{3}|[A-Za-z]{3}", name)):
            continue
        found.append(FoundOrganisation(used.start, used.end, name, used.rule, used.kind))
        seeds.append(FoundOrganisation(used.start, used.start, name, used.rule, used.kind))
    for hit in _UNKNOWN_SHA.finditer(text):
        if not _GENERIC.fullmatch(hit.group("name")):
            found.append(FoundOrganisation(hit.start(), hit.end(), hit.group(), "O.sha", "company"))
            if len(hit.group("name")) >= 3:
                seeds.append(FoundOrganisation(hit.start(), hit.start(), hit.group("name"), "O.sha", "company"))
    return found + [one for one in _everywhere(text, seeds, "O.sha") if not _kanji_go_on(text, one)]


def _headed(text: str, lines: Sequence[Line], names: Sequence[FoundOrganisation]) -> list[FoundOrganisation]:
    """Return the names that numbered headings consist of (（1）帝北測量 （2）ヒバリノ薬品), and all their places.

    Half of such a row must be names by other means, or be built as they are; one heading of another sort ends it.
    """
    known = {(name.start, name.end) for name in names}
    ends = (*tails(), *trade_words(), "市", "町", "村", "区", "県", "府")
    by_number = {line.number: line for line in lines}
    seeds: list[FoundOrganisation] = []
    for row in blocks(text, lines):
        hits = [_HEADED.match(text, part.opens, by_number[part.head].end) for part in row]
        plain = [hit for hit in hits if hit and not _NO_HEADED.match(hit["name"]) and not is_anaphor(hit["name"])]
        if len(plain) < len(row):
            continue
        shown = [hit.span("name") in known for hit in plain]
        if not any(shown) or 2 * sum(
            one or hit["name"].endswith(ends) for one, hit in zip(shown, plain, strict=True)
        ) < len(row):
            continue
        for hit, one in zip(plain, shown, strict=True):
            if not one:
                kind = "municipality" if hit["name"][-1] in "市町村区県府" else "company"
                seeds.append(FoundOrganisation(hit.start("name"), hit.end("name"), hit["name"], "O.headed", kind))
    return seeds + [one for one in _everywhere(text, seeds, "O.headed") if not _kanji_go_on(text, one)]


def _is_told_of(text: str, used: Built) -> bool:
    """Tell whether が marks what an announcement tells of (Xは、電子カルテが…と発表した), not who announces."""
    if text[used.end : used.end + 1] != "が":
        return False
    begin = max(text.rfind("。", 0, used.start), text.rfind("\n", 0, used.start), used.start - 80) + 1
    return bool(_THEMED.search(text, begin, used.start)) or not _ANNOUNCED.match(text, used.end + 1)


def _paper(used: Built, name: str) -> FoundOrganisation:
    """読売 is 読売新聞, 共同 is 共同通信, where the field shows that a paper is meant."""
    book = register()
    known = book.find(name + "新聞") or book.find(name + "通信")
    owner = known.entity_id if known else None
    return FoundOrganisation(used.start, used.end, name, used.rule, used.kind, owner)


def _is_firm(text: str, used: Built, acting: bool) -> bool:
    """Tell whether a proper noun that announces is a firm: said of what trade it is, or the only one that acts."""
    before = text[max(0, used.start - 12) : used.start]
    described = before.endswith(("の", "する", "した"))
    if described and _PERSONAL.search(before):
        return False
    return described or not acting


def _persons(text: str, names: set[str]) -> set[str]:
    """Return those of ``names`` that the text gives a person's title anywhere (三好社長)."""
    if not names:
        return set()
    keys = sorted(names)
    places = ahocorasick_rs.AhoCorasick(keys).find_matches_as_indexes(text, overlapping=True)
    return {keys[index] for index, _, end in places if _TITLES.match(text, end)}


def _kanji_go_on(text: str, one: FoundOrganisation) -> bool:
    """Tell whether a name of kanji alone is cut out of a longer word (光陽 in 光陽寺)."""
    if not _KANJI.fullmatch(one.text.removesuffix("社")):
        return False
    return bool(_KANJI.match(text, one.end)) or bool(one.start and _KANJI.match(text, one.start - 1))


def _keep_longest(candidates: Iterable[FoundOrganisation]) -> list[FoundOrganisation]:
    """Drop names inside longer names, and of equal spans keep the one that the text itself explains."""
    ranked = sorted(
        candidates, key=lambda one: (one.start, -one.end, one.short_for is None, one.organisation is None, one.rule)
    )
    kept: list[FoundOrganisation] = []
    for one in ranked:
        if kept and one.start < kept[-1].end:
            last = kept[-1]
            if one.start == last.start and one.end == last.end and one.organisation and not last.organisation:
                kept[-1] = replace(last, organisation=one.organisation, official=one.official, kind=one.kind)
            continue
        kept.append(one)
    return kept


def _of(text: str, built: Built, book: Register) -> FoundOrganisation:
    name = text[built.start : built.end]
    known = book.find(name) or (book.find(name.removesuffix("大学院")) if name.endswith("大学大学院") else None)
    if known is None:
        kind = "hospital" if _HOSPITAL.search(name) else "school" if _SCHOOL.search(name) else built.kind
        return FoundOrganisation(built.start, built.end, name, built.rule, kind, None, True)
    kind = book.entities[known.entity_id].kind or built.kind
    return FoundOrganisation(built.start, built.end, name, built.rule, kind, known.entity_id, known.official)


def find(text: str, lines: Sequence[Line] = ()) -> list[FoundOrganisation]:
    """Return the written names of organisations in ``text``, in order, none inside another.

    ``lines`` may be empty; their tags 【…】 are evidence for names that are common words. Offsets are code
    points into ``text``. Linear in the length of the text. Raises KnowledgeError when the rules cannot be read.
    """
    book = register()
    folded = fold(text)
    sure, weak = _registered(text, folded, book)
    sure += [longer for one in sure if (longer := _longer_name(text, one))]
    sure += [_of(text, built, book) for built in built_names(text)]
    sure = _keep_longest(sure)
    sure = _keep_longest(sure + _evident(text, weak, sure, lines))
    defined = _defined(text, sure)
    defined += _everywhere(text, defined, "O.defined.again")
    used = _unregistered(text, sure)
    shorter = _defined(text, used)
    defined += shorter + _everywhere(text, shorter, "O.defined.again")
    names = _keep_longest(sure + defined + _from_full(text, sure) + _bare(text, sure) + used)
    names = _without_mayors(text, names)
    names = _keep_longest(names + _headed(text, lines, names))
    names = _keep_longest(names + _cut_names(text, names) + _towns_again(text, names))
    names = _keep_longest(names + _heads_with_sha(text, names))
    names = _without_seats(text, _keep_longest(names + _expanded(text, names)))
    run = _services(text, names)
    names = [name for name in names if name.text not in run] if run else names
    return names[1:] if names and _is_masthead(text, names[0]) else names


def _services(text: str, names: Sequence[FoundOrganisation]) -> set[str]:
    """Return the names that the text introduces as what another runs (X社が運営するサイト「Y」): no organisations."""
    return {
        name.text
        for name in names
        if text[name.end : name.end + 1] in ("」", "』") and _RUN_BY.search(text, max(0, name.start - 40), name.start)
    }


def _is_masthead(text: str, name: FoundOrganisation) -> bool:
    """Tell whether a blog's name fills the first line of the page: its sign, not a naming."""
    stop = text.find("\n", name.end)
    line = text[: stop if stop >= 0 else len(text)].strip()
    return (
        name.kind == "blog" or (name.rule.startswith("O.media") and name.organisation is None)
    ) and line == name.text

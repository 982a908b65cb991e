"""Disclosures of affairs that never were: ``python tests/generate.py --count 10000 --out DIR [--formats txt,html,md]``.

``disclosure(seed)`` is a function of its seed alone. Seeds come in groups of ``GROUP``: within a group several documents
tell of one affair (first report, later reports, the press, a blog), and about one in twenty is the exact copy of another,
so that merging and the ledger have something to do. Firms, people and affairs are invented.
"""

from __future__ import annotations

import argparse
import html
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

GROUP = 12
SHORTEST, LONGEST = 400, 1500

_FIRST = "鷺椿楓霧雁蛍柊葦榛藍朱梓樫桐楠萩茜鵜鶴朧霞露霜雫暁琴笙鼓瓢葛蓮菖篠笹蕗栃橡椋槇橘杏梔"
_SECOND = "沢瀬野原坂浜峰川岡谷崎島里森台橋"
_TRADES = {
    "company": ("商事", "製作所", "化成", "精機", "物流", "フーズ", "ハウジング", "印刷", "電機", "薬品", "観光", "出版"),
    "shop": ("堂", "屋", "オンライン", "マルシェ"),
    "hospital": ("記念病院", "総合病院"),
    "university": ("大学", "工科大学"),
    "city": ("市", "町"),
    "school": ("高等学校", "中学校"),
}  # fmt: skip
_PROVIDERS = ("情報システム", "データサービス", "クラウド", "ネットワークス", "ソフトウェア")
_PAPERS = ("みずうみ新聞", "週刊まもり", "サイバー日和", "北回り通信", "ことのは経済")
_BLOGS = ("ひとり情シスの雑記", "あさがお備忘録", "眠れぬ夜のインシデント帳", "港町セキュリティ日誌")
_POLICE = ("県警", "所轄の警察署", "警察")

Block = tuple[str, "str | tuple[str, ...] | tuple[tuple[str, ...], ...]"]


@dataclass(frozen=True)
class Way:
    """How an affair goes: what happens first, what is noticed, what is done, and why it could happen."""

    begins: str
    notices: str
    stops: str
    cause: str
    title: str


_WAYS = (
    Way("VPN機器の脆弱性を突いて社内ネットワークに侵入し、サーバーのデータを暗号化した", "複数のサーバーでファイルが暗号化されていることを検知した", "外部との通信を遮断し、感染した端末を隔離した", "VPN機器の修正プログラムが適用されていなかったこと", "ランサムウェアによる被害"),
    Way("業務用メールアカウントに不正ログインし、フィッシングメールを送信した", "取引先から不審なメールが届いたとの連絡を受け、不正アクセスを確認した", "該当するアカウントを停止し、パスワードを変更した", "偽のログイン画面に認証情報を入力したこと", "メールアカウントへの不正アクセス"),
    Way("通販サイトの決済画面を改ざんし、入力されたカード情報を外部に送信させた", "カード会社から情報流出の懸念について連絡を受け、改ざんを確認した", "カード決済を停止し、サイトを閉鎖した", "サイトのシステムの一部に脆弱性があったこと", "通販サイトへの不正アクセス"),
    Way("運用を委託するデータセンターの管理用端末を経由してサーバーに侵入した", "監視システムが不審な通信を検知した", "委託先との接続を遮断した", "委託先の管理者権限の認証情報が窃取されたこと", "委託先を経由した不正アクセス"),
    Way("職員を装ったメールの添付ファイルを開かせ、端末をマルウェアに感染させた", "端末から外部への不審な通信を検知した", "端末をネットワークから切り離した", "添付ファイルのマクロを有効にしたこと", "マルウェアの感染"),
    Way("会員サイトに対し、他社から流出したとみられるIDとパスワードを用いて不正ログインを繰り返した", "ログイン失敗の急増を検知し、不正ログインを確認した", "会員サイトへのログインを一時停止した", "多要素認証を導入していなかったこと", "会員サイトへの不正ログイン"),
)  # fmt: skip
_SLIPS = (
    Way("案内メールを送る際、宛先をBCCではなくCCに入れて送信した", "受信した方からの指摘を受け、誤送信が判明した", "対象の方へお詫びし、メールの削除を依頼した", "送信前の確認を一人で行っていたこと", "メールの誤送信"),
    Way("業務用のUSBメモリを持ち出し、帰宅途中に紛失した", "職員からの報告を受け、紛失が判明した", "立ち寄り先を捜索し、遺失物の届出を行った", "持ち出しの承認手続が守られていなかったこと", "USBメモリの紛失"),
    Way("クラウドの共有フォルダを誰でも閲覧できる設定のまま公開した", "外部からの問い合わせを受け、設定の誤りを確認した", "共有フォルダを非公開に変更した", "公開範囲の設定を点検していなかったこと", "クラウドの設定不備"),
)  # fmt: skip

_DATA = (
    ("氏名、住所、電話番号", "名"),
    ("氏名、メールアドレス", "名"),
    ("会員ID、メールアドレス、ハッシュ化されたパスワード", "件"),
    ("取引先の担当者の氏名、部署名、メールアドレス", "件"),
    ("従業員の氏名、社員番号、所属", "名"),
    ("設計図面、見積書", "ファイル"),
)
_DATA_OF = {
    "hospital": ("患者の氏名、生年月日、診療科名", "名"),
    "shop": ("カード番号、有効期限、セキュリティコード", "件"),
    "school": ("生徒の氏名、学年、成績", "名"),
    "university": ("学生の氏名、学籍番号、メールアドレス", "名"),
    "city": ("住民の氏名、住所、税の滞納額", "名"),
}
_CLOSINGS = (
    "{who}では、今回の事態を重く受け止め、外部の専門家の助言を得ながら再発防止に取り組んでまいります。",
    "今後、アクセス権限の見直し、多要素認証の導入、社員教育の強化を進めてまいります。",
    "新たにお知らせすべき事実が判明した場合には、あらためて当ホームページで公表いたします。",
    "心当たりのない電話や不審なメールにはご注意くださいますようお願い申し上げます。",
    "業績への影響は現在精査しており、開示すべき事項が生じた場合は速やかにお知らせします。",
    "個別にご連絡が取れない方への通知は、本お知らせをもって代えさせていただきます。",
)
_INTRODUCED = (
    "{victim}は{prefecture}に本拠を置き、従業員は約{people}人。",
    "{victim}の公式サイトには発表の全文が掲載されている。問い合わせは専用の窓口で受け付けるという。",
)
_MEASURES = ("VPN機器への多要素認証の導入", "ログの監視体制の強化", "全職員を対象とした研修の実施", "機器の修正プログラムの適用手順の見直し", "委託先の安全管理の点検", "バックアップの隔離保管", "送信前の二重確認の徹底")  # fmt: skip


@dataclass(frozen=True)
class Affair:
    """One invented affair: whom it befell, the days of its steps, and what became of the data."""

    victim: str
    kind: str
    provider: str
    way: Way
    slip: bool
    begun: date
    noticed: date
    stopped: date
    told: date
    data: str
    unit: str
    count: int
    spared: str
    outcome: str  # leaked, possible or denied
    prefecture: str


def _name(draw: random.Random, trades: Sequence[str]) -> str:
    return draw.choice(_FIRST) + draw.choice(_SECOND) + draw.choice(trades)


def _victim(draw: random.Random) -> tuple[str, str]:
    """The name of whom it befell, in full, and the kind."""
    kind = draw.choice(("company",) * 6 + ("shop",) * 2 + ("hospital", "university", "city", "school"))
    name = _name(draw, _TRADES[kind])
    if kind in ("company", "shop"):
        name = draw.choice(("株式会社{}", "{}株式会社", "株式会社{}", "合同会社{}")).format(name)
    elif kind == "hospital":
        name = draw.choice(("", "医療法人社団")) + name
    elif kind == "school":
        name = draw.choice("鷺椿楓霧") + "浜県立" + name
    return name, kind


def affair(seed: int) -> Affair:
    """Return the invented affair of ``seed``."""
    draw = random.Random(f"affair {seed}")
    victim, kind = _victim(draw)
    slip = draw.random() < (0.7 if kind in ("school", "city") else 0.12)
    begun = date(2014, 1, 6) + timedelta(days=draw.randrange(365 * 11))
    noticed = begun + timedelta(days=draw.choice((0, 1, 1, 2, 5, 12, 40, 130)))
    stopped = noticed + timedelta(days=draw.choice((0, 0, 1, 3)))
    told = stopped + timedelta(days=draw.choice((1, 3, 8, 21, 60)))
    data, unit = _DATA_OF[kind] if kind in _DATA_OF and draw.random() < 0.7 else draw.choice(_DATA)
    spared = draw.choice([other for other, _ in _DATA if other != data])
    return Affair(
        victim, kind, "株式会社" + _name(draw, _PROVIDERS), draw.choice(_SLIPS if slip else _WAYS), slip, begun, noticed,
        stopped, told, data, unit, draw.choice((draw.randrange(3, 90), draw.randrange(90, 9_000), draw.randrange(9_000, 900_000))),
        spared, draw.choice(("leaked", "possible", "possible", "denied")), draw.choice("鷺椿楓霧") + "浜県",
    )  # fmt: skip


class _Days:
    """Writes days as one writer does: 2021年3月4日, 3月4日, 翌5日, 2021/3/4, 令和3年3月4日, and with weekdays."""

    def __init__(self, draw: random.Random) -> None:
        self.style = draw.choice(("kanji", "kanji", "kanji", "wide", "slash", "era"))
        self.weekdays = draw.random() < 0.3
        self.before: date | None = None

    def __call__(self, day: date) -> str:
        before, self.before = self.before, day
        week = f"（{'月火水木金土日'[day.weekday()]}）" if self.weekdays else ""
        if before == day:
            return "同日"
        if before and before + timedelta(days=1) == day and before.month == day.month:
            return f"翌{day.day}日"
        if self.style == "slash":
            return f"{day.year}/{day.month}/{day.day}{week}"
        year = "" if before and before.year == day.year else f"{day.year}年"
        if year and self.style == "era":
            era, first = ("令和", 2018) if day >= date(2019, 5, 1) else ("平成", 1988)
            year = f"{era}{day.year - first}年".replace("令和1年", "令和元年")
        written = f"{year}{day.month}月{day.day}日{week}"
        return written.translate({0x30 + n: 0xFF10 + n for n in range(10)}) if self.style == "wide" else written


def _counted(draw: random.Random, it: Affair) -> str:
    if draw.random() < 0.2 and it.count > 10_000:
        return f"約{it.count / 10_000:.1f}万{it.unit}"
    return draw.choice(("", "", "最大", "計")) + f"{it.count:,}{it.unit}"


def _outcome(draw: random.Random, it: Affair, plain: bool) -> list[str]:
    """What is said of the data, in polite words or plain ones."""
    count = _counted(draw, it)
    polite = "した" if plain else "いたしました"
    said = {
        "leaked": (
            f"{it.data}（{count}）が外部に流出していたことを確認{polite}。",
            f"調査の結果、{count}の{it.data}が漏えいしたことが判明{polite}。",
        ),
        "possible": (
            f"{it.data}、{count}が外部に流出した可能性が" + ("ある。" if plain else "あります。"),
            f"{count}の{it.data}について、漏えいのおそれを否定できない" + ("という。" if plain else "状況です。"),
        ),
        "denied": (
            f"現時点で、{it.data}の流出は確認されて" + ("いない。" if plain else "おりません。"),
            f"サーバーには{it.data}（{count}）が保管されていたが、外部に流出した形跡は認められ"
            + ("なかった。" if plain else "ませんでした。"),
        ),
    }[it.outcome]
    out = [draw.choice(said)]
    if draw.random() < 0.6 and it.outcome != "denied":
        out.append(f"なお、{it.spared}は含まれて" + ("いない。" if plain else "おりません。"))
    if draw.random() < 0.5:
        out.append("不正利用などの被害は確認されて" + ("いない。" if plain else "おりません。"))
    return out


def _first_person(it: Affair) -> str:
    return {"hospital": "当院", "university": "本学", "city": "本市", "school": "本校"}.get(it.kind, "当社")


def _agent(it: Affair) -> str:
    return "担当の職員が" if it.slip else "第三者が"


def _release(draw: random.Random, it: Affair, number: int) -> list[Block]:
    """The notice of the one concerned; ``number`` counts its reports from 1."""
    days, who = _Days(draw), _first_person(it)
    told = it.told + timedelta(days=(0, 24, 70)[number - 1])
    report = ("", "（第2報）", "（最終報）")[number - 1] if number > 1 else draw.choice(("", "", "（第1報）"))
    title = f"{it.way.title}に関する{draw.choice(('お知らせ', 'お詫びとご報告', 'お知らせとお詫び'))}{report}"
    heading: list[Block] = [("date", days(told)), ("by", it.victim), ("title", title)]
    if draw.random() < 0.5:
        heading = [heading[2], heading[0], heading[1]]
    days.before = date(told.year, 1, 1) if draw.random() < 0.3 else None
    opening = (
        f"このたび、{who}（{it.victim}）において、{it.way.title}が判明いたしました。関係者の皆さまに多大なるご迷惑とご心配をおかけしますことを深くお詫び申し上げます。"
        if number == 1
        else f"{it.told.month}月{it.told.day}日に公表いたしました「{it.way.title}」について、その後の調査で判明した事項をご報告いたします。"
    )
    body: list[Block] = [*heading, ("p", opening)]
    steps = [
        (it.begun, f"{_agent(it)}{it.way.begins}。"),
        (it.noticed, f"{it.way.notices}。"),
        (it.stopped, f"{it.way.stops}。"),
        (it.stopped + timedelta(days=1), f"{draw.choice(_POLICE)}に相談し、個人情報保護委員会に報告した。"),
    ]
    if number > 1:
        steps.append((told - timedelta(days=5), "外部の調査会社から最終報告書を受領した。"))
    heads = draw.choice((("1. 経緯", "2. 流出した情報", "3. 原因", "4. 再発防止策"), ("■ 経緯", "■ 対象となる情報", "■ 原因", "■ 今後の対応")))  # fmt: skip
    body.append(("h", heads[0]))
    shape = draw.random()
    if shape < 0.35:
        body.append(("table", (("日付", "内容"), *((days(day), told_) for day, told_ in steps))))
    elif shape < 0.65:
        body.append(("items", tuple(f"{days(day)}　{told_}" for day, told_ in steps)))
    else:
        polite = "".join(f"{days(day)}、{_polite(told_)}" for day, told_ in steps)
        body.append(("p", polite))
    body += [("h", heads[1]), ("p", "".join(_outcome(draw, it, False)))]
    body += [("h", heads[2]), ("p", f"{it.way.cause}が原因と考えております。")]
    body += [("h", heads[3]), ("items", tuple(draw.sample(_MEASURES, draw.randrange(2, 5))))]
    closings = draw.sample(_CLOSINGS, draw.randrange(1, 4))
    if draw.random() < 0.35:
        body += [("h", "よくあるご質問"), *_answers(draw, it)]
    body += [("p", one.format(who=who)) for one in closings]
    body.append(("p", f"お問い合わせ　{it.victim.removeprefix('株式会社')} 専用窓口　TEL 0120-000-{draw.randrange(1000):03d}（平日9:00～17:00）"))  # fmt: skip
    return body


def _answers(draw: random.Random, it: Affair) -> list[Block]:
    """Questions and answers as longer notices have them."""
    known = {"leaked": "対象の方には個別にご連絡しております。", "possible": "現在も調査を続けており、確認でき次第ご連絡いたします。", "denied": "流出は確認されていないため、お手続きは必要ありません。"}  # fmt: skip
    asked = [
        ("Q. 自分の情報が含まれているかを確認できますか。", f"A. 専用窓口で承ります。{known[it.outcome]}"),
        (f"Q. {it.spared}は含まれますか。", "A. 当該のサーバーには保管しておらず、含まれておりません。"),
        ("Q. 公表までに時間を要したのはなぜですか。", f"A. {it.noticed.month}月の判明後、対象となる範囲の特定に時間を要したためです。"),
        ("Q. サービスは利用できますか。", "A. 安全を確認したものから順に再開しており、すべての再開の時期は改めてお知らせします。"),
    ]  # fmt: skip
    return [("p", f"{question}\n{answer}") for question, answer in draw.sample(asked, draw.randrange(2, 5))]


def _polite(plain: str) -> str:
    return plain.replace("した。", "しました。")


def _news(draw: random.Random, it: Affair) -> list[Block]:
    days, paper = _Days(draw), draw.choice(_PAPERS)
    out = it.told + timedelta(days=draw.choice((0, 0, 1, 2)))
    words = {
        "leaked": f"{it.data.split('、')[0]}など流出",
        "possible": "情報流出の可能性",
        "denied": "情報流出は確認されず",
    }
    body: list[Block] = [
        ("title", f"{it.victim}で{it.way.title}、{words[it.outcome]}"),
        ("by", f"{paper}　{out.year}年{out.month}月{out.day}日 {draw.randrange(6, 22)}時{draw.randrange(60):02d}分"),
    ]
    days.before = out
    body.append(("p", f"{it.victim}は{days(it.told) if it.told != out else str(out.day) + '日'}、{it.way.title}があったと発表した。"))  # fmt: skip
    body.append(("p", f"発表によると、{days(it.begun)}、{_agent(it)}{it.way.begins}。{days(it.noticed)}に{it.way.notices}。{days(it.stopped)}には{it.way.stops}という。"))  # fmt: skip
    body.append(("p", "".join(_outcome(draw, it, True))))
    quote = draw.choice(("再発防止に努める", "関係者に深くおわびする", "調査を続け、結果を公表する"))
    body.append(("p", f"原因は{it.way.cause}とみられる。同{'市' if it.kind == 'city' else '社' if it.kind in ('company', 'shop') else '者'}は「{quote}」とコメントしている。"))  # fmt: skip
    if draw.random() < 0.5:
        known = draw.choice(_INTRODUCED)
        body.append(("p", known.format(victim=it.victim, prefecture=it.prefecture, people=10 * draw.randrange(3, 400))))
    if not it.slip and draw.random() < 0.5:
        body.append(("p", f"システムの運用を受託する{it.provider}は、ほかの顧客への影響は確認していないと説明した。{it.prefecture}警は不正アクセス禁止法違反の疑いで調べている。"))  # fmt: skip
    if draw.random() < 0.3:
        many = draw.randrange(20, 900)
        body.append(("p", f"同様の被害は各地で続いている。{draw.choice(_PAPERS)}の集計では、{out.year - 1}年に公表された事案は{many}件にのぼり、このうち機器の修正プログラムの未適用を原因とするものが約{draw.randrange(2, 6)}割を占めた。専門家は「接続元の制限と多要素認証を同時に進めるべきだ」と話す。"))  # fmt: skip
    if draw.random() < 0.4:
        other = it.begun.year - draw.randrange(1, 4)
        body.append(("p", f"{it.victim}では{other}年{draw.randrange(1, 13)}月にも別の事案が公表されている。"))
    return body


def _blog(draw: random.Random, it: Affair) -> list[Block]:
    days, place = _Days(draw), draw.choice(_BLOGS)
    out = it.told + timedelta(days=draw.randrange(1, 9))
    body: list[Block] = [
        ("by", place),
        ("title", f"{it.victim}の{it.way.title}をまとめてみた"),
        ("date", f"投稿日 {out.isoformat()}"),
        ("p", f"{days(it.told)}、{it.victim}が{it.way.title}を公表しました。ここでは公式の発表と報道をもとに時系列で整理します。"),
        ("h", "タイムライン"),
    ]  # fmt: skip
    short = it.victim.removeprefix("株式会社").removesuffix("株式会社").removeprefix("合同会社")
    rows = [("日時", short, "その他")]
    days.before = None
    rows.append((days(it.begun), f"{it.way.title}が始まったとみられる *1", ""))
    rows.append((days(it.noticed), f"{it.way.notices} *1", ""))
    rows.append((days(it.stopped), f"{it.way.stops} *1", f"{draw.choice(_POLICE)}が相談を受ける *2"))
    rows.append((days(it.told), "公表 *1", "報道各社が報じる *2"))
    body += [("table", tuple(rows)), ("h", "漏れたもの")]
    body.append(("items", tuple(_outcome(draw, it, True))))
    body += [
        ("h", "原因"),
        ("p", f"発表では{it.way.cause}が挙げられています。侵入の経路の詳しい説明はまだありません。"),
    ]
    body += [("h", "所感"), ("p", draw.choice(("発表までの日数は短い方だと思います。続報が出たら追記します。", "自分の職場でも同じ設定がないか、週明けに確かめるつもりです。", "対策の実施時期が書かれていないのが気になるところ。")))]  # fmt: skip
    body.append(("notes", (f"*1：{it.victim}「{it.way.title}に関するお知らせ」{it.told.year}年{it.told.month}月{it.told.day}日", f"*2：{draw.choice(_PAPERS)}「{short}で被害」{out.year}年{out.month}月{out.day}日")))  # fmt: skip
    return body


def _slot(seed: int) -> tuple[int, int, str]:
    """What a seed stands for: (seed whose text it has, number of its affair, kind of document)."""
    group, place = divmod(seed, GROUP)
    draw = random.Random(f"group {group}")
    slots: list[tuple[int, int, str]] = []
    number = 0
    while len(slots) < GROUP:
        kinds = ["release 1", "release 2", "release 3", "news", "news", "blog"]
        for kind in draw.sample(kinds, draw.choice((1, 1, 2, 3, 4))):
            slots.append((group * GROUP + len(slots), group * GROUP + number, kind))
        number += 1
    slots = slots[:GROUP]
    if draw.random() < 0.6:
        copy, of = draw.sample(range(GROUP), 2)
        slots[copy] = slots[of]
    return slots[place]


def page(seed: int) -> list[Block]:
    """Return the blocks of the document of ``seed``: (kind, words), kind being title, by, date, h, p, items, table or notes."""
    own, number, kind = _slot(seed)
    draw, it = random.Random(f"document {own}"), affair(number)
    if kind == "news":
        body = _news(draw, it)
    elif kind == "blog":
        body = _blog(draw, it)
    else:
        body = _release(draw, it, int(kind[-1]))
    more = list(_CLOSINGS)
    draw.shuffle(more)
    while len(text_of(body)) < SHORTEST and more:
        body.append(("p", more.pop().format(who=_first_person(it) if kind.startswith("release") else it.victim)))
    while len(text_of(body)) > LONGEST:
        body.pop(max(at for at, (block, _) in enumerate(body) if block in ("p", "items")))
    return body


def text_of(blocks: list[Block]) -> str:
    """Return the blocks as plain text: tables with tabs, items with ・."""
    out = []
    for kind, words in blocks:
        if isinstance(words, str):
            out.append(f"\n{words}\n" if kind in ("h", "title") else f"{words}\n")
        elif kind == "table":
            out += ["\t".join(row) + "\n" for row in words]
        else:
            out += [("・" if kind == "items" else "") + str(item) + "\n" for item in words]
    return "".join(out).lstrip("\n")


def markdown_of(blocks: list[Block]) -> str:
    """Return the blocks as Markdown."""
    out = []
    for kind, words in blocks:
        if isinstance(words, str):
            out.append({"title": "# ", "h": "## "}.get(kind, "") + words + "\n")
        elif kind == "table":
            rows = ["| " + " | ".join(row) + " |" for row in words]
            out.append("\n".join([rows[0], "|" + "---|" * len(words[0]), *rows[1:]]) + "\n")
        else:
            out.append("\n".join(("- " if kind == "items" else "") + str(item) for item in words) + "\n")
    return "\n".join(out)


def html_of(blocks: list[Block]) -> str:
    """Return the blocks as a web page with the furniture of a site around them."""
    title = next(str(words) for kind, words in blocks if kind == "title")
    out = []
    for kind, words in blocks:
        if isinstance(words, str):
            tag = {"title": "h1", "h": "h2"}.get(kind, "p")
            out.append(f"<{tag}>{html.escape(words)}</{tag}>")
        elif kind == "table":
            rows = [
                "<tr>" + "".join(f"<{cell}>{html.escape(one)}</{cell}>" for one in row) + "</tr>"
                for cell, row in zip(["th"] + ["td"] * len(words), words, strict=False)
            ]
            out.append("<table>\n" + "\n".join(rows) + "\n</table>")
        else:
            out.append("<ul>\n" + "\n".join(f"<li>{html.escape(str(item))}</li>" for item in words) + "\n</ul>")
    body = "\n".join(out)
    return (
        f'<!DOCTYPE html>\n<html lang="ja"><head><meta charset="utf-8"><title>{html.escape(title)}</title></head>\n<body>'
        '<nav><ul><li><a href="/">ホーム</a></li><li><a href="/news/">お知らせ</a></li></ul></nav>\n'
        f"<main><article>\n{body}\n</article></main>\n<footer><p>サイトマップ | プライバシーポリシー</p></footer></body></html>\n"
    )


def disclosure(seed: int) -> str:
    """Return the text of the document of ``seed``: 400 to 1,500 characters, the same on every machine."""
    return text_of(page(seed))


_MAKERS = {"txt": text_of, "html": html_of, "md": markdown_of}


def write(folder: Path, count: int, formats: Sequence[str] = ("txt",), start: int = 0) -> None:
    """Write the documents of the seeds from ``start`` on into ``folder``, the formats by turns; a folder a thousand."""
    for seed in range(start, start + count):
        kind = formats[seed % len(formats)]
        place = folder / f"{seed // 1000:04d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"d{seed:07d}.{kind}").write_text(_MAKERS[kind](page(seed)), encoding="utf-8", newline="\n")


def main() -> None:
    """Write as many documents as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--formats", default="txt", help="of txt, html, md; several with commas between")
    options = parser.parse_args()
    formats = options.formats.split(",")
    if unknown := set(formats) - set(_MAKERS):
        parser.error(f"--formats: {', '.join(sorted(unknown))} is none of {', '.join(_MAKERS)}")
    write(options.out, options.count, formats)


if __name__ == "__main__":
    main()

"""Says which organisation each name and each anaphor of a document stands for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tenmatsu.organisations.anaphors import Anaphor, anaphor_rules, anaphors, is_anaphor, is_role
from tenmatsu.organisations.blocks import blocks
from tenmatsu.organisations.clusters import SUBJECT, Cluster, clusters
from tenmatsu.organisations.find import FoundOrganisation
from tenmatsu.organisations.patterns import built_names
from tenmatsu.organisations.register import entity_id_of, register
from tenmatsu.records import Entity, Line, Sentence


@dataclass(frozen=True, slots=True)
class ResolvedMention:
    """A naming of an organisation and whom it names; ``entity`` and ``entity_id`` are joined by ``|`` for several.

    ``note`` says what decided: subject of the sentence, definition, line of the quoted title and so on.
    """

    start: int
    end: int
    text: str
    kind: str
    entity: str
    entity_id: str
    rule: str
    note: str


def role_of(entity: Entity | str) -> str:
    """Return the kind of an organisation: company, vendor, authority, police, media, blog, school, hospital,
    municipality or body. A bare name is looked up, then judged by how it is built; company when nothing tells.
    """
    if isinstance(entity, Entity):
        return entity.kind or role_of(entity.name)
    known = register().find(entity)
    if known:
        return register().entities[known.entity_id].kind or "company"
    whole = [built for built in built_names(entity) if (built.start, built.end) == (0, len(entity))]
    return whole[0].kind if whole else "company"


_THEME = re.compile("[^はがを、。\\n]{2,40}?(?:は|では|によると|によれば)")
_LEAD = re.compile(r"[\W\d_]*(?:公式)?】?")
_MOST_ROLES = 20  # no document defines more; keeps the time linear
_LOOK_BACK = 300  # how many names an anaphor may reach over; keeps the time linear
_BYSTANDERS = ("media", "blog", "authority", "police")
_DEFINES = re.compile(
    r"\s?[(（](?:[^()（）「」『』\n]{1,40}[、,，。]\s?)?以下[、,，]?\s?(?:総称して)?[「『\"“]?(?P<short>[^「」『』\"”()（）、,\n]{1,12}?)[」』\"”]?\s?"
    r"(?:と(?:いう|いいます|いい|記載|記す|表記|称す|称し|呼ぶ|呼び|する|します|略)[^()（）]{0,8})?。?[)）]"
)
# 受託者の再委託先である株式会社X: the only one that can be meant by 再委託先
_SECOND_HAND = re.compile(r"再委託先(?:である|の|、)?\s?\Z")
_JOINED = re.compile(
    r"(?:」|』|グループ|社)?(?:と|及び|および|ならびに|並びに|、|・|/|／|,|と[一-龠ァ-ヴー]{2,8})(?:「|『)?"
)
_SAME_ENDS = {
    "同課": "課$", "同室": "室$", "同隊": "隊$", "同部": "部$", "同地裁": "地裁|地方裁判所", "同高裁": "高裁|高等裁判所",
    "同地検": "地検|地方検察庁", "同署": "署$", "同県警": "県警", "同府警": "府警", "同省": "省$", "同センター": "センター", "同庁": "庁$",
}  # fmt: skip
_PROVIDER = re.compile(
    "(?:MSP|委託先|ベンダー|プロバイダ|事業者|提供元|運用会社|保守会社|サービス会社)[^。]{0,6}(?:より|から|が|は|に)"
)
_INTRODUCED = re.compile(
    "(?P<word>(?:連結|海外|米国?|完全)?子会社|孫会社|現地法人|親会社|持株会社)(?:の|である|、|「|『)+$"
)
_INTRODUCED_AFTER = re.compile(
    "[（(](?:同社の|当社の|[^（）()]{0,16}の?)?(?P<word>(?:連結|海外|米国?|完全)?子会社|孫会社|現地法人|親会社|持株会社)[）)]"
)
# 当社海外子会社: the noun alone stands for the company
_QUALIFIED = re.compile("(?:連結|海外|米国|完全|当該)(?=子会社)")
_OUTLINED = re.compile("子会社(?:の概要|について|の名称)")
_PARENTS = ("親会社", "持株会社")
_COMPLEMENT = re.compile("(?:に(?!よ|お|つ|関|は|も)|へ|から|より|と(?!し))")
_SUBJECTS = re.compile("[一-龠々ァ-ヴーA-Za-z」）) ](?:は|が)")
_CITED = re.compile("[,、，] ?(?:[0-9０-９]{4}|令和)")
_VICTIM = re.compile(
    "(?:グループ)?(?:社内)?(?:の[^、。]{0,16})?(?:(?:へ|に)(?:の|対する)?(?:[^、。\n]{0,14})?(?:不正アクセス|サイバー攻撃|ランサム|攻撃)"
    "|(?:が|は)(?:[^。\n「]{0,30})?(?:被害|不正アクセス|攻撃を受け|流出|漏えい|漏洩|感染))"
)
HARMED = re.compile(
    "社?(?:の(?:サーバー?|システム|サイト|端末|ネットワーク|社内)[^、。\\n]{0,12}[がにへで]|が|は|において|で|[へに](?:の|対する)?)[^。\\n「]{0,24}"
    "(?:被害|不正アクセスを受け|不正アクセスされ|攻撃を受け|感染し|侵入され|サイバー攻撃|流出し|流出させ|暗号化され|改ざんされ(?![^。\\n]{0,16}を))"
)
# 兼浜のサーバーに接続し…, 兼浜の営業秘密を持ち出し: whose data a thief took, against where he found his next post
_ROBBED = re.compile(
    "」?(?:[（(][^（）()\\n]{0,30}[）)])?社?の(?:社内)?(?:の)?(?:サーバー?|システム|データベース|クラウド|営業秘密|機密|顧客情報|顧客名簿|名簿|図面|設計|技術情報|内部情報)"
    "[^、。\\n]{0,16}(?:に|を|から|へ)[^。\\n]{0,60}?(?:接続|ログイン|アクセス|持ち出|不正に取得|ダウンロード|複製|コピー|領得|引き出|送信)"
)
# X新聞社が運営するサイトで不正ログインが…: a publisher that is attacked itself
_RUNS_STRUCK = re.compile(
    "(?:が|の)(?:運営|提供)(?:する|している)[^。\\n]{0,50}?(?:で|が|に|へ)[^。\\n]{0,30}?(?:不正|攻撃|流出|漏|侵入|改ざん)(?![^。\\n]{0,40}(?:報じ|伝え))"
)
_WORKED_FOR = re.compile(
    "(?:(?:当時)?勤(?:め|務し)て(?:い)?た|元勤務先|前勤務先|前職|派遣されて(?:い)?た)[^。]{0,16}[「『の]?\\Z"
)
_TAKEN_ON = re.compile(
    "[」』]?(?:[（(][^（）()\\n]{0,30}[）)])?(?:に|へ)(?:転職|再就職|就職|入社|移(?:っ|り|る|籍)|移った|転じ)"
)
# 狙われたのはソフト会社X。: what a sentence ends in is what the next is about
# 同社のサーバーは…停止した: behind what befell Y, whose systems they are is Y, though X told of it
_OWN_SYSTEMS = re.compile(
    "(?:の|が(?:運営|管理|運用)(?:する|している))(?:[一-龠ァ-ヴー]{0,6})(?:サーバー?|システム|ネットワーク|サイト|ホームページ|端末|パソコン|クラウド|データベース|アカウント)"
)
# 攻撃者グループ: 同グループ behind it is no firm's
_GANG = re.compile(
    "(?:攻撃者?|犯行|犯罪|ハッカー|ハッキング|ランサム(?:ウェア)?|サイバー(?:攻撃|犯罪)?)の?(?:グループ|集団|組織)|(?:グループ|集団)「"
)
_GANG_REACH = 2000  # code points before 同グループ in which it is asked who it is
_PREDICATE = re.compile("[」』]?(?:[（(][^（）()\\n]{0,40}[）)])?(?:だ|である|です|だった|でした)?。(?!」)")
_TOWARDS = re.compile("(?:に対し|に|へ|から|と(?:の|は|共同|締結|契約)|を)")
_COURTS = re.compile("(?:裁判所|[地高簡家]裁|検察庁|[地高区]検)(?:支部)?$")
_OTHER_ROLE = re.compile(
    "(?:社|グループ|様|さん)?(?:から|より|に(?:対し|委託|依頼|報告|確認|おいて)|へ|と(?:の|は|共同|契約|連携|協議)|が|は|の(?:提供|サーバ|システム|調査|報告|サービス))"
)
_RENAMED = re.compile(
    "社?[」』]?(?:から|より)(?:現在?の?)?(?:社名|商号|名称|[^、。]{1,30}(?:社名|商号|名称)(?:を)?(?:変更|改))"
)
_ITSELF = re.compile("である|こと、|すなわち|[(（]$|名称|商号|社名|屋号")
# 保守会社のX: whoever keeps or mends the systems of others
MENDS = re.compile(
    "(?:保守|(?:サイト|ホームページ|システム|サーバー?)(?:の)?(?:保守|管理|制作|構築|開発)|制作|調査|復旧|フォレンジック|セキュリティ)(?:委託先|委託業者|会社|業者|事業者|企業|ベンダー)(?:である|の|、)?「?$"
)
# what a provider, an examiner or an authority is beside the one who speaks, wherever it stands in the notice
_SERVES = re.compile(
    "(?:社)?製|の(?:製品|装置)|(?:社)?[がの]提供|(?:社)?に(?:[^、。]{0,8}を)?(?:委託|依頼|報告|相談|届)|(?:社)?(?:から|より)(?:の)?(?:報告|連絡|指摘|通報|調査)"
)
_SERVING = re.compile(
    "(?:委託先|委託業者|委託事業者|取引先|受託者|提供元|開発元|保守会社|運営会社|調査会社|ベンダー|メーカー|プロバイダー?)(?:である|の|、|「)?$"
)
# 病院は, 機構によると: a common noun with nothing before it that could qualify it, as the actor of its clause
_DEFINITE = re.compile(
    "(?:は|が|の(?!よう|ため)|も(?!の)|では|でも|側|(?:など)?によ|に対|から|へ(?!の不正)|には?(?:連絡|報告|申告|相談|通報|申し出))"
)
_OPENS = re.compile(
    "(?:^|なお|また|ただし|一方|しかし|[。、，「『（(\\s]|[0-9０-９同翌][日月年]に?|[0-9０-９]時に?)\\Z", re.MULTILINE
)
_NOUNS = {
    "病院": ("hospital", "病院|センター|クリニック|医院|診療所"),
    "学校": ("school", "."),
    "大学": ("school", "大学"),
    "学園": ("school", "学園"),
    "学院": ("school", "学院"),
    "市": ("municipality", "市(?:役所)?$"),
    "県": ("municipality", "県$"),
    "町": ("municipality", "町(?:役場)?$"),
    "村": ("municipality", "村(?:役場)?$"),
    "区": ("municipality", "区(?:役所)?$"),
    "都": ("municipality", "^東京都$"),
    "府": ("municipality", "府$"),
    "銀行": ("company", "銀行|バンク"),
    "会社": ("company", "."),
}
_ENDS_IN = (
    "機構", "協会", "組合", "財団", "公社", "連盟", "学会", "基金", "公団", "生協", "信金", "研究所",
)  # fmt: skip
# 2022年以降、X社に客から問い合わせが続き、同社は…: who hears of it is whom the sentence is about
_HEARS = re.compile(
    "に(?:は|も)?[^。、\\n]{0,24}(?:から|より)[^。\\n]{0,40}?(?:連絡|問い?合わ?せ|指摘|通報|相談|苦情|申告|電話|メール)"
)
_BESIDE_CASE = re.compile("社?(?:に(?!よる|よれ|対する|おけ|おい|は|も)|へ(?!の)|から|より|と(?!の合|し)|製)")
_HIRED = re.compile(
    "(?:委託(?:先|業者|事業者|会社|している|する|した)|依頼(?:先|した|している))(?:である|の|、|は|「)?\\Z"
)
_SAYS_SO = tuple(
    (ending, re.compile(fitting))
    for ending, fitting in (
        ("行", "銀行|バンク|BANK|Bank"),
        ("金庫", "金庫|信金"),
        ("信金", "金庫|信金"),
        ("組合", "組合|農協|生協|コープ|健保"),
        ("健保", "健康保険組合|健保"),
        ("協会", "協会"),
        ("財団", "財団"),
        ("研究所", "研究所|研究機構"),
        ("機構", "機構"),
        ("委員会", "委員会|調査委"),
        ("庁", "庁"),
        ("センター", "センター"),
        ("連盟", "連盟|連合"),
        ("学会", "学会"),
        ("商工会", "商工会"),
        ("会議所", "会議所"),
        ("基金", "基金"),
        ("学園", "学園|学院|学校|大学"),
        ("学院", "学園|学院|学校|大学"),
    )
)
_BOARD = re.compile("(?:教育委員会|教委|教育庁|教育局)$")
# who looks into the affair of another and reports on it
_COMMITTEE = re.compile("(?:調査|検証|第三者|対策)(?:・検証)?(?:委員会|委)$")
_SIGNS = re.compile("長[ \u3000]+[一-龠々ぁ-んァ-ヴー]{1,5}[ \u3000]*[一-龠々ぁ-んァ-ヴー]{0,5}[ \u3000]*$")
_COPYRIGHT = re.compile(r"(?:©|[(（]C[)）]|Copyright|COPYRIGHT)[ 0-9(（)）C©,.\-–—]*\Z", re.IGNORECASE)
_OWN_SITE = re.compile("の?(?:公式)?(?:サイト|ホームページ|ウェブ|Web|WEB|ECサイト|通販)")
_HEAD_LINE = re.compile("代表取締役|代表理事|理事長|学長|病院長|院長|社長|市長|町長|村長|頭取|組合長|会長")
_HEADLINE = re.compile(
    "[。、]|について|お詫び|おわび|お知らせ|ご報告|不正|攻撃|侵入|流出|漏え?い|漏洩|感染|ランサム|ウイルス|マルウェア|被害|停止|障害|紛失|誤送信|盗|件$|か$"
)
# 2022年4月15日　株式会社X: the date beside the sender is no part of its line
_DATED = re.compile(
    r"[ \u3000]*(?:(?:令和|平成)[0-9０-９元]{1,2}|[0-9０-９]{4})\s?[年./-]\s?[0-9０-９]{1,2}\s?[月./-]\s?[0-9０-９]{1,2}\s?日?(?:[（(].[)）])?[ \u3000]*"
)
_GENERIC_HEAD = re.compile(
    r"(?:NEWS|PRESS|News|Press|プレス|ニュース|お知らせ|報道|各\s*位|[0-9０-９]|令和|平成|重要|トップ|ホーム|HOME)"
)


@dataclass
class _Reading:
    """What is known of the document while its anaphors are read from the first to the last."""

    text: str
    found: Sequence[FoundOrganisation]
    lines: Sequence[Line]
    sentences: Sequence[Sentence]
    groups: list[Cluster]
    of: dict[int, Cluster] = field(default_factory=dict)
    line_starts: list[int] = field(default_factory=list)
    sentence_starts: list[int] = field(default_factory=list)
    name_starts: list[int] = field(default_factory=list)
    by_text: dict[str, Cluster] = field(default_factory=dict)
    issuer: Cluster | None = None
    last_same: tuple[int, Cluster] | None = None
    last_several: tuple[Cluster, ...] = ()
    several_at: int = -1
    hired: frozenset[int] = frozenset()  # who works for others and is not said to suffer
    posts: frozenset[int] = frozenset()  # who took a thief on
    about: Cluster | None = None  # whom a text is about in which nobody speaks for itself
    block_starts: dict[int, int] = field(default_factory=dict)  # by line number, where the numbered part begins

    def line_at(self, at: int) -> int:
        return bisect_right(self.line_starts, at) - 1

    def sentence_at(self, at: int) -> tuple[int, int]:
        index = bisect_right(self.sentence_starts, at) - 1
        if index >= 0 and self.sentences[index].start <= at < self.sentences[index].end:
            return self.sentences[index].start, self.sentences[index].end
        line = self.lines[self.line_at(at)]
        return line.start, line.end

    def subject_between(self, start: int, end: int) -> bool:
        """Tell whether another subject stands between that of ``start`` and ``end`` (Xが…、警察が同社に…)."""
        return len(_SUBJECTS.findall(self.text, start, end)) > 1

    def names_in(self, start: int, end: int) -> range:
        return range(bisect_right(self.name_starts, start - 1), bisect_right(self.name_starts, end - 1))


def _fits(cluster: Cluster, kinds: Sequence[str], form: str = "") -> bool:
    kind = cluster.entity.kind or "company"
    if form in ("同行", "両行", "2行"):
        return bool(re.search("銀行|金庫|バンク|BANK|Bank", cluster.name + cluster.entity.name))
    ending = _SAME_ENDS.get(form)
    if ending:
        return kind in kinds and bool(re.search(ending, cluster.name))
    if "*" in kinds:
        return kind not in _BYSTANDERS
    return kind in kinds


def _plain_lines(text: str) -> tuple[Line, ...]:
    """Lines for a caller that has no layout: every line is a paragraph."""
    made = []
    at = 0
    for number, raw in enumerate(text.split("\n"), 1):
        made.append(Line(number, at, at + len(raw), at, "paragraph" if raw.strip() else "blank"))
        at += len(raw) + 1
    return tuple(made)


def _definitions(reading: _Reading) -> dict[str, Cluster]:
    """Return the words that the text binds to a name: X（以下「当社」という）."""
    bound: dict[str, Cluster] = {}
    for index, name in enumerate(reading.found):
        hit = _DEFINES.match(reading.text, name.end)
        if hit and is_anaphor(hit.group("short")):
            bound.setdefault(hit.group("short"), reading.of[index])
    seconds = {
        reading.of[index].number: reading.of[index]
        for index, name in enumerate(reading.found)
        if _SECOND_HAND.search(reading.text, max(0, name.start - 12), name.start)
    }
    if len(seconds) == 1:
        bound.setdefault("再委託先", next(iter(seconds.values())))
    return bound


def _quoted_from(reading: _Reading, at: int) -> tuple[Cluster, str] | None:
    """Return whose words a blog quotes at ``at``: a title in a list of sources, a passage with its source below."""
    number = reading.line_at(at)
    line = reading.lines[number]
    if line.role == "footnote" and not reading.names_in(line.start, at):
        # *2:本学の情報について,青葉大学,2025年2月14日: whose title this is stands behind it
        behind = [
            index for index in reading.names_in(at, line.end) if _CITED.match(reading.text, reading.found[index].end)
        ]
        if len(behind) == 1 and reading.of[behind[0]].entity.kind not in ("media", "blog"):
            return reading.of[behind[0]], "named behind the quoted title"
    if line.role in ("source", "footnote") or line.section == "sources":
        for above in range(number, max(-1, number - 5), -1):
            place = reading.lines[above]
            stop = at if above == number else place.end
            for index in reading.names_in(place.start, stop):
                if reading.of[index].entity.kind not in ("media", "blog"):
                    return reading.of[index], "named at the head of the quoted title"
    body = reading.text[line.start : line.end]
    headed = [index for index in reading.names_in(line.start, at) if reading.found[index].end < at][:1]
    if headed and "。" not in body:
        # ・パスコ 弊社端末について 2/6: whose title this is stands before a blank or a colon
        name = reading.found[headed[0]]
        if _LEAD.fullmatch(reading.text, line.start, name.start) and reading.text[name.end] in " \u3000:：":
            return reading.of[headed[0]], "named at the head of the quoted title"
    for below in range(number + 1, min(len(reading.lines), number + 4)):
        place = reading.lines[below]
        if place.role == "blank":
            continue
        body = reading.text[place.start : place.end]
        if "引用" in body and len(body) <= 60:
            named = [reading.of[index] for index in reading.names_in(place.start, place.end)]
            named = [one for one in named if one.entity.kind not in ("media", "blog")]
            if named:
                return named[0], "source of the quotation"
        break
    return None


def _issuer(reading: _Reading, own: Sequence[Anaphor], bound: dict[str, Cluster], hint: str | None) -> Cluster | None:
    """Return who speaks of itself as 当社, 本学, 当院; None when nobody does."""
    for word in own:
        if word.text in bound:
            return bound[word.text]
    for rule in anaphor_rules() if own else ():
        # 青葉大学病院（以下「本院」という。）, and 本学 from there on: who defines such a word speaks
        for form in rule.forms if rule.how == "self" else ():
            if form in bound:
                return bound[form]
    fitting = [group for group in reading.groups if any(_may_say(group, word) for word in _kinds_of(own))]
    beside = _beside(reading, own)
    fitting = [group for group in fitting if group.number not in beside]
    if not fitting:
        return None
    if hint:
        for group in fitting:
            if hint in (group.name, group.entity.name) or group.name in hint:
                return group
    allowed = {group.number for group in fitting}
    for word in own:
        # 当社、株式会社Xは: an apposition
        beside_it = [i for i in reading.names_in(word.end, word.end + 2) if reading.of[i].number in allowed]
        if beside_it and reading.text[word.end : reading.found[beside_it[0]].start] in ("", "、", "(", "（"):
            return reading.of[beside_it[0]]
    filled = [line for line in reading.lines if line.role != "blank"]
    for position, line in enumerate(filled):
        # the sender's line: a name that fills its line at the head, or stands above the head's own line
        inside = [i for i in reading.names_in(line.start, line.end) if reading.of[i].number in allowed]
        if not inside:
            continue
        body = _DATED.sub("", reading.text[line.start : line.end]).strip()
        alone = len(body) <= len(reading.found[inside[0]].text) + 2
        last = position >= len(filled) - 3
        press = reading.of[inside[0]].entity.kind in ("media", "blog")
        follows = filled[position + 1] if position + 1 < len(filled) else None
        signed = follows is not None and _HEAD_LINE.search(
            reading.text, follows.start, min(follows.end, follows.start + 24)
        )
        if alone and (signed or (not press and (position < 8 or last))):
            return reading.of[inside[0]]
    for line in filled:
        # 青葉市長　山田太郎: who heads the office signs for it
        for index in reading.names_in(line.start, line.end)[:1]:
            if reading.of[index].number in allowed and _SIGNS.match(reading.text, reading.found[index].end, line.end):
                if not reading.text[line.start : reading.found[index].start].strip():
                    return reading.of[index]
    # a name that first comes up after 当社 has spoken is somebody else's; so is the paper that prints a notice
    titles = {line.number for line in reading.lines if line.role == "title"}
    said = [word.start for word in own if reading.lines[reading.line_at(word.start)].number not in titles]
    spoken = min(said, default=len(reading.text))
    fitting = [
        group
        for group in fitting
        if reading.found[group.members[0]].start < spoken and group.entity.kind not in ("media", "blog")
    ]
    allowed = {group.number for group in fitting}
    for index, name in enumerate(reading.found):
        if reading.of[index].number in allowed and re.match(
            "(?:[（(][^（）()\n]{0,60}[）)])?(?:は|では|において|が)", reading.text[name.end : name.end + 70]
        ):
            return reading.of[index]
    counts = Counter(reading.of[index].number for index in range(len(reading.found)))
    return max(fitting, key=lambda group: (counts[group.number], -group.number), default=None)


def _in_imprint(text: str, name: FoundOrganisation) -> bool:
    """Tell whether a Latin name stands behind a sign of copyright: the English name of the site's owner."""
    return name.rule.startswith("O.latin") and _COPYRIGHT.search(text, max(0, name.start - 32), name.start) is not None


def _spoken(reading: _Reading, at: int) -> bool:
    """Tell whether ``at`` stands inside 「…」 in its sentence."""
    start, _ = reading.sentence_at(at)
    return reading.text.rfind("「", start, at) > reading.text.rfind("」", start, at)


def _kinds_of(own: Sequence[Anaphor]) -> list[Anaphor]:
    """Return one word of each form that speaks for itself."""
    return list({word.text: word for word in own}.values())


def _may_say(group: Cluster, word: Anaphor) -> bool:
    """Tell whether an organisation of this kind can call itself so: 当行 a bank, 本学 a school, 本市 a town."""
    name = group.name + group.entity.name
    for ending, fitting in _SAYS_SO:
        if word.text.endswith(ending):
            return bool(fitting.search(name))
    if group.entity.kind in word.rule.kinds:
        return True
    return "*" in word.rule.kinds and group.entity.kind not in _BYSTANDERS


def _beside(reading: _Reading, own: Sequence[Anaphor]) -> set[int]:
    """Return the organisations that stand in one sentence with 当社 as somebody else (当社は株式会社Xから…)."""
    others = {
        reading.of[index].number
        for index, name in enumerate(reading.found)
        if _SERVES.match(reading.text, name.end) or _SERVING.search(reading.text, max(0, name.start - 16), name.start)
    }
    titles = {line.number for line in reading.lines if line.role == "title"}
    for word in own:
        start, end = reading.sentence_at(word.start)
        for index in reading.names_in(start, end):
            name = reading.found[index]
            between = reading.text[min(name.end, word.end) : max(name.start, word.start)]
            if _RENAMED.match(reading.text, name.end, end):
                continue  # 当社が乙から商号を変更する前: its own name of then
            if name.end <= word.start:
                # 株式会社Xは、当社が… and 株式会社X（当社）: the same; …は当社に報告した: another
                # 国立X研究所の職員が、当研究所の…: what the word says it is, the name says too
                alike = len(word.text) > 2 and name.text.endswith(word.text[1:])
                same = alike or SUBJECT.match(reading.text, name.end) or len(between) <= 2
                if same and not _TOWARDS.match(reading.text, word.end):
                    continue
            elif between in ("", "、") or not _OTHER_ROLE.match(reading.text, name.end) or _ITSELF.search(between):
                continue
            if reading.lines[reading.line_at(name.start)].number not in titles:
                others.add(reading.of[index].number)
    return others


def _pairs(reading: _Reading) -> list[tuple[int, tuple[Cluster, ...]]]:
    """Return the organisations that are named together (AとB), with where the last of them ends."""
    found = reading.found
    runs: list[tuple[int, tuple[Cluster, ...]]] = []
    run: list[int] = []
    for index, name in enumerate(found):
        group = reading.of[index]
        if group.entity.kind in _BYSTANDERS:
            _close(reading, run, runs)
            run = []
            continue
        if run and not _JOINED.fullmatch(reading.text, found[run[-1]].end, name.start):
            _close(reading, run, runs)
            run = []
        run.append(index)
    _close(reading, run, runs)
    return runs


def _close(reading: _Reading, run: list[int], runs: list[tuple[int, tuple[Cluster, ...]]]) -> None:
    different = tuple({reading.of[index].number: reading.of[index] for index in run}.values())
    if len(different) >= 2:
        runs.append((reading.found[run[-1]].end, different))


def _wanted(word: Anaphor) -> int:
    return 3 if word.text[0] in "3３三" else 2


def _several(
    reading: _Reading, word: Anaphor, runs: Sequence[tuple[int, tuple[Cluster, ...]]]
) -> tuple[tuple[Cluster, ...], str] | None:
    wanted = _wanted(word)
    start, _ = reading.sentence_at(word.start)
    before = bisect_right(runs, word.start, key=lambda run: run[0])
    if len(reading.last_several) == wanted and not (before and runs[before - 1][0] > reading.several_at):
        return reading.last_several, "the same as last"
    for end, groups in reversed(runs[max(0, before - _LOOK_BACK) : before]):
        if len(groups) == wanted:
            return groups, "named together in the sentence" if end >= start else "last named together"
    if word.rule.id == "N.both":
        known = [
            group
            for group in reading.groups
            if group.members and _fits(group, ["*"]) and reading.found[group.members[0]].start < word.start
        ]
        if len(known) == wanted:
            return tuple(known), "the only two of the document"
    return None


def _subjects(
    reading: _Reading, word: Anaphor, topics: Sequence[tuple[int, Cluster]]
) -> tuple[tuple[Cluster, ...], str] | None:
    """両社 without a pair that was named together: the only two that the document has had as subjects."""
    acting = {reading.issuer.number: reading.issuer} if reading.issuer else {}
    line = reading.lines[reading.line_at(word.start)]
    beside = dict(acting)
    for index in reading.names_in(line.start, word.start):
        if reading.of[index].entity.kind not in _BYSTANDERS:
            beside[reading.of[index].number] = reading.of[index]
    others: dict[int, Cluster] = {}
    for index in reading.names_in(_section_start(reading, word.start), word.start)[-_LOOK_BACK:]:
        if reading.of[index].entity.kind not in _BYSTANDERS and reading.of[index] is not reading.issuer:
            others[reading.of[index].number] = reading.of[index]
    if word.rule.id == "N.both" and reading.issuer and len(others) == 2 and len(beside) < 2:
        return tuple(others.values()), "the two others of the section"
    if word.rule.id == "N.both" and len(beside) == 2:
        return tuple(beside.values()), "the two of the passage"
    acting.update({group.number: group for _, group in topics[-_LOOK_BACK:] if group.entity.kind not in _BYSTANDERS})
    if len(acting) == _wanted(word):
        return tuple(acting.values()), "the two that act"
    last: dict[int, Cluster] = {}
    for at, group in topics[: -_LOOK_BACK - 1 : -1]:
        if group.entity.kind in _BYSTANDERS or (not last and at < line.start):
            break
        if group is reading.issuer:
            continue  # who counts itself in says 当社とXは
        last.setdefault(group.number, group)
        if len(last) == 2 and word.rule.id == "N.both":
            return tuple(sorted(last.values(), key=lambda one: one.number)), "the last two that acted"
    return None


def _header_groups(reading: _Reading, line: Line) -> dict[str, Cluster]:
    heads: dict[str, Cluster] = {}
    for cell in line.cells:
        if cell.header:
            owner = next(
                (
                    reading.by_text[cell.header[:n]]
                    for n in range(len(cell.header), 1, -1)
                    if cell.header[:n] in reading.by_text
                ),
                None,
            )
            if owner is not None:
                heads[cell.header] = owner
    return heads


def _in_table(reading: _Reading, word: Anaphor) -> tuple[Cluster, str] | None:
    """同社 in a column: the column's organisation acts; a provider that it hears from is the other column's."""
    line = reading.lines[reading.line_at(word.start)]
    cell = next((cell for cell in line.cells if cell.start <= word.start < cell.end and cell.header), None)
    if cell is None:
        return None
    heads = _header_groups(reading, line)
    own = heads.get(cell.header)
    if own is None:
        return None
    others = {group.number: group for group in heads.values() if group.number != own.number}
    if len(others) == 1 and _PROVIDER.search(reading.text, cell.start, word.start):
        return next(iter(others.values())), "the provider of the other column"
    return own, "head of the column"


def _affiliates(reading: _Reading) -> list[tuple[int, Cluster, bool]]:
    known = []
    opened: set[int] = set()
    for index, name in enumerate(reading.found):
        before = _INTRODUCED.search(reading.text, max(0, name.start - 12), name.start)
        after = _INTRODUCED_AFTER.match(reading.text, name.end)
        hit = before or after
        if hit:
            known.append((name.end, reading.of[index], hit.group("word") in _PARENTS))
            continue
        number = reading.line_at(name.start)
        for above in reading.lines[max(0, number - 3) : number]:
            # １．当該子会社の概要 （１）名称 …: the first name below
            if above.number not in opened and _OUTLINED.search(reading.text, above.start, above.end):
                opened.add(above.number)
                known.append((above.start, reading.of[index], False))
    return known


def _mention(
    start: int, end: int, text: str, kind: str, groups: Sequence[Cluster], rule: str, note: str
) -> ResolvedMention:
    return ResolvedMention(
        start, end, text, kind, "|".join(group.name for group in groups),
        "|".join(group.entity.entity_id for group in groups), rule, note,
    )  # fmt: skip


def _serves(text: str, name: FoundOrganisation) -> bool:
    """Tell whether the name stands only as a helper's: asked, written to, heard from, or hired."""
    return bool(
        _BESIDE_CASE.match(text, name.end)
        or _SERVES.match(text, name.end)
        or _HIRED.search(text, max(0, name.start - 16), name.start)
    )


def _owns_next(reading: _Reading, index: int) -> bool:
    """Tell whether 「…」 right behind the name is the hospital or school that it runs (医療法人青葉会「みなと病院」)."""
    if index + 1 >= len(reading.found):
        return False
    name, unit = reading.found[index], reading.found[index + 1]
    return (
        unit.kind in ("hospital", "school")
        and "法人" in name.text
        and reading.text[name.end : unit.start] in ("「", "『", "が運営する", "が運営する「", "の「")
    )


def _pursues(group: Cluster) -> bool:
    """Tell whether these are police, prosecutors or a court; other authorities may be robbed themselves."""
    return group.entity.kind == "police" or (
        group.entity.kind == "authority" and _COURTS.search(group.name) is not None
    )


def _menders(reading: _Reading) -> set[int]:
    """Return those who are introduced as keeping or mending the systems of others and never said to suffer."""
    text, menders, suffer = reading.text, set(), set()
    for index, name in enumerate(reading.found):
        if MENDS.search(text, max(0, name.start - 20), name.start):
            menders.add(reading.of[index].number)
        if HARMED.match(text, name.end):
            suffer.add(reading.of[index].number)
    return menders - suffer


def _hired(reading: _Reading) -> frozenset[int]:
    """Return those who are introduced as hired (委託しているX, 保守会社のX) and never said to suffer."""
    text, hired, suffer = reading.text, set(), set()
    for index, name in enumerate(reading.found):
        before = max(0, name.start - 20)
        if _HIRED.search(text, before, name.start) or MENDS.search(text, before, name.start):
            hired.add(reading.of[index].number)
        if HARMED.match(text, name.end):
            suffer.add(reading.of[index].number)
    return frozenset(hired - suffer)


def struck(text: str, name: str) -> bool:
    """Tell whether the text says that what ``name`` runs was attacked: then a publisher is whom the text is about."""
    at = text.find(name)
    while at >= 0:
        if _RUNS_STRUCK.match(text, at + len(name)):
            return True
        at = text.find(name, at + len(name))
    return False


def _next_posts(reading: _Reading) -> set[int]:
    """Return those who took a thief on, where the text tells whose data he took and it was not theirs."""
    robbed, hirers = set(), set()
    for index, name in enumerate(reading.found):
        worked = _WORKED_FOR.search(reading.text, max(0, name.start - 30), name.start)
        if worked or _ROBBED.match(reading.text, name.end):
            robbed.add(reading.of[index].number)
        if _TAKEN_ON.match(reading.text, name.end):
            hirers.add(reading.of[index].number)
    return hirers - robbed if robbed else set()


def _boards(reading: _Reading) -> set[int]:
    """Return the boards of education where a school is named: they report what befell the school."""
    schools = any(group.entity.kind == "school" for group in reading.groups)
    return {group.number for group in reading.groups if schools and _BOARD.search(group.name)}


def _topical(reading: _Reading, same: Counter[int]) -> Cluster | None:
    """Return the organisation that the document is mostly about when nobody speaks for itself."""
    # 同課によると: who pursues and judges is not whom the text is about, however often it is called upon
    score = Counter({number: times for number, times in same.items() if not _pursues(reading.groups[number])})
    heads = [(line.start, line.end) for line in reading.lines if line.role == "title"]
    if not heads:  # a report without a title says in its first sentence whom it is about
        first = next((line for line in reading.lines if line.role != "blank"), None)
        stop = reading.text.find("。", first.start, first.end) if first else -1
        heads = [(first.start, stop if stop >= 0 else first.end)] if first else []
    titled = False
    menders = _menders(reading) | _boards(reading) | _next_posts(reading)
    for number in menders:
        del score[number]
    for index, name in enumerate(reading.found):
        group = reading.of[index]
        hit = group.entity.kind == "media" and _RUNS_STRUCK.match(reading.text, name.end)
        onlooker = group.entity.kind in _BYSTANDERS and not hit
        if onlooker or group.number in menders or _COMMITTEE.search(group.name):
            continue
        if _owns_next(reading, index):
            continue
        headed = any(start <= name.start < end for start, end in heads)
        suffers = bool(_VICTIM.match(reading.text, name.end))
        if not (headed or suffers) and _serves(reading.text, name):
            continue  # whom others ask, pay or hear from is not whom the text is about
        weight = 1 + bool(SUBJECT.match(reading.text, name.end)) + 3 * suffers
        if headed:
            weight += 12
            if not titled:
                weight += 12  # of two victims in a title the first
            titled = True
        score[group.number] += weight
    if not score:
        return None
    best = min(score, key=lambda number: (-score[number], number))
    return reading.groups[best] if score[best] > 0 else None


def _publisher(reading: _Reading) -> str | None:
    """Return the name of the site at the head of the page, None when the page does not begin with one."""
    filled = [line for line in reading.lines if line.role != "blank"][:2]
    if not filled:
        return None
    first = filled[0]
    body = reading.text[first.start : first.end].strip(" \u3000#■◆●【】")
    named = [reading.of[i] for i in reading.names_in(first.start, first.end)]
    if len(named) == 1 and named[0].entity.kind in ("media", "blog") and len(body) <= len(named[0].name) + 8:
        return named[0].name
    headline = len(filled) < 2 or filled[1].role not in ("title", "heading")
    if (
        named
        or first.role in ("date_line", "addressee", "row", "label", "history")
        or (first.role in ("title", "paragraph") and headline)
        or len(body) > 24
        or _GENERIC_HEAD.match(body)
        or _HEADLINE.search(body)
    ):
        return None
    return body or None


def resolve(
    text: str,
    found: Sequence[FoundOrganisation],
    lines: Sequence[Line],
    sentences: Sequence[Sentence],
    *,
    publisher_hint: str | None = None,
    linker: Callable[[list[Cluster]], list[Cluster]] | None = None,
) -> tuple[list[ResolvedMention], list[Entity], str | None, str | None]:
    """Return the document's mentions in order, its organisations, whom it is about and who publishes it.

    ``found`` comes from ``find``; ``lines`` and ``sentences`` may be empty. ``publisher_hint`` is a name that
    the caller knows (a feed, a page's metadata). The third and fourth value are names as in ``entity``, or None.
    An anaphor that nothing in the text explains is left out rather than guessed. ``linker`` gives the organisations of
    a further register (``organisations.link``).
    """
    lines = lines or _plain_lines(text)
    groups_found = clusters(text, found)
    reading = _Reading(text, found, lines, sentences, linker(groups_found) if linker else groups_found)
    for group in reading.groups:
        for index in group.members:
            reading.of[index] = group
            reading.by_text[found[index].text] = group
    reading.line_starts = [line.start for line in lines]
    reading.sentence_starts = [sentence.start for sentence in sentences]
    reading.name_starts = [name.start for name in found]
    reading.block_starts = _named_blocks(reading)
    reading.hired = _hired(reading)

    taken = [(name.start, name.end) for name in found]
    starts = reading.name_starts
    bound = _definitions(reading)
    words = [
        word
        for word in anaphors(text, [word for word in bound if is_role(word)][:_MOST_ROLES])
        if not ((at := bisect_right(starts, word.start) - 1) >= 0 and taken[at][1] > word.start)
    ]
    quoted = {word.start: _quoted_from(reading, word.start) for word in words if word.rule.how == "self"}
    # 「弊社から…」とのコメント: somebody whom an article quotes, not its writer
    own = [
        word
        for word in words
        if word.rule.how == "self" and quoted[word.start] is None and not _spoken(reading, word.start)
    ]
    if own:
        reading.issuer = _issuer(reading, own, bound, publisher_hint)
    reading.posts = frozenset(_next_posts(reading))
    reading.about = None if own else _topical(reading, Counter())
    runs = _pairs(reading)
    affiliates = _affiliates(reading)
    same: Counter[int] = Counter()
    mentions: list[ResolvedMention] = []

    # one walk over names and anaphors: a subject becomes the topic, 同社 carries it on
    events: list[tuple[int, int, int]] = [(name.start, 0, index) for index, name in enumerate(found)]
    events += [(word.start, 1, index) for index, word in enumerate(words)]
    events.sort()
    topics: list[tuple[int, Cluster]] = []
    for _, is_word, index in events:
        if not is_word:
            name, group = found[index], reading.of[index]
            if reading.issuer and len(group.members) == 1 and _in_imprint(text, name):
                group = reading.issuer  # © 2023 Aoba Hotels Co., Ltd.
            mentions.append(_mention(name.start, name.end, name.text, "name", [group], name.rule, "named"))
            tagged = text[name.start - 1 : name.start] == "【" and text[name.end : name.end + 1] == "】"
            told = SUBJECT.match(text, name.end) or _HEARS.match(text, name.end) or _PREDICATE.match(text, name.end)
            if tagged or told:
                topics.append((name.start, group))
            continue
        word = words[index]
        answer = _answer(reading, word, bound, quoted, topics, runs, affiliates)
        if answer is None:
            continue
        groups, note = answer
        narrow = _QUALIFIED.match(text, word.start, word.end)
        at = narrow.end() if narrow else word.start
        mentions.append(_mention(at, word.end, text[at : word.end], "anaphor", groups, word.rule.id, note))
        if len(groups) > 1:
            reading.last_several, reading.several_at = tuple(groups), word.start
        if len(groups) == 1:
            if word.rule.how == "same":
                reading.last_same = (word.start, groups[0])
            same[groups[0].number] += 1
            if SUBJECT.match(text, word.end):
                topics.append((word.start, groups[0]))

    # where 当社 speaks and nothing shows who that is, no neighbour is taken for it
    judge = reading.issuer is not None and _COMMITTEE.search(reading.issuer.name) is not None
    main = (None if judge else reading.issuer) or (None if own and not judge else _topical(reading, same))
    publisher = publisher_hint or (reading.issuer.name if reading.issuer else _publisher(reading))
    return mentions, [group.entity for group in reading.groups], main.name if main else None, publisher


def _city_of(reading: _Reading, ending: str) -> Cluster | None:
    """Return the city, town, prefecture or university whose board, office or hospital the issuer is, by its name."""
    assert reading.issuer is not None
    cut = reading.issuer.name.find(ending, 1) + len(ending)
    if cut < len(ending):
        return None
    name = reading.issuer.name[:cut]
    if name in reading.by_text:
        return reading.by_text[name]
    kind = "school" if ending == "大学" else "municipality"
    entity = Entity(entity_id_of(name), name, None, kind, None, None, None, None, "document")
    made = Cluster(len(reading.groups), (), name, entity)
    reading.groups.append(made)
    reading.by_text[name] = made
    return made


def _answer(
    reading: _Reading,
    word: Anaphor,
    bound: dict[str, Cluster],
    quoted: dict[int, tuple[Cluster, str] | None],
    topics: Sequence[tuple[int, Cluster]],
    runs: Sequence[tuple[int, tuple[Cluster, ...]]],
    affiliates: Sequence[tuple[int, Cluster, bool]],
) -> tuple[Sequence[Cluster], str] | None:
    """Return whom an anaphor stands for and why, None when the text does not say."""
    how = word.rule.how
    if word.text in bound:
        if word.text == "再委託先":
            beside = reading.names_in(word.end, word.end + 6)
            if beside and _SECOND_HAND.search(reading.text, word.start, reading.found[beside[0]].start):
                return None  # 再委託先の株式会社X: the name behind it says whom it means
        return [bound[word.text]], "defined in the text"
    if how == "self":
        start, _ = reading.sentence_at(word.start)
        opened = reading.text.rfind("「", start, word.start)
        speaks = opened > reading.text.rfind("」", start, word.start) and topics and start <= topics[-1][0] < opened
        if speaks and topics[-1][1].entity.kind not in _BYSTANDERS:
            return [topics[-1][1]], "speaker of the quoted words"
        from_quote = quoted[word.start]
        if from_quote:
            return [from_quote[0]], from_quote[1]
        if word.rule.id == "N.self.committee" and not (reading.issuer and _COMMITTEE.search(reading.issuer.name)):
            # 外部の有識者からなる本委員会: the report's own committee, whoever else speaks in it
            sitting = [group for group in reading.groups if _COMMITTEE.search(group.name)]
            if len(sitting) == 1:
                return sitting, "the only committee"
        if reading.issuer and word.text in ("本学", "当学", "本大学") and reading.issuer.entity.kind == "hospital":
            # a university's hospital that says 本学 means its university
            university = _city_of(reading, "大学")
            return ([university], "the university of the hospital") if university else None
        if reading.issuer and word.text[-1] in "市県町村区" and not reading.issuer.name.endswith(word.text[-1]):
            # a board of education that says 本市 means its city
            city = _city_of(reading, word.text[-1])
            if city:
                return [city], "the issuer's city"
        if reading.issuer and word.text[1:] in ("学園", "学院", "法人") and "法人" not in reading.issuer.name:
            # a school that says 本学園 means the corporation that runs it
            bodies = [group for group in reading.groups if "学校法人" in group.name]
            if len(bodies) == 1:
                return [bodies[0]], "the corporation that runs the school"
        return ([reading.issuer], "issuer of the notice") if reading.issuer else None
    if how == "reflexive":
        start, _ = reading.sentence_at(word.start)
        if topics and topics[-1][0] >= start:
            return [topics[-1][1]], "subject of the sentence"
        site = reading.issuer and _OWN_SITE.match(reading.text, word.end)
        return ([reading.issuer], "issuer of the notice") if site and reading.issuer else None
    if how == "several":
        return _several(reading, word, runs) or _subjects(reading, word, topics)
    if how == "affiliate":
        parents = word.text in _PARENTS
        known = {
            group.number: group
            for at, group, parent in affiliates[:_LOOK_BACK]
            if at <= word.start and parent == parents
        }
        if not known:
            # 連結子会社における…について: a title names the kind before the text names the company
            later = [group for _, group, parent in affiliates[:_LOOK_BACK] if parent == parents]
            known = {group.number: group for group in later[:1]}  # the text opens with the one of its title
        return (list(known.values()), "introduced in the text") if len(known) == 1 else None
    if how == "same":
        return _same(reading, word, topics)
    if how == "defined":
        return _definite(reading, word)
    return None


def _definite(reading: _Reading, word: Anaphor) -> tuple[Sequence[Cluster], str] | None:
    """病院, 市, 機構 with the article that Japanese lacks: the only one of its kind that was named, or the issuer."""
    if word.text in ("本紙", "本誌"):
        # the paper that prints the article stands at its head
        filled = [line for line in reading.lines if line.role != "blank"][:4]
        heads = {
            reading.of[index].number: reading.of[index]
            for line in filled
            for index in reading.names_in(line.start, line.end)
            if reading.of[index].entity.kind in ("media", "blog")
        }
        return (list(heads.values()), "the paper at the head") if len(heads) == 1 else None
    before = reading.text[max(0, word.start - 4) : word.start]
    opens = not before or _OPENS.search(before) or (word.text in ("市", "県", "町", "村") and before[-1] in "にてでは")
    if not (_DEFINITE.match(reading.text, word.end) and opens):
        return None
    ending = next((ending for ending in _ENDS_IN if word.text == ending), "")
    kind, pattern = _NOUNS.get(word.text, ("", f"{ending}$" if ending else ""))
    if not pattern:
        return None
    fitting = re.compile(pattern)
    known = {}
    for group in reading.groups[:_LOOK_BACK]:
        if group.members and reading.found[group.members[0]].start >= word.start:
            continue
        if (not kind or group.entity.kind == kind) and fitting.search(group.name):
            known[group.number] = group
    if len(known) == 1:
        return list(known.values()), "the only one of its kind"
    if reading.issuer and reading.issuer.number in known:
        return [reading.issuer], "issuer of the notice"
    return None


def _named_blocks(reading: _Reading) -> dict[int, int]:
    """Return where each numbered part begins whose heading opens with a name, by the numbers of its lines."""
    starts: dict[int, int] = {}
    for row in blocks(reading.text, reading.lines):
        for part in row:
            head = reading.lines[part.head - 1]
            index = bisect_right(reading.name_starts, part.opens + 1) - 1
            if index >= 0 and part.opens <= reading.found[index].start and reading.found[index].end <= head.end:
                starts.update((number, head.start) for number in range(part.head, part.last + 1))
    return starts


def _section_start(reading: _Reading, at: int) -> int:
    """Return where the heading stands under which ``at`` is, 0 when it is under none.

    A part that a name heads (事案２ Ｘ) begins at that name, whatever headings stand inside it.
    """
    line = reading.lines[reading.line_at(at)]
    if line.number in reading.block_starts:
        return reading.block_starts[line.number]
    number = line.heading
    return next((line.start for line in reading.lines[number - 1 : number] if number > 0), 0)


def _of_gang(reading: _Reading, at: int) -> bool:
    """Tell whether the group named last before ``at`` is one of attackers, no firm's (青葉電機グループ)."""
    floor = max(0, at - _GANG_REACH)
    gangs = [hit.end() for hit in _GANG.finditer(reading.text, floor, at)]
    firms = [
        reading.found[index].end
        for index in reading.names_in(floor, at)
        if reading.text.startswith("グループ", reading.found[index].end)
    ]
    return bool(gangs) and gangs[-1] > max(firms, default=-1)


def _struck_there(reading: _Reading, topic: tuple[int, Cluster], word: Anaphor) -> Cluster | None:
    """Return the only organisation besides the topic that the topic's sentence says was harmed."""
    begin, end = reading.sentence_at(topic[0])
    harmed = {
        reading.of[index].number: reading.of[index]
        for index in reading.names_in(begin, min(end, word.start))
        if HARMED.match(reading.text, reading.found[index].end)
        and reading.of[index] not in (reading.issuer, topic[1])
        and _fits(reading.of[index], word.rule.kinds, word.text)
    }
    return next(iter(harmed.values())) if len(harmed) == 1 else None


def _same(
    reading: _Reading, word: Anaphor, topics: Sequence[tuple[int, Cluster]]
) -> tuple[Sequence[Cluster], str] | None:
    """同社, 同大, 同市: the subject of the sentence or the last topic of that kind, else the nearest fitting name."""
    if word.rule.id == "N.same.group" and _of_gang(reading, word.start):
        return None
    column = _in_table(reading, word)
    if column and _fits(column[0], word.rule.kinds, word.text):
        return [column[0]], column[1]
    start, _ = reading.sentence_at(word.start)
    latest: tuple[int, Cluster] | None = None
    floor = 0
    towards = _COMPLEMENT.match(reading.text, word.end)
    for at, group in topics[: -_LOOK_BACK - 1 : -1]:
        if latest is not None and at < floor:
            break
        # who calls itself 当社 is not 同社 in its own notice
        if group is reading.issuer or not _fits(group, word.rule.kinds, word.text):
            continue
        # Yは同社に通報した: who does something to 同社 is another
        if towards and at >= start and not reading.subject_between(at, word.start):
            continue
        if latest is None:
            latest, floor = (at, group), reading.sentence_at(at)[0]
        elif not _THEME.match(reading.text, latest[0], latest[0] + 60) and _THEME.match(reading.text, at, at + 60):
            latest = (at, group)  # Xは、Yが…と発表した: X is the theme, Y the subject of a clause
    if latest is not None and latest[0] < start and _OWN_SYSTEMS.match(reading.text, word.end):
        hit = _struck_there(reading, latest, word)
        if hit is not None:
            return [hit], "whom it befell in the sentence before"
    held = reading.last_same
    if latest is not None and held and held[0] > latest[0] >= reading.sentence_at(held[0])[0]:
        # …が同社に通報した。同社は…: the same again
        if held[1] is not latest[1] and _fits(held[1], word.rule.kinds, word.text):
            return [held[1]], "as in the sentence before"
    if latest is not None:
        line = reading.lines[reading.line_at(word.start)]
        if latest[0] < line.start:
            # …をXに売ったと報じた。同社は…: the only one of the passage, where the topic is that of another
            close = {
                reading.of[index].number: reading.of[index]
                for index in reading.names_in(line.start, word.start)[-_LOOK_BACK:]
                if reading.of[index] is not reading.issuer and _fits(reading.of[index], word.rule.kinds, word.text)
            }
            if len(close) == 1:
                return list(close.values()), "the only one of the passage"
            if latest[1].number in reading.hired:
                # 保守を委託しているXが発見。⏎…同社が公表: whoever was hired acts in its own line, not for the rest
                before = (
                    (at, group)
                    for at, group in topics[: -_LOOK_BACK - 1 : -1]
                    if group.number not in reading.hired and group is not reading.issuer
                    if _fits(group, word.rule.kinds, word.text)
                )
                latest = next(before, latest)
        opened = _section_start(reading, word.start)
        if latest[0] < opened:
            beside = reading.names_in(opened, word.start)
            inside = {
                reading.of[index].number: reading.of[index]
                for index in beside[-_LOOK_BACK:]
                if reading.of[index] is not reading.issuer and _fits(reading.of[index], word.rule.kinds, word.text)
            }
            if len(inside) == 1:
                return list(inside.values()), "the only one of the section"
            about = reading.about
            firm = word.rule.id == "N.same.company"
            if firm and not inside and about is not None and _fits(about, word.rule.kinds, word.text):
                # ◆リークサイト 10月23日、ダークウェブに同社の名前が…: a new part goes back to whom the text is about
                return [about], "whom the text is about"
        return [latest[1]], "subject of the sentence" if latest[0] >= start else "topic"
    stop = reading.names_in(0, word.start).stop
    for index in range(stop - 1, max(-1, stop - _LOOK_BACK), -1):
        near = reading.of[index]
        if near.number in reading.posts and reading.found[index].end < reading.lines[reading.line_at(word.start)].start:
            continue  # who took a thief on is 同社 only where it is being told of
        if near is not reading.issuer and _fits(near, word.rule.kinds, word.text):
            return [near], "nearest before"
    return None

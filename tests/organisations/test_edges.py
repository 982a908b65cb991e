"""Names with hiragana, blanks or Latin words in them: where they begin and end."""

import pytest

from tenmatsu.organisations import find


def names(text):
    return [one.text for one in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "委託先のさくら物流株式会社が、さくら物流は【さくら物流】",
            ["さくら物流株式会社", "さくら物流", "さくら物流"],
        ),
        ("業務を委託しているみらいフーズ株式会社は", ["みらいフーズ株式会社"]),
        ("委託先の富士みらい株式会社から", ["富士みらい株式会社"]),
        ("子会社であるひかり建設株式会社において", ["ひかり建設株式会社"]),
        ("このたびひまわり薬局株式会社は", ["ひまわり薬局株式会社"]),
        ("下記のとおりつばめ交通株式会社は", ["つばめ交通株式会社"]),
        ("当社またはきらぼし銀行は", ["きらぼし銀行"]),
        ("委託先のいきいき健康株式会社は", ["いきいき健康株式会社"]),
        ("当社といずみ株式会社は", ["いずみ株式会社"]),
        ("お茶の水女子大学は", ["お茶の水女子大学"]),
        ("国立大学法人お茶の水女子大学は", ["国立大学法人お茶の水女子大学"]),
        ("委託した虎の門病院は", ["虎の門病院"]),
        ("すみれ会病院は", ["すみれ会病院"]),
        ("社会福祉法人ひかりの里は", ["社会福祉法人ひかりの里"]),
        ("株式会社富士みらいと", ["株式会社富士みらい"]),
        ("株式会社青葉ほか2社", ["株式会社青葉"]),
        ("株式会社青葉さまの", ["株式会社青葉"]),
        ("おそらく青葉株式会社は", ["青葉株式会社"]),
        ("そのとき青葉株式会社は", ["青葉株式会社"]),
        ("ABC Systems株式会社は", ["ABC Systems株式会社"]),
        ("Global Data Japan株式会社は", ["Global Data Japan株式会社"]),
        ("利用中のVPN機器 ABC株式会社は", ["ABC株式会社"]),
        ("パナソニック ホールディングス株式会社は", ["パナソニック ホールディングス株式会社"]),
        ("株式会社 丸の内 商店は", ["株式会社 丸の内 商店"]),
        ("業務を委託しているきりしま病院は", ["きりしま病院"]),
        ("業務を委託しているみなと銀行は", ["みなと銀行"]),
        ("、またさくら病院は", ["さくら病院"]),
        ("昨日みなと銀行は", ["みなと銀行"]),
        ("NPO法人北斗の会及び", ["NPO法人北斗の会"]),
        ("社会福祉法人青葉の会員は", ["社会福祉法人青葉"]),
        ("合同会社富士みらいと協議", ["合同会社富士みらい"]),
        ("株式会社青葉・北斗株式会社は", ["株式会社青葉", "北斗株式会社"]),
    ],
)
def test_where_a_name_begins_and_ends(text, expected):
    assert names(text) == expected


def test_splinters_are_no_name_until_another_place_shows_the_whole():
    assert names("委託先のとらや食品株式会社は") == []
    assert names("とらや食品株式会社\n委託先のとらや食品株式会社は") == ["とらや食品株式会社"] * 2


@pytest.mark.parametrize("text", ["委託先の物流株式会社が", "当社の病院は", "京都の大学は", "いわゆる株式会社です"])
def test_what_is_left_of_a_name_is_none(text):
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲製作所は不正アクセスを公表した。", ["甲製作所"]),
        ("下着通販の三恵は9日、流出したと発表して謝罪した。三恵によると", ["三恵", "三恵"]),
        ("三恵は9日、流出したと発表した。", ["三恵"]),
        ("岐阜県の各務原市教育委員会は、蘇原第二小で", ["各務原市教育委員会", "蘇原第二小"]),
        ("市立誠之中の教諭が、北沢署に届けた", ["市立誠之中", "北沢署"]),
        ("東京都教育庁は", ["東京都教育庁"]),
    ],
)
def test_short_names(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "担当者は10日、謝罪した。",
        "会見した三好は流出を発表した。三好社長は謝罪した。",
        "米国は10日、制裁を発表した。",
        "原因は調査後に公表した。",
        "総合文化研究科の教員は謝罪した。",
        "関係部署に報告した。",
        "県は発表した。",
        "詳細は後日、公表した。",
    ],
)
def test_ordinary_subjects_are_silent(text):
    assert names(text) == []


def test_a_firm_that_acts_leaves_no_room_for_an_unknown_one():
    assert names("株式会社青葉は流出を公表した。双葉町の三好は謝罪した。") == ["株式会社青葉"]


def test_a_short_name_is_not_cut_out_of_a_place():
    assert names("青葉株式会社は青葉区内の店で公表した。") == ["青葉株式会社"]

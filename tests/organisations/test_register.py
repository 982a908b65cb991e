import pytest

from tenmatsu.organisations import find, register
from tenmatsu.organisations.register import entity_id_of, fold, institution, stem


@pytest.mark.parametrize(
    "name", ["神戸製鋼所", "株式会社神戸製鋼所", "株式会社　神戸製鋼所", "㈱神戸製鋼所", "神戸製鋼所(株)", "神戸製鋼"]
)
def test_spellings_of_one_filer(name):
    known = register().find(name)
    assert known is not None
    assert register().entities[known.entity_id].name == "株式会社神戸製鋼所"


def test_folding_keeps_the_length():
    text = "ＮＥＣ　ＺＤＮｅｔ ㈱ラック İ ﾊﾟｽｺ"
    assert len(fold(text)) == len(text)
    assert fold("ＮＥＣ") == "nec"


def test_ids_do_not_depend_on_form_or_width():
    assert entity_id_of("株式会社アクメ商会") == entity_id_of("アクメ商会㈱") == entity_id_of("アクメ 商会")
    assert entity_id_of("千葉県警") == entity_id_of("千葉県警察本部") != entity_id_of("茨城県警")
    assert stem("株式会社　アクメ") == "アクメ"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("三菱パワーシステムと三菱パワー社内", ["三菱パワー"]),
        ("東芝インフォメーションシステムズと東芝", ["東芝インフォメーションシステムズ", "東芝"]),
        ("NECとNECST、nec.co.jp、info@NEC.example", ["NEC"]),
        ("スペースを空けて、オリジンを設定し、クリエイトする", []),
        ("イオンを測る。陰イオン", []),
        ("【イオン】店舗で停止。イオンは調査中", ["イオン", "イオン"]),
        ("神戸製鋼所防衛省関連の情報", ["神戸製鋼所", "防衛省"]),
        ("三菱電機グループの端末", ["三菱電機"]),
        ("Google AnalyticsとMicrosoft Office", []),
        ("マイクロソフト Windowsの機能", ["マイクロソフト"]),
        ("米国国立標準技術研究所 (NIST)の規格", ["米国国立標準技術研究所", "NIST"]),
        ("一般社団法人 JPCERT コーディネーションセンター", ["一般社団法人 JPCERT コーディネーションセンター"]),
        ("ZDnetの記事とSecurity NEXT,TBS News", ["ZDnet", "Security NEXT", "TBS News"]),
    ],
)
def test_names(text, names):
    assert [one.text for one in find(text)] == names


def test_footnote_expands_an_acronym():
    text = "体制 (AOBA-CSIRT※2) を運用\n\n※2 Aoba Trading Corporation Computer Security Incident Response Team\n"
    full = "Aoba Trading Corporation Computer Security Incident Response Team"
    assert [one.text for one in find(text)] == ["AOBA-CSIRT", full]


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("医療法人社団青葉会 みなと病院", "みなと病院"),
        ("医療法人青葉会港南クリニック", "港南クリニック"),
        ("学校法人青葉学園　青葉大学", "青葉大学"),
        ("学校法人青葉学院港南高等学校", "港南高等学校"),
        ("地方独立行政法人港市病院機構 港市民病院", "港市民病院"),
        ("医療法人社団青葉会", None),
        ("医療法人青葉会病院", None),
        ("国立大学法人青葉大学", None),
        ("学校法人青葉学園 附属高等学校", None),
        ("一般社団法人青葉協会 東京支部", None),
        ("株式会社青葉会 みなと病院", None),
    ],
)
def test_the_own_name_of_what_a_corporation_runs(name, own):
    assert institution(name) == own


def test_a_hospital_without_its_corporation_is_the_same_in_a_document():
    text = "医療法人社団青葉会港南病院は公表した。港南病院によると、復旧した。"
    assert [one.short_for for one in find(text)] == [None, (0, len("医療法人社団青葉会港南病院"))]

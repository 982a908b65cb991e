"""What is printed against the calendar or against the story is reported, never mended in silence."""

from tenmatsu import times


def _read(text, published=None):
    found = times.find(text)
    resolved = times.resolve(found, text, published=published)
    told = times.contradictions(found, resolved, text, published)
    return found, [one.value for one in resolved], told


def test_a_weekday_that_the_calendar_denies_is_reported_and_the_date_kept():
    found, values, told = _read("2024年2月15日(金)に遮断した。")
    assert values == ["2024-02-15"]
    assert [(found[one.place].text, one.kind, one.value, one.other) for one in told] == [
        ("2024年2月15日(金)", "weekday", "2024-02-15 金", "2024-02-15 木")
    ]


def test_a_right_weekday_is_no_contradiction():
    assert _read("2024年2月15日(木)に遮断した。")[2] == []


def test_a_header_year_against_the_story_is_kept_and_flagged():
    text = "発生時期 2000/9/7\n\n2020年9月7日に侵入された。2020年10月2日に検知した。\n"
    found, values, told = _read(text)
    assert values == ["2000-09-07", "2020-09-07", "2020-10-02"]
    assert [(one.kind, one.value, one.likely, found[one.against].text) for one in told] == [
        ("year_typo", "2000-09-07", "2020-09-07", "2020年9月7日")
    ]


def test_an_old_date_of_another_day_is_no_typo():
    assert _read("発生時期 2000/9/8\n\n2020年9月7日に侵入された。2020年10月2日に検知した。\n")[2] == []

"""The commands of the register: what goes where, exit codes, one clear line for a mistake."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from tenmatsu import cli
from tenmatsu.registry.corporate_number import check_digit


def number(at):
    base = f"{at:012}"
    return f"{check_digit(base)}{base}"


def line(at, name, given=None, **more):
    g = {"process": "01", "change": "2015-10-05", "update": "2020-01-10", "latest": "1"} | more
    cells = ["1", given or number(at), g["process"], "0", g["update"], g["change"], name, "", "301", "東京都", "港区"]
    cells += ["本町１", "", "13", "103", "", "", "", "", "", "", "", "2015-10-05", g["latest"], "", "", "", "", "", "0"]
    return ",".join(cells) + "\n"


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TENMATSU_REGISTER", raising=False)
    runner = CliRunner()
    return lambda *arguments, **more: runner.invoke(cli.app, [str(argument) for argument in arguments], **more)


@pytest.fixture
def made(run, tmp_path):
    """A register of three organisations."""
    old = line(1, "株式会社旧式計器", latest="0")
    new = line(1, "株式会社新式計器", process="11", change="2021-04-01", update="2021-04-05")
    (tmp_path / "all.csv").write_text(
        old + new + line(2, "ツバサ測量株式会社") + line(3, "有限会社ツバサ測量"), encoding="utf-8"
    )
    result = run("register", "import", "all.csv", "--register", "r.db")
    assert result.exit_code == 0, result.output
    return tmp_path / "r.db"


def test_import_says_what_it_did(run, made):
    again = run("register", "import", "all.csv", "--register", "r.db")
    assert again.exit_code == 0
    assert "all.csv: imported before, nothing to do" in again.stderr
    assert again.stdout == ""


def test_a_wrong_number_is_named_and_the_exit_code_tells(run, tmp_path):
    (tmp_path / "one.csv").write_text(
        line(1, "株式会社一番") + line(2, "株式会社二番", "1234567890123"), encoding="utf-8"
    )
    result = run("register", "import", "one.csv", "--register", "r.db")
    assert result.exit_code == 1
    assert "line 2: left out 1234567890123 株式会社二番: the check digit" in result.stderr
    assert "2 rows: 1 new" in result.stderr
    listed = run("register", "info", "--register", "r.db", "--refused")
    assert listed.stdout.split("\t")[:4] == ["one.csv", "2", "1234567890123", "株式会社二番"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["register", "import", "notes.csv", "--register", "r.db"], "notes.csv: not a file of organisations"),
        (["register", "import", "none.csv", "--register", "r.db"], "none.csv: no such file"),
        (["register", "import", ".", "--register", "r.db"], "this is a folder"),
        (["register", "import", "notes.csv"], "TENMATSU_REGISTER"),
        (["register", "import", "good.csv", "--register", "no/such/r.db"], "is the folder there and writable?"),
        (["register", "import", "good.csv", "--register", "notes.csv"], "notes.csv: no register of organisations"),
        (["register", "info"], "TENMATSU_REGISTER"),
        (["register", "show", "アクメ", "--register", "none.db"], "none.db: no such register"),
        (["register", "show", "アクメ", "--at", "昨日", "--register", "none.db"], "--at"),
        (["extract", "a.txt", "--register", "none.db"], "none.db: no such register"),
        (["explain", "a.txt", "--register", "notes.csv"], "notes.csv: no register"),
    ],
)
def test_a_mistake_is_one_line(run, tmp_path, arguments, said):
    (tmp_path / "notes.csv").write_text("氏名,住所\n山田,東京\n" * 20, encoding="utf-8")
    (tmp_path / "good.csv").write_text(line(1, "株式会社一番"), encoding="utf-8")
    (tmp_path / "a.txt").write_text("株式会社一番は不正アクセスを検知した。\n", encoding="utf-8")
    result = run(*arguments)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    assert said in result.stderr
    assert not (tmp_path / "r.db").exists()


def test_show_by_name_and_by_number(run, made):
    by_number = run("register", "show", f"T{number(1)}", "--register", made)
    assert by_number.exit_code == 0
    assert "株式会社新式計器 (since 2021-04-01)" in by_number.stdout
    assert "株式会社旧式計器 (? to 2021-04-01)" in by_number.stdout
    assert "東京都港区本町１" in by_number.stdout
    both = run("register", "show", "ツバサ測量", "--register", made)
    assert number(2) in both.stdout
    assert number(3) in both.stdout
    former = run("register", "show", "旧式計器", "--register", made)
    assert "(former" in former.stdout
    later = run("register", "show", "旧式計器", "--at", "2022-01-01", "--register", made)
    assert later.exit_code == 1
    assert "in the register, but" in later.stderr


@pytest.mark.parametrize(
    ("asked", "said"), [("アクメ", "not in the register"), ("1234567890123", "check digit is wrong")]
)
def test_show_what_is_not_there(run, made, asked, said):
    result = run("register", "show", asked, "--register", made)
    assert result.exit_code == 1
    assert said in result.stderr


def test_info_tells_the_files_and_the_day_of_their_data(run, made, tmp_path):
    import hashlib

    result = run("register", "info", env={"TENMATSU_REGISTER": str(made)})
    assert result.exit_code == 0
    assert "3 organisations" in result.stdout
    assert "all.csv (nta, data of 2021-04-05): 4 rows" in result.stdout
    assert hashlib.sha256((tmp_path / "all.csv").read_bytes()).hexdigest() in result.stdout


@pytest.mark.parametrize("way", ["option", "environment", "neither"])
def test_extract_links_to_the_register(run, made, tmp_path, way):
    (tmp_path / "a.txt").write_text("株式会社新式計器は5月8日に不正アクセスを検知した。\n", encoding="utf-8")
    option = ["--register", made] if way == "option" else []
    env = {"TENMATSU_REGISTER": str(made)} if way == "environment" else {}
    result = run("extract", "a.txt", "--out", "out", "--published", "2024-05-10", *option, env=env)
    assert result.exit_code == 0, result.output
    (entity,) = map(json.loads, (tmp_path / "out" / "entities.jsonl").read_text(encoding="utf-8").splitlines())
    if way == "neither":
        assert (entity["source"], entity["link_score"], entity["candidates"]) == ("document", None, [])
    else:
        assert (entity["entity_id"], entity["link_score"]) == (f"jp:{number(1)}", 0.9)
        assert entity["link_evidence"] == ["name+form", "unique"]


def test_asking_for_the_help_of_the_register_loads_nothing_heavy():
    code = (
        "import sys; from tenmatsu import cli; "
        "print([one for one in ('sqlite3', 'pandas', 'rich', 'ahocorasick_rs', 'tenmatsu.registry') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_has_an_example(run):
    for command in ("import", "show", "info"):
        result = run("register", command, "--help")
        assert result.exit_code == 0
        assert f"Example: tenmatsu register {command}" in " ".join(result.stdout.split())
        assert "TENMATSU_REGISTER" in result.stdout

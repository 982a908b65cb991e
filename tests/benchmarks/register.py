"""Import time, size, memory and look-up time of a register of N organisations, on a made-up file of corporate numbers.

    python tests/benchmarks/register.py            five million rows, as many as the country has
    python tests/benchmarks/register.py --rows 100000

The file is made in a temporary folder from a seed; its names are put together from parts, so that some are shared.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenmatsu.registry import Registry

HEADS = """
青山 赤城 朝日 旭 東 池上 石川 井上 上田 内海 海老名 大木 岡本 小川 加賀 鏡 春日 神田 北原 桐生 草津 黒川 小松
坂井 桜 佐野 三和 白川 新町 杉本 鈴鹿 関 高尾 滝沢 竹内 田辺 千歳 月島 寺島 徳山 富岡 中条 永井 名取 西本 野沢
萩原 羽田 浜松 原田 日野 広瀬 福山 藤沢 古河 星野 堀川 松井 三島 水野 宮崎 村田 森 八代 山科 雪谷 横手 吉野 若松
渡良瀬
"""
MIDDLES = """
産業 電機 化学 食品 運輸 建設 不動産 印刷 精機 製薬 医療 観光 水産 農園 鉄工 金属 繊維 木材 紙業 計算 情報 通信
設計 測量 警備 介護 教育 出版 美術 音響 住宅 塗装 造園 照明 冷熱 電子 光学 包装 倉庫 燃料 石材 硝子 家具 玩具
"""
TAILS = """
工業 商事 興業 商店 物産 サービス システム 開発 企画 製作所 研究所 ホールディングス テクノ ワークス パートナーズ
ネット ファーム
"""
TOWNS = "青葉 若葉 緑 中央 港 川上 山手 本町 新田 大島"
PREFECTURES = "北海道 東京都 大阪府 神奈川県 愛知県 福岡県 宮城県 広島県 石川県"
FORMS = [("株式会社{}", 301), ("{}株式会社", 301), ("有限会社{}", 302), ("合同会社{}", 305), ("一般社団法人{}", 399)]
WIDE = {0x21 + i: 0xFF01 + i for i in range(94)}


def make(path: Path, rows: int, seed: int) -> None:
    """Write a file of corporate numbers with ``rows`` rows, in the order of the numbers."""
    from tenmatsu.registry.corporate_number import check_digit

    chance = random.Random(seed)
    heads, middles, tails = HEADS.split(), ["", *MIDDLES.split()], TAILS.split()
    cities = [(one, town + kind) for one in PREFECTURES.split() for town in TOWNS.split() for kind in "市町区"]
    with open(path, "w", encoding="utf-8", newline="") as file:
        numbers = sorted(
            int(f"{check_digit(base)}{base}") for base in (f"{100000000000 + 17 * at:012}" for at in range(rows))
        )
        for at, number in enumerate(numbers, 1):
            pattern, kind = FORMS[int(chance.random() ** 2 * len(FORMS))]
            name = chance.choice(heads) + chance.choice(middles) + chance.choice(tails)
            if chance.random() < 0.95:
                name = chance.choice(heads) + name
            if chance.random() < 0.1:
                name = f"{chance.choice('ABCDEFGHKMNRST')}{chance.choice('ABCDEFGHKMNRST')}".translate(WIDE) + name
            prefecture, city = chance.choice(cities)
            english = f"Sample Works {at} Co., Ltd." if chance.random() < 0.02 else ""
            closed = "2019-03-31" if chance.random() < 0.08 else ""
            file.write(
                f'{at},{number},01,0,2023-04-03,2015-10-05,"{pattern.format(name)}",,{kind},"{prefecture}","{city}",'
                f'"本町{at % 9 + 1}丁目{at % 30 + 1}番{at % 20 + 1}号",,13,103,1050001,"",,{closed},{"01" if closed else ""},,"",'
                f'2015-10-05,1,"{english}","","","","",0\n'
            )


def look_ups(register: Path, asked: int, seed: int) -> tuple[list[float], list[float]]:
    """Return the microseconds of ``asked`` look-ups by name, spread over the register and in any order, once warm.

    First each by itself, then all within one ``reading()``, as linking does for the names of a document.
    """
    import sqlite3

    from tenmatsu.registry import Registry

    with sqlite3.connect(register) as there:
        highest = there.execute("SELECT max(number) FROM organisation").fetchone()[0]
        chance = random.Random(seed)
        names = [
            there.execute(
                "SELECT name FROM organisation WHERE number >= ? LIMIT 1", (chance.randrange(10**12, highest + 1),)
            ).fetchone()[0]
            for _ in range(asked)
        ]
    book = Registry(register)
    for name in names:
        assert any(one.name == name for one in book.look_up(name)), name
    chance.shuffle(names)
    alone = [_timed(book, name) for name in names]
    with book.reading():
        return alone, [_timed(book, name) for name in names]


def _timed(book: Registry, name: str) -> float:
    start = time.perf_counter()
    book.look_up(name)
    return (time.perf_counter() - start) * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--seed", type=int, default=20261127)
    parser.add_argument("--look-ups", type=int, default=20_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tenmatsu-register-") as folder:
        source, register = Path(folder) / "zenkoku.csv", Path(folder) / "register.db"
        make(source, options.rows, options.seed)
        command = [sys.executable, "-m", "tenmatsu", "register", "import", str(source), "--register", str(register)]
        start = time.perf_counter()
        subprocess.run(command, check=True)
        seconds = time.perf_counter() - start
        # of the largest child: the import is the only one
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        alone, together = look_ups(register, options.look_ups, options.seed)
        print(f"rows                  {options.rows:>12,}   ({source.stat().st_size / 1e6:,.0f} MB of CSV)")
        print(f"import                {seconds:>12,.1f} s ({options.rows / seconds:,.0f} rows a second)")
        print(f"size on disk          {register.stat().st_size / 1e6:>12,.0f} MB")
        print(f"peak memory           {memory:>12,.0f} MB")
        for what, took in (("by itself", alone), ("in one reading", together)):
            last = statistics.quantiles(took, n=100)[98]
            print(f"look-up {what:<14}{statistics.median(took):>12,.1f} µs median, {last:,.1f} µs 99th percentile")


if __name__ == "__main__":
    main()

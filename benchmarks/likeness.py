"""Near-duplicates among annual reports: seconds for 2,000 of them on one core, and what was found.

Every report shares a quarter of its sentences with the whole crowd (phrases that everybody writes) and a
fifth of its own with a third of it; pairs planted among them differ in names, figures and a few words.
`python -m benchmarks.likeness [--reports N]`.
"""

import argparse
import random
import sys
from time import process_time

from crawler.subjects.likeness import Written, near_duplicates
from crawler.subjects.report import masked_text

GOAL = 10.0
"""Seconds within which the reports should be compared, masking included."""

PLANTED = 40
"""Pairs of reports of which one is copied from the other."""

SENTENCES = 36
"""Sentences of a report: some 1,500 characters of its own, as real ones have."""

_SIGNS = [chr(sign) for sign in range(0x4E00, 0x4E00 + 3_000)]


def main() -> int:
    """Measures and prints; the exit code says whether the goal was met and every planted pair was found."""
    parser = argparse.ArgumentParser(description="年报雷同比对的速度")
    parser.add_argument("--reports", type=int, default=2_000, help="年报份数")
    options = parser.parse_args()
    rng = random.Random(20260131)
    texts = reports(rng, options.reports)
    names = [_name(number) for number in range(options.reports)]
    start = process_time()
    written = [
        Written(
            url=f"http://u{number}.test/",
            unit=names[number],
            title="年报",
            year=2025,
            own=masked_text(text, names[number : number + 1]),
        )
        for number, text in enumerate(texts)
    ]
    masked = process_time()
    found = near_duplicates(written)
    took = process_time() - start
    wanted = {
        (f"http://u{number}.test/", f"http://u{number + 1}.test/") for number in _copied(options.reports)
    }
    pairs = {tuple(sorted((pair.one.url, pair.other.url))) for pair in found}
    hit = len({tuple(sorted(pair)) for pair in wanted} & pairs)
    characters = sum(len(one.own) for one in written) // len(written)
    print(f"年报 {len(texts)} 份，每份去掉共同内容后平均 {characters} 字")
    print(f"  去名称、年份、数字    {masked - start:5.1f} 秒")
    print(f"  比对                  {took - (masked - start):5.1f} 秒")
    print(f"  合计                  {took:5.1f} 秒（目标 {GOAL:g} 秒）")
    print(f"  抄来的 {len(wanted)} 对，找到 {hit} 对；此外误认 {len(pairs) - hit} 对")
    return 0 if took < GOAL and hit == len(pairs) == len(wanted) else 1


def reports(rng: random.Random, count: int) -> list[str]:
    """The texts of the reports; the one after each of `_copied` is copied from it."""
    crowd = [_sentence(rng) for _ in range(SENTENCES // 4)]
    common = [[_sentence(rng) for _ in range(SENTENCES // 5)] for _ in range(3)]
    texts: list[str] = []
    copied = set(_copied(count))
    for number in range(count):
        if number - 1 in copied:
            told = texts[-1].replace(_name(number - 1), _name(number)).replace("2025年", "2025年度")
            texts.append(told.replace("件", "份", 3))
            continue
        own = [_sentence(rng) for _ in range(SENTENCES - len(crowd) - len(common[0]))]
        lines = [*crowd, *common[number % 3], *own]
        rng.shuffle(lines)
        body = "".join(f"{_name(number)}{line}全年{rng.randint(1, 900)}件。\n" for line in lines)
        texts.append(f"一、总体情况\n2025年，{body}")
    return texts


def _copied(count: int) -> range:
    return range(0, count - 1, max(2, count // PLANTED))


def _sentence(rng: random.Random) -> str:
    return "".join(rng.choices(_SIGNS, k=rng.randint(25, 50))) + "，"


def _name(number: int) -> str:
    digits = "甲乙丙丁戊己庚辛壬癸"
    return "".join(digits[int(digit)] for digit in f"{number:04d}") + "局"


if __name__ == "__main__":
    sys.exit(main())

"""textlint with its preset for technical writing, over every Japanese text of both handbooks and of the guides."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from example_handbook import PROJECT, loaded, rewrite, tebiki
from japanese import Extract, extracts, names
from tebiki.model.diagnostics import Place
from tebiki.reading.load import load

BROWSER = PROJECT / "browser"

#: Names of bodies, laws and documents, and terms of theirs, that stand in sentences only. A name is
#: not ours to break up. Those in titles and aliases are found in the content itself.
OFFICIAL_NAMES = (
    "回厚生科学審議会科学技術部会", "内閣官房国家安全保障局", "国家安全保障局", "内閣府政策統括官",
    "経済安全保障担当", "内閣府科学技術", "経済安全保障推進室", "科学技術政策局", "国防国家安全保障事務総局",
    "国立研究開発法人協議会", "大学共同利用機関法人", "国立高等専門学校機構", "長岡技術科学大学",
    "国立教育政策研究所", "学術政策研究所", "米国国立衛生研究所", "公正研究推進協会", "人文科学研究会議",
    "工業所有権情報", "安全保障貿易情報", "独立行政法人会計", "促進産学官対話会議",
    "厚生労働科学研究費", "厚生労働科学研究", "機微技術研究分野", "国家安全保障大統領覚書第", "国家安全保障戦略",
    "営業秘密管理指針", "不正競争防止法違反", "安全保障輸出管理", "経済安全保障啓発", "経済安全保障特集",
    "安全保障関連機関", "科学技術先進国", "国際科学技術協力", "研究資金配分機関等", "公設試験研究機関",
)  # fmt: skip

#: What differs from the preset, and why.
RULES = {
    # the house writes です・ます throughout, in lists as well; a heading is no sentence
    "no-mix-dearu-desumasu": {"preferInHeader": "", "preferInBody": "ですます", "preferInList": "ですます"},
    # the title of what is linked may end in a bracket where the link stands in brackets
    "ja-no-successive-word": {"allow": ["）"]},
    # universities A and B and rooms a, b and c in the sources' figures, annexes, footnote i, eラーニング
    "ja-unnatural-alphabet": {"allow": ["A", "B", "C", "a", "b", "c", "e", "i"]},
}


def findings(root: Path, scratch: Path) -> list[str]:
    """What textlint says of the handbook in ``root``, each at its place in the handbook's own files."""
    handbook, _ = load(root)
    texts = extracts(handbook)
    for guide in sorted([*root.glob("*.ja.md"), *root.glob("docs/*.ja.md")]):
        file = guide.relative_to(root).as_posix()
        lines = guide.read_text(encoding="utf-8").splitlines()
        texts.append(Extract(file, lines, [Place(file, number) for number in range(1, len(lines) + 1)]))
    for number, extract in enumerate(texts):
        (scratch / f"{number}.md").write_text("\n".join(extract.lines) + "\n", encoding="utf-8")
    long_names = {"max": 6, "allow": [*OFFICIAL_NAMES, *names(handbook)]}
    rules = {"preset-ja-technical-writing": {**RULES, "max-kanji-continuous-len": long_names}}
    (scratch / "textlintrc.json").write_text(json.dumps({"rules": rules}), encoding="utf-8")
    # Node.js may be the one that make has put beside Python
    search = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    node = shutil.which("node", path=search)
    assert node, "node is missing: run make test"
    program = BROWSER / "node_modules" / "textlint" / "bin" / "textlint.js"
    files = [str(scratch / f"{number}.md") for number in range(len(texts))]
    command = [node, str(program), "--config", str(scratch / "textlintrc.json"), "--format", "json", *files]
    done = subprocess.run(command, cwd=BROWSER, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    reports = json.loads(done.stdout) if done.stdout.strip() else []
    lines = []
    for report in reports:
        extract = texts[int(Path(report["filePath"]).stem)]
        for message in report["messages"]:
            first_line = message["message"].splitlines()[0]
            lines.append(
                f"{extract.places[message['line'] - 1]} {message['ruleId'].rpartition('/')[2]} {first_line}"
            )
    return lines


def test_no_finding(tmp_path: Path) -> None:
    assert findings(PROJECT, tmp_path) == []


def test_a_finding_is_told_where_it_stands(minimal: Path, tmp_path: Path) -> None:
    """In a data file and on a page; what is quoted is not ours to mend, and nothing else is in the example handbook."""
    rewrite(minimal / "content/events.yml", "ja: 新館が開きます。", "ja: 新館を利用することができます。")
    page = minimal / "content/pages/rules/borrowing.ja.md"
    body = page.read_text(encoding="utf-8") + "\n貸出の期間は2週間である。\n"
    page.write_text(body, encoding="utf-8")
    rewrite(minimal / "content/terms.yml", "館外において利用に供すること", "館外において利用することができる")
    assert tebiki(minimal, "translations", "confirm", "--all").exit_code == 0
    last = len(body.splitlines())
    assert [finding.split(" ")[:2] for finding in sorted(findings(minimal, tmp_path))] == [
        ["content/events.yml:6:12", "ja-no-redundant-expression"],
        [f"content/pages/rules/borrowing.ja.md:{last}:1", "no-mix-dearu-desumasu"],
    ]


def test_no_name_is_allowed_that_nobody_writes() -> None:
    handbook = loaded(PROJECT)
    text = "\n".join(line for extract in extracts(handbook) for line in extract.lines)
    assert [name for name in OFFICIAL_NAMES if name not in text] == []

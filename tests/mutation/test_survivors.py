"""What is said of mutants, by what mutmut prints of some."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from mutation.__main__ import LIST
from mutation.survivors import Outcome, Survivor, complaints, known, outcomes, rates, survivor

PROJECT: Final = Path(__file__).parents[2]
RESULTS: Final = """\
    package.module.x_first__mutmut_1: killed
    package.module.x_first__mutmut_2: timeout
    package.other.xǁ_Countǁ__len____mutmut_10: survived
    package.other.x__second__mutmut_1: no tests
"""
SHOWN: Final = """\
# package.other.xǁ_Countǁ__len____mutmut_10: survived
--- package/other.py
+++ package/other.py
@@ -1,5 +1,4 @@
 def __len__(self) -> int:
-    return max(
-        self.count, 1
-    )
+    return max(
+        self.count, )
"""
LISTED: Final = """
[[survivors]]
file = "package/other.py"
function = "_Count.__len__"
changes = ['''
- self.count, 1
+ self.count, 2
''', '''
- return 1
+ return 2
''']
why = "Only faster."
"""
ONE: Final = Survivor("package/other.py", "_Count.__len__", "- self.count, 1\n+ self.count, 2")
TWO: Final = ONE._replace(change="- return 1\n+ return 2")


def test_what_became_of_each() -> None:
    found = outcomes(RESULTS)

    assert found[0] == Outcome("package.module.x_first__mutmut_1", "killed")
    assert [one.killed for one in found] == [True, True, False, False]


def test_a_survivor_is_told_without_a_line_number_or_an_indentation() -> None:
    change = "- return max(\n- self.count, 1\n- )\n+ return max(\n+ self.count, )"

    assert survivor(SHOWN) == Survivor("package/other.py", "_Count.__len__", change)
    assert survivor(SHOWN.replace("xǁ_Countǁ__len__", "x__second")).function == "_second"
    assert survivor(SHOWN.replace("-1,5 +1,4", "-7,5 +7,4").replace("\n-  ", "\n-    ")) == (
        survivor(SHOWN)
    )


def test_the_list_gives_reasons() -> None:
    assert known(LISTED) == {ONE: "Only faster.", TWO: "Only faster."}
    assert known("") == {}
    with pytest.raises(ValueError, match="listed without a reason"):
        known(LISTED.replace("Only faster.", " "))


def test_each_of_ours_has_a_reason_and_a_file() -> None:
    ours = known(LIST.read_text(encoding="utf-8"))

    assert [one.file for one in ours if not (PROJECT / one.file).is_file()] == []


def test_rates() -> None:
    assert [line.split() for line in rates(outcomes(RESULTS))] == [
        ["package.module", "2", "of", "2", "killed", "100.0%"],
        ["package.other", "0", "of", "2", "killed", "0.0%"],
        ["all", "2", "of", "4", "killed", "50.0%"],
    ]


def test_nothing_is_wrong_where_all_that_survive_are_listed() -> None:
    results = [*[Outcome("module.x_first__mutmut_1", "killed")] * 9, *outcomes(RESULTS)[2:3]]

    assert list(complaints(results, [ONE], {ONE: "Only faster."})) == []


def test_what_is_wrong() -> None:
    few, new, gone = complaints(outcomes(RESULTS), [ONE], {TWO: "Only faster."})

    assert few == "Fewer than 90 % were killed."
    assert new.startswith("No test notices this.")
    assert gone.startswith("This is listed and does not survive.")


def test_what_is_said_of_a_new_one_can_be_pasted() -> None:
    (new,) = complaints([], [ONE], {})
    entry = new.partition("\n\n")[2].replace('why = ""', 'why = "Only faster."')

    assert known(entry) == {ONE: "Only faster."}

"""The command."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pytest_julep_secrets.cli import main, versions
from pytest_julep_secrets.lint.files import reader_of

ROOT = Path(__file__).parent.parent
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_version_is_what_a_bug_report_needs(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert printed == versions()
    assert re.fullmatch(r"pytest-julep-secrets \S+, pytest \S+, httpx \S+, .*Python \S+", printed)


def test_without_arguments_it_says_what_it_is(capsys: Capture) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out.startswith("usage: julep-secrets")


@pytest.mark.parametrize(
    "arguments", [["--nope"], ["nope"], ["lint"], ["lint", "--format", "xml", "a.py"]]
)
def test_wrong_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("source", "status"), [("x = 'key'", 0), ("x = 'prod_key'", 1), ("x = (", 2)]
)
def test_the_exit_status(here: Path, source: str, status: int) -> None:
    (here / "a.py").write_text(source)

    assert main(["lint", "a.py"]) == status


@pytest.mark.parametrize("error", [ValueError("the value"), KeyboardInterrupt()])
def test_what_breaks_it_is_told_without_what_was_read(
    here: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def broken(_: object) -> int:
        raise error

    monkeypatch.setattr("pytest_julep_secrets.cli.lint._lint", broken)
    (here / "a.py").touch()

    assert main(["lint", "a.py"]) == 2

    told = capsys.readouterr().err
    assert "the value" not in told
    assert told.startswith(("julep-secrets is broken: ValueError at test_cli.py:", "Interrupted"))


def test_what_cannot_be_read_counts_more_than_what_was_found(here: Path) -> None:
    (here / "a.py").write_text("x = 'prod_key'")

    assert main(["lint", "a.py", "none.py"]) == 2


def test_names_are_allowed_and_patterns_added(here: Path, capsys: Capture) -> None:
    (here / "pytest.ini").write_text("[pytest]\njulep_secrets_allow_names = prod_a\n")
    (here / "a.py").write_text("x = 'prod_a', 'prod_b', 'acme_main_c'")

    assert main(["lint", "a.py", "--allow-name", "prod_b"]) == 0
    assert main(["lint", "a.py", "--allow-name=prod_b", "--name-pattern", "^acme_main"]) == 1
    assert "a.py:1:25: names: " in capsys.readouterr().out


def test_excluded_files(here: Path) -> None:
    (here / "a.py").write_text("x = 'prod_a'")

    assert main(["lint", ".", "--exclude", "a.*"]) == 0


def test_a_bad_pattern_is_wrong_usage(here: Path, capsys: Capture) -> None:
    assert main(["lint", str(here), "--name-pattern", "prod["]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("--name-pattern has 'prod['")


def test_a_file_may_be_called_anything(here: Path, capsys: Capture) -> None:
    name = b"\xff.py".decode("utf-8", "surrogateescape")
    (here / name).write_text("x = (")

    assert main(["lint", "."]) == 2
    assert capsys.readouterr().out.startswith("\\udcff.py:1:5: unreadable")


def test_as_a_user_runs_it(here: Path) -> None:
    (here / "a.py").write_text("mock_secrets.create(name='prod_key', value='sk-fake-1')")
    program = Path(sys.executable).with_name("julep-secrets")

    done = subprocess.run(  # noqa: S603 - it is this package
        [program, "lint", "--format=json", "."], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (1, "")
    (entry,) = json.loads(done.stdout)["entries"]
    assert (entry["path"], entry["line"], entry["column"]) == ("a.py", 1, 26)


PAGE = (ROOT / "docs/reference/command.md").read_text()


@pytest.mark.parametrize("kind", ["text", "json", "github"])
def test_the_page_shows_what_is_printed(
    kind: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = re.search(rf"<!-- {kind} -->\n```text\n\$ julep-secrets (.*?)\n(.*?)```", PAGE, re.S)
    assert shown is not None
    monkeypatch.chdir(ROOT / "examples/lint")

    main(shown[1].split())

    assert capsys.readouterr().out == shown[2]


def test_the_readme_shows_what_is_printed(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "examples/lint")

    main(["lint", "keys.py"])

    line = capsys.readouterr().out.splitlines()[0]
    assert f"\ntests/{line}\n" in (ROOT / "README.md").read_text()


def test_the_hook_is_given_the_files_that_are_known() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text()
    pattern = re.search(r"files: '(.*)'", hooks)
    assert pattern is not None

    for name in ("a.py", "b/a.pyi", "a.yml", "a.yaml", "a.json", ".env", "x/.env.test", "a.env"):
        assert reader_of(Path(name)) is not None
        assert re.search(pattern[1], name)
    for name in ("a.toml", "env", "a.pyc"):
        assert reader_of(Path(name)) is None
        assert not re.search(pattern[1], name)


def test_a_value_in_place_of_an_option_is_not_repeated(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRIPE_KEY", "sk-fake-1f9c27d4")

    with pytest.raises(SystemExit) as ended:
        main(["scan", "out", "--secret", "sk-fake-1f9c27d4"])

    assert ended.value.code == 2
    assert "unrecognized arguments: --secret $STRIPE_KEY\n" in capsys.readouterr().err

"""`julep-secrets lint`: production secrets in files."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Final

from pytest_julep_secrets.cli import output
from pytest_julep_secrets.cli.helping import HelpFormatter
from pytest_julep_secrets.reports.formats import FORMATS

_LINT: Final = """\
Look for production secrets in files, by the rules that stop a test when it
runs: names that look like production, and values that look like real
credentials. Nothing is run, and a value is never printed.

  *.py, *.pyi            names and values given to secrets.create, update, get
                         and delete, in seeds; strings that could be a name
  *.yaml, *.yml, *.json  secrets that task definitions and GitHub workflows
                         refer to; variables that CI files set. YAML takes
                         pip install 'pytest-julep-secrets[yaml]'
  .env, .env.*, *.env    names and values

A comment "# julep-secrets: allow" lets its line pass."""

_MORE: Final = """\
exit status:
  0  nothing was found
  1  something was found
  2  something could not be read, whatever was found beside it; or wrong usage

examples:
  julep-secrets lint tests .github
  julep-secrets lint tests --allow-name prod_like_name --report html=lint.html"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "lint",
        help="look for production secrets in files",
        description=_LINT,
        epilog=_MORE,
        formatter_class=HelpFormatter,
    )
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a file or folder to look through"
    )
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        help="what to print, the same as --report FORMAT; default: text",
    )
    output.add_to(parser)
    _add_names_to(parser)
    parser.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="GLOB",
        help="paths in folders to leave out, such as '*/fixtures/*'; repeatable",
    )
    parser.set_defaults(run=_lint)


def _add_names_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--allow-name",
        action="append",
        default=[],
        metavar="NAME",
        help="a name that may look like production, beside julep_secrets_allow_names of pytest's "
        "configuration file; repeatable",
    )
    parser.add_argument(
        "--name-pattern",
        action="append",
        default=[],
        metavar="REGEX",
        help="what else a production name looks like, beside julep_secrets_name_patterns of "
        "pytest's configuration file; repeatable",
    )


def _lint(options: argparse.Namespace) -> int:
    # Here, so that pytest and --version do without.
    from pytest_julep_secrets.lint.configuration import read_rules
    from pytest_julep_secrets.lint.run import lint

    told = [options.format] if options.format else []
    to = output.outputs([*told, *options.reports])
    rules = read_rules(Path.cwd(), options.allow_name, options.name_pattern, time.time())
    return output.write(lint(options.paths, rules, options.exclude), to)

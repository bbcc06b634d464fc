"""The server that a run holds to the contract: looked at before anything is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_julep_secrets.contract.chosen import KEY_VARIABLE, at, is_own, options_of
from pytest_julep_secrets.contract.probe import probe
from pytest_julep_secrets.plugin import outside
from pytest_julep_secrets.plugin.owners import RUN
from pytest_julep_secrets.plugin.settings import usage_error

if TYPE_CHECKING:
    from pytest_julep_secrets.plugin.state import State


def check(state: State) -> None:
    """Find out whether the target is there and can be held to the contract.

    Its key is watched from now on, so that nothing shows it.

    Raises:
        pytest.UsageError: If it is not, or an option cannot be used.
    """
    config = state.config
    options = options_of(config)
    with usage_error():
        if is_own(options.name):
            return
        target = at(options)
        if target.key:
            state.get_run().watch.add(KEY_VARIABLE, target.key, RUN)
        # The controller has looked; and --collect-only needs no server.
        if hasattr(config, "workerinput") or config.getoption("collectonly"):
            return
        try:
            probe(target)
        except BaseException as error:
            outside.refuse(error)
            raise
        finally:
            target.close()

"""What task definitions say of secrets, and whether they would get them. Nothing is evaluated."""

from pytest_julep_secrets.tasks.checking import check
from pytest_julep_secrets.tasks.definition import references
from pytest_julep_secrets.tasks.problem import Problem
from pytest_julep_secrets.tasks.reference import Reference

__all__ = ["Problem", "Reference", "check", "references"]

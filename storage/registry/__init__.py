"""The registry file (名录): who and what is watched. Read whole or refused whole."""

from storage.intake.problem import IntakeError as RegistryError
from storage.intake.problem import Problem
from storage.registry.loading import load, parse
from storage.registry.plain import dump_yaml, plain
from storage.registry.workbook import write_template, write_workbook

__all__ = [
    "Problem",
    "RegistryError",
    "dump_yaml",
    "load",
    "parse",
    "plain",
    "write_template",
    "write_workbook",
]

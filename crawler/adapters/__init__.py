"""Content systems, one file each; the folder is the registry. `generic` is what remains."""

from importlib import import_module
from pkgutil import iter_modules

from crawler.adapters.adapter import Adapter


def _found() -> tuple[Adapter, ...]:
    modules = (import_module(f"{__name__}.{entry.name}") for entry in iter_modules(__path__))
    adapters = (getattr(module, "ADAPTER", None) for module in modules)
    return tuple(adapter for adapter in adapters if isinstance(adapter, Adapter))


ADAPTERS = _found()
"""Every adapter with a system of its own, in the order of their file names."""

"""A workforce commissioning optimiser: evidence and constraints in, a least-cost plan out.

`import optimiser as wo`: `wo.read` makes a Model, `Model.solve` a Plan; what an analyst uses is listed in `__all__` and
loaded when it is first used, so that importing the package costs nothing.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

__version__ = "0.1.0"

_PLACES = {
    **dict.fromkeys(
        ("read", "check", "load", "compare", "sweep", "frontier", "Model", "Plan", "Study"), "optimiser.api"
    ),
    **dict.fromkeys(("OptimiserError", "FaultsFound", "NoPlan", "Stopped", "CannotWrite"), "optimiser.errors"),
}

__all__ = sorted(_PLACES)


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_PLACES})


class _Package(ModuleType):
    """The package itself: its name `check` is the function, although there is a folder of that name, too."""

    @property
    def check(self) -> Any:
        """The function `optimiser.api.check`."""
        return __getattr__("check")

    @check.setter
    def check(self, folder: ModuleType) -> None:
        """Pass over the folder: the import system sets it here, and finds it without."""


sys.modules[__name__].__class__ = _Package

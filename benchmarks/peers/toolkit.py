"""Lets the toolkits be imported without the packages they need for text, plots and metrics only."""
import sys
import types


class Absent(types.ModuleType):
    """Stands for such a package."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def leave_out(*names):
    """Lets imports of these modules succeed without them."""
    for name in names:
        sys.modules.setdefault(name, Absent(name))

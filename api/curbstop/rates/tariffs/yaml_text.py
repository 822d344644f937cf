"""A version as the text of a tariff file, so that form and file say the same."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from curbstop.rates.engine.definition import Version

WIDTH = 110


class _Writer(yaml.SafeDumper):
    """Numbers are text here and stay unquoted; only true, false and null have a meaning."""

    yaml_implicit_resolvers = {
        first: [rule for rule in rules if rule[0].rsplit(":", 1)[-1] in {"bool", "null"}]
        for first, rules in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the base's signature
        """Two equal parts are written twice: people read this."""
        return True


def yaml_of(version: Version) -> str:
    """The version as YAML, without what is left at its default; reading it gives the same body."""
    data = version.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)
    return yaml.dump(
        _plain(data),
        Dumper=_Writer,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=None,
        width=WIDTH,
    )


def _plain(value: Any) -> Any:
    match value:
        case bool():
            return value
        case Mapping():
            return {str(key): _plain(child) for key, child in value.items()}
        case str():
            return str(value)
        case Sequence():
            return [_plain(child) for child in value]
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case _:
            return str(value)

"""Les départements français et leur code NUTS (niveau 3), que tout avis européen demande."""

import tomllib
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("nuts.toml")


@cache
def departements() -> dict[str, str]:
    return dict(tomllib.loads(TABLE.read_text("utf-8"))["departements"])


def est_connu(code: str) -> bool:
    return code in departements()

"""Tous les contrôles, dans l'ordre de leurs codes."""

from beffroi.relectures.rules.controles import delais
from beffroi.relectures.rules.controles.constat import Controle

_MODULES = (delais,)

CONTROLES: tuple[Controle, ...] = tuple(
    sorted(
        (controle for module in _MODULES for controle in module.CONTROLES),
        key=lambda controle: (controle.code.startswith("PUB"), controle.code),
    )
)


def controle(code: str) -> Controle:
    return next(controle for controle in CONTROLES if controle.code == code)

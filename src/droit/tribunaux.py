"""Le tribunal administratif d'une collectivité, d'après son département (CJA, art. R. 221-3)."""

from dataclasses import dataclass

from droit.en_vigueur import Droit, DroitInconnu


@dataclass(frozen=True)
class Tribunal:
    """Un tribunal, et comment le joindre si on l'a lu."""

    siege: str
    greffe: str

    @property
    def nom(self) -> str:
        """« tribunal administratif d'Amiens »."""
        return f"tribunal administratif {'d’' if self.siege[0] in 'AEÉIOUY' else 'de '}{self.siege}"


def competent(droit: Droit, code_postal: str) -> Tribunal | None:
    """Rien hors de métropole, sans code postal, ou à une date que les tables ne connaissent pas."""
    departement = code_postal[:2]
    sieges = (siege for siege, ressort in _table(droit, "tribunaux.ressorts").items() if departement in ressort.split())
    siege = next(sieges, None)
    return (
        Tribunal(siege, _table(droit, "tribunaux.greffes").get(siege, "")) if siege and len(code_postal) == 5 else None
    )


def _table(droit: Droit, cle: str) -> dict[str, str]:
    try:
        valeur = droit.valeur(cle).valeur
    except DroitInconnu:
        return {}
    lignes = valeur if isinstance(valeur, tuple) else ()
    return {siege: reste for siege, _, reste in (ligne.partition(" : ") for ligne in lignes)}

"""Ce qu'une règle d'un Schematron reproche à un document."""

from dataclasses import dataclass

from lxml import etree

SVRL = "http://purl.oclc.org/dsdl/svrl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Constat:
    """`regle` : son identifiant officiel ; `champ` : celui que son diagnostic désigne ; `essai` : ce qu'elle vérifie."""

    regle: str
    gravite: str
    lieu: str
    champ: str = ""
    essai: str = ""

    @property
    def est_une_erreur(self) -> bool:
        return self.gravite == "ERROR"


def lire(rapport: bytes) -> list[Constat]:
    """Les constats d'un rapport SVRL, le nôtre ou celui d'un autre moteur."""
    racine = etree.fromstring(rapport, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    return [
        Constat(
            regle=echec.get("id") or "",
            gravite=echec.get("role") or "ERROR",
            lieu=echec.get("location") or "",
            champ=_champ(echec),
            essai=echec.get("test") or "",
        )
        for echec in racine.iter(f"{{{SVRL}}}failed-assert", f"{{{SVRL}}}successful-report")
    ]


def _champ(echec: etree._Element) -> str:
    designe = echec.find(f"{{{SVRL}}}diagnostic-reference")
    return "" if designe is None else (designe.get("diagnostic") or "")

"""Ce qu'une règle d'un Schematron reproche à un document."""

from dataclasses import dataclass

from lxml import etree

SVRL = "http://purl.oclc.org/dsdl/svrl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Constat:
    """`regle` : son identifiant officiel ; `champ` : celui que son diagnostic désigne ;
    `essai` : ce qu'elle vérifie.

    `texte` : ce qu'elle en dit elle-même, s'il est écrit dans le rapport.
    """

    regle: str
    gravite: str
    lieu: str
    champ: str = ""
    essai: str = ""
    texte: str = ""

    @property
    def est_une_erreur(self) -> bool:
        return self.gravite == "ERROR"


def lire(rapport: bytes) -> list[Constat]:
    """Les constats d'un rapport SVRL, le nôtre ou celui d'un autre moteur."""
    racine = etree.fromstring(
        rapport, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    )
    return [
        Constat(
            regle=echec.get("id") or "",
            gravite=_gravite(echec),
            lieu=echec.get("location") or "",
            champ=_champ(echec),
            essai=echec.get("test") or "",
            texte=_texte(echec),
        )
        for echec in racine.iter(f"{{{SVRL}}}failed-assert", f"{{{SVRL}}}successful-report")
    ]


def _champ(echec: etree._Element) -> str:
    designe = echec.find(f"{{{SVRL}}}diagnostic-reference")
    return "" if designe is None else (designe.get("diagnostic") or "")


def _gravite(echec: etree._Element) -> str:
    """Les uns disent leur gravité par `role`, les autres par `flag` :
    tout ce qui n'est pas un avertissement refuse.
    """
    dite = echec.get("role") or echec.get("flag") or "ERROR"
    return "ERROR" if dite == "fatal" else dite.upper()


def _texte(echec: etree._Element) -> str:
    texte = echec.find(f"{{{SVRL}}}text")
    return "" if texte is None else " ".join("".join(texte.itertext()).split())

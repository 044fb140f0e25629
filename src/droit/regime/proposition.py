"""Une proposition : des choix, chacun avec ses raisons et ce que l'on peut choisir à la place."""

from dataclasses import dataclass

from droit.decision import Motif
from droit.en_vigueur import Droit
from droit.regime.besoin import Besoin
from droit.regime.raison import Raison
from droit.regime.valeur_du_besoin import ValeurDuBesoin
from droit.tables import ConfianceDansLaSource

A_VERIFIER = "a_verifier"


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """Ce que l'acheteur peut choisir à la place, et ce que cela entraîne."""

    valeurs: tuple[str, ...]
    libelle: str
    consequence: Raison


@dataclass(frozen=True, kw_only=True)
class Choix:
    """Une valeur proposée.

    `valeurs` : les clés stables ; `champ` : le champ de l'achat qu'elle remplit, s'il y en a un.
    """

    cle: str
    question: str
    valeurs: tuple[str, ...]
    libelle: str
    pourquoi: tuple[Raison, ...]
    alternatives: tuple[Alternative, ...] = ()
    champ: str = ""

    @property
    def valeur(self) -> str:
        return self.valeurs[0] if self.valeurs else ""

    @property
    def est_a_verifier(self) -> bool:
        return self.valeur == A_VERIFIER


@dataclass(frozen=True, kw_only=True)
class Proposition:
    """Tout ce que l'on propose, les tables dont cela vient, et ce qu'une personne doit vérifier."""

    besoin: Besoin
    droit: Droit
    valeur: ValeurDuBesoin
    procedure: Choix
    publicite: Choix
    avis: Choix
    dossier: Choix
    suspension: Choix
    donnees_essentielles: Choix
    controle_de_legalite: Choix
    durabilite: Choix
    avance: Choix
    petits_lots: Choix | None = None
    lots_sans_publicite: Choix | None = None
    reserves: tuple[Motif, ...] = ()

    @property
    def choix(self) -> tuple[Choix, ...]:
        """Dans l'ordre où une personne les lit."""
        facultatifs = tuple(
            choix for choix in (self.petits_lots, self.lots_sans_publicite) if choix
        )
        return (
            self.procedure,
            *facultatifs,
            self.publicite,
            self.avis,
            self.dossier,
            self.durabilite,
            self.avance,
            self.suspension,
            self.controle_de_legalite,
            self.donnees_essentielles,
        )


def a_verifier(cle: str, question: str, *, phrase: str) -> Choix:
    """Les tables ne savent pas : rien n'est supposé, une personne vérifie."""
    raison = Raison(motif=Motif(phrase), confiance=ConfianceDansLaSource.SAVOIR)
    return Choix(
        cle=cle,
        question=question,
        valeurs=(A_VERIFIER,),
        libelle="À vérifier par une personne",
        pourquoi=(raison,),
    )

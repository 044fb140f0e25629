"""La grille des contributions (convention, annexe 1) :
chaque volume tombe dans une tranche, et une seule.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from beffroi.centre.tarif.rules.parametres import D_OFFICE, Parametres
from droit.citation import Document
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif

ART_4 = Document("convention, art. 4")
ANNEXE_1 = Document("convention, art. 4 et annexe 1")
AGENTS_DE_LA_GRILLE = 350


@dataclass(frozen=True)
class TrancheTarifaire:
    """Des volumes annuels, bornes comprises, et le montant d'une année entière ;
    sans `jusqu_a`, rien ne l'arrête.
    """

    numero: int
    de: int
    jusqu_a: int | None
    montant: Decimal

    def contient(self, volume: int) -> bool:
        return self.de <= volume and (self.jusqu_a is None or volume <= self.jusqu_a)

    def __str__(self) -> str:
        if self.jusqu_a is None:
            return f"{self.de} consultations et plus"
        return f"de {self.de} à {self.jusqu_a} consultations"


@dataclass(frozen=True)
class Tarif:
    """Une grille entière :
    ce que paie chaque catégorie d'adhérents, de part et d'autre d'un nombre d'agents.
    """

    au_dela: tuple[TrancheTarifaire, ...]
    jusqu_au_seuil: tuple[TrancheTarifaire, ...]
    seuil: int = AGENTS_DE_LA_GRILLE

    @property
    def est_gratuit_jusqu_au_seuil(self) -> bool:
        return not any(tranche.montant for tranche in self.jusqu_au_seuil)

    def tranches(self, *, payante: bool) -> tuple[TrancheTarifaire, ...]:
        return self.au_dela if payante else self.jusqu_au_seuil


def peut_etre_adoptee(tarif: Tarif, *, deliberee_le: date, effet: date) -> Decision:
    """Deux catégories sans trou ;
    un effet au 1er janvier qui suit la délibération, jamais rétroactif.
    """
    motifs = [
        *(_de(categorie, motif) for categorie, motif in _fautes_par_categorie(tarif)),
        Motif("Une grille prend effet un 1er janvier.", ART_4)
        if (effet.month, effet.day) != (1, 1)
        else None,
        Motif(
            f"Une grille n'est pas rétroactive : adoptée le {en_toutes_lettres(deliberee_le)}, "
            "elle prend effet le "
            f"1er janvier {deliberee_le.year + 1} au plus tôt."
        )
        if effet <= deliberee_le
        else None,
        Motif("Le nombre d'agents qui sépare les catégories est un entier positif.")
        if tarif.seuil <= 0
        else None,
    ]
    return Decision.selon(*motifs)


def _fautes_par_categorie(tarif: Tarif) -> list[tuple[str, Motif]]:
    categories = {
        f"Plus de {tarif.seuil} agents": tarif.au_dela,
        f"{tarif.seuil} agents ou moins": tarif.jusqu_au_seuil,
    }
    return [
        (nom, motif)
        for nom, tranches in categories.items()
        for motif in peut_etre_gardee(tranches).motifs
    ]


def _de(categorie: str, motif: Motif) -> Motif:
    return Motif(f"{categorie} : {motif.texte}", motif.source)


def peut_etre_gardee(tranches: Sequence[TrancheTarifaire]) -> Decision:
    """Une grille commence à zéro, se suit sans trou ni chevauchement, et ne finit pas.

    Aucun montant n'est négatif.
    """
    if not tranches:
        return Decision.refus(
            Motif("Cette grille n'a aucune tranche. Ajoutez-en une qui commence à 0.")
        )
    motifs = [_faute_de_jonction(avant, apres) for avant, apres in pairwise(tranches)]
    premiere, derniere = tranches[0], tranches[-1]
    if premiere.de != 0:
        motifs.append(
            Motif(f"La première tranche commence à {premiere.de} : elle doit commencer à 0.")
        )
    if derniere.jusqu_a is not None:
        motifs.append(
            Motif(f"La dernière tranche s'arrête à {derniere.jusqu_a} : laissez sa fin vide.")
        )
    motifs += [_faute_de_la_tranche(tranche) for tranche in tranches]
    return Decision.selon(*motifs)


def _faute_de_jonction(avant: TrancheTarifaire, apres: TrancheTarifaire) -> Motif | None:
    if avant.jusqu_a is None:
        return Motif(
            f"La tranche {avant.numero} n'a pas de fin, et une autre la suit. Donnez-lui une fin."
        )
    if apres.de == avant.jusqu_a + 1:
        return None
    quoi = "se chevauchent" if apres.de <= avant.jusqu_a else "laissent un trou"
    return Motif(
        f"Les tranches {avant.numero} et {apres.numero} {quoi} : l'une finit à {avant.jusqu_a}, "
        "l'autre commence à "
        f"{apres.de}. La seconde doit commencer à {avant.jusqu_a + 1}."
    )


def _faute_de_la_tranche(tranche: TrancheTarifaire) -> Motif | None:
    if tranche.montant < 0:
        return Motif(f"Le montant de la tranche {tranche.numero} est négatif.")
    if tranche.jusqu_a is not None and tranche.jusqu_a < tranche.de:
        return Motif(
            f"La tranche {tranche.numero} finit à {tranche.jusqu_a}, "
            f"avant de commencer à {tranche.de}."
        )
    return None


def tranche_de(volume: int, tranches: Sequence[TrancheTarifaire]) -> TrancheTarifaire:
    """La tranche d'un volume annuel.

    Lève `ValueError` si le volume est négatif, ou si la grille a un trou.
    """
    for tranche in tranches:
        if tranche.contient(volume):
            return tranche
    raise ValueError(f"aucune tranche ne contient {volume}")


def annexe_1(parametres: Parametres = D_OFFICE) -> tuple[TrancheTarifaire, ...]:
    """La grille annexée à la convention, pour plus de 350 agents.

    Elle écrit « de 50 à 150 », puis « de 150 à 250 » : `borne_commune` dit à qui vont 150
    et 250. « Moins de 50 » et « plus de 350 » sont stricts : 50 est de la deuxième
    tranche, 350 de la quatrième.
    """
    partagee = 0 if parametres.borne_commune == "tranche_inferieure" else 1
    fins = (49, 150 - partagee, 250 - partagee, 350, None)
    montants = (250, 500, 1000, 2000, 4000)
    debuts = (0, *(fin + 1 for fin in fins if fin is not None))
    bornes = zip(debuts, fins, montants, strict=True)
    return tuple(
        TrancheTarifaire(n, de, fin, Decimal(montant))
        for n, (de, fin, montant) in enumerate(bornes, 1)
    )


def tarif_de_l_annexe(parametres: Parametres = D_OFFICE) -> Tarif:
    """L'annexe 1 entière : les mêmes tranches, gratuites jusqu'à 350 agents."""
    payantes = annexe_1(parametres)
    return Tarif(payantes, tuple(replace(tranche, montant=Decimal(0)) for tranche in payantes))


def contribue(
    agents: int, parametres: Parametres = D_OFFICE, *, seuil: int = AGENTS_DE_LA_GRILLE
) -> bool:
    """La catégorie payante : plus de 350 agents ; à 350 tout juste, le paramètre décide."""
    if agents == seuil:
        return parametres.a_350_agents == "payant"
    return agents > seuil

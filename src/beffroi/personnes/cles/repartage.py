"""Changer les personnes qui peuvent ouvrir :
vers qui, à combien, et ce qui change (scellement, §2.3).
"""

from collections.abc import Callable, Collection
from typing import NamedTuple

from beffroi.personnes.cles import queries, rules
from beffroi.personnes.cles.models import PaireDeCles, PartDeCle
from beffroi.personnes.comptes.models import Utilisateur
from droit.decision import Decision, Motif

GARDIENS = "gardiens"


class Changements(NamedTuple):
    """Les listes dont les parts sont à refaire."""

    membres: bool
    gardiens: bool


def changements(paire: PaireDeCles, vers: Collection[Utilisateur]) -> Changements:
    """Un membre change s'il arrive, part ou a une autre clé ;
    un gardien de même, si trois sont prêts.
    """
    voulues = {identite.pk for identite in queries.identites_de(vers).values()}
    tenues = {part.identite_id for part in queries.parts_des_membres(paire)}
    prets = queries.gardiens_prets()
    identites = queries.identites_de(gardien.utilisateur for gardien in prets)
    voulus = {(gardien.pk, identites[gardien.utilisateur_id].pk) for gardien in prets}
    tenus = {(part.gardien_id, part.identite_id) for part in queries.parts_des_gardiens(paire)}
    return Changements(
        membres=voulues != tenues,
        gardiens=len(prets) == rules.NOMBRE_DE_GARDIENS and voulus != tenus,
    )


def part_tenue(paire: PaireDeCles, utilisateur: Utilisateur, voie: str) -> PartDeCle | None:
    """La part que cette personne ouvrirait : de membre ou de gardien, selon la voie."""
    lire: Callable[[Utilisateur, PaireDeCles], PartDeCle | None] = (
        queries.part_du_gardien if voie == GARDIENS else queries.part_de
    )
    return lire(utilisateur, paire)


def peut_demander_un_repartage(
    *,
    politique: str,
    vers: int,
    change: bool,
    sans_cle: tuple[str, ...],
    sans_demande: bool = False,
) -> Decision:
    """Assez de personnes, toutes avec une clé prête,
    une liste qui change, et une demande écrite pour les gardiens.
    """
    manques = [Motif(f"{nom} n'a pas encore de clé prête.") for nom in sans_cle]
    inchangee = Motif(
        "Rien ne change : ces personnes tiennent déjà leur part, et les gardiens aussi."
    )
    return Decision.selon(
        *rules.membres_suffisants(politique=politique, nombre=vers).motifs,
        *manques,
        None if change else inchangee,
        rules.DEMANDE_ECRITE if sans_demande else None,
    )


def personnes_necessaires(*, voie: str, seuil: int) -> int:
    """Combien de personnes ouvrent leur part : le seuil de la politique, ou deux gardiens."""
    return rules.SEUIL_DES_GARDIENS if voie == GARDIENS else seuil


def peut_remettre_sa_part(
    *, necessaires: int, deja: bool, tient: bool, autre_tient: bool, soi_meme: bool
) -> Decision:
    """La première personne scelle sa part pour la seconde :
    deux personnes, deux parts, une seule fois.
    """
    return Decision.selon(
        None if tient else Motif("Vous ne tenez pas de part de ces clés."),
        None if necessaires == 2 else Motif("Une seule personne suffit : achevez vous-même."),
        Motif("Une personne a déjà remis sa part. Abandonnez ce changement pour recommencer.")
        if deja
        else None,
        Motif("Choisissez une autre personne que vous-même.") if soi_meme else None,
        None if autre_tient else Motif("La personne choisie ne tient pas de part de ces clés."),
    )


def peut_achever(*, necessaires: int, tient: bool, est_attendue: bool) -> Decision:
    """À une personne, qui tient une part achève ;
    à deux, la seconde seule, avec la part reçue de la première.
    """
    return Decision.selon(
        None if tient else Motif("Vous ne tenez pas de part de ces clés."),
        None
        if necessaires == 1 or est_attendue
        else Motif("Une autre personne doit d'abord vous remettre sa part, ou achever elle-même."),
    )

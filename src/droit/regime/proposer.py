"""Assembler la proposition : une réponse par question, et ce que les tables ne savent pas."""

from collections.abc import Iterator
from datetime import timedelta

from droit.dates import en_toutes_lettres
from droit.decision import Motif
from droit.en_vigueur import Droit, DroitInconnu
from droit.regime import contenu, petits_lots, procedure, publicite, seuils, suites
from droit.regime.besoin import ZERO, Besoin
from droit.regime.proposition import Proposition
from droit.regime.valeur_du_besoin import HOMOGENES, OPERATION, valeur_du_besoin
from droit.tables import Procedure

_MOIS_PAR_AN = 12
_BIENTOT = timedelta(days=183)


def proposer(besoin: Besoin, droit: Droit, *, retenue: str = "") -> Proposition:
    """Le régime d'un besoin, à la date des tables.
    Un seuil de procédure inconnu lève `DroitInconnu`.

    `retenue` : la procédure que l'acheteur a choisie à la place de celle
    proposée ; le reste suit son choix.
    """
    if besoin.jour != droit.jour:
        raise ValueError("Le besoin et les tables ne sont pas à la même date.")
    valeur = valeur_du_besoin(besoin)
    choisie = procedure.procedure_proposee(besoin, droit, valeur)
    ligne = droit.procedure(retenue or choisie.valeur)
    supports = publicite.publicite_proposee(besoin, droit, valeur, procedure=ligne.cle)
    return Proposition(
        besoin=besoin,
        droit=droit,
        valeur=valeur,
        procedure=choisie,
        publicite=supports,
        avis=publicite.avis_propose(besoin, droit, supports=supports.valeurs),
        dossier=suites.dossier_propose(besoin, droit, valeur, avis=bool(supports.valeurs)),
        suspension=suites.suspension_proposee(besoin, droit, procedure=ligne),
        donnees_essentielles=suites.donnees_essentielles_proposees(
            besoin, droit, valeur, dispense=ligne.cle == "sans_publicite"
        ),
        controle_de_legalite=suites.controle_de_legalite_propose(besoin, droit, valeur),
        durabilite=contenu.durabilite_proposee(besoin, droit, valeur),
        avance=contenu.avance_proposee(besoin, droit),
        petits_lots=petits_lots.petits_lots_en_procedure_adaptee(besoin, droit, valeur),
        lots_sans_publicite=petits_lots.lots_sans_publicite(besoin, droit, valeur),
        reserves=tuple(_reserves(besoin, droit, ligne)),
    )


def _reserves(besoin: Besoin, droit: Droit, ligne: Procedure) -> Iterator[Motif]:
    """Ce qu'une personne doit regarder avant de s'y fier."""
    dispense = seuils.seuil_de_dispense(besoin, droit)
    if isinstance(dispense, DroitInconnu) and not besoin.est_une_concession:
        yield Motif(dispense.phrase)
    if ligne.servie != "entière":
        yield Motif(
            f"« {ligne.libelle} » n'est pas encore menée de bout en bout par la plateforme."
        )
    if besoin.contrat == "défense ou sécurité":
        yield Motif(
            "Les marchés de défense ont leurs règles propres : faites relire cette proposition."
        )
    if besoin.achats_semblables_ht == ZERO and not besoin.est_une_concession:
        texte = "Vous n'avez dit aucun achat semblable. Vérifiez : ils comptent dans le seuil."
        yield Motif(texte, OPERATION if besoin.en_travaux else HOMOGENES)
    yield from _changements(besoin, droit)
    yield from _duree(besoin, droit)


def _changements(besoin: Besoin, droit: Droit) -> Iterator[Motif]:
    """Le seuil peut changer avant que l'avis parte ;
    un an d'avance, ce ne serait que du bruit à chaque page.
    """
    seuil = seuils.seuil_formalise(besoin, droit)
    if seuil.prochain_changement and seuil.prochain_changement - droit.jour <= _BIENTOT:
        jour = en_toutes_lettres(seuil.prochain_changement)
        yield Motif(
            f"Les seuils changent le {jour}. Un avis envoyé après suit les nouveaux.", seuil.article
        )


def _duree(besoin: Besoin, droit: Droit) -> Iterator[Motif]:
    if not besoin.accord_cadre or besoin.duree_en_mois is None:
        return
    acheteur = (
        "entite_adjudicatrice"
        if besoin.type_d_acheteur == "entité adjudicatrice"
        else "pouvoir_adjudicateur"
    )
    duree = seuils.lue(droit, f"accord_cadre.duree.{acheteur}")
    if not isinstance(duree, DroitInconnu) and besoin.duree_en_mois > duree.entier * _MOIS_PAR_AN:
        yield Motif(
            f"Un accord-cadre dure {duree.entier} ans au plus, sauf justification.", duree.article
        )

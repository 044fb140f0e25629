"""Combien de temps le contrat dure, reconductions comprises."""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import RIEN, Blocs, ccp, chapitre, dire
from beffroi.achat.redaction.faits import Faits
from formats.document import Chapitre, a_completer


def rediger(faits: Faits) -> Chapitre:
    return chapitre("La durée", duree(faits), debut(faits), reconductions(faits))


def duree(faits: Faits) -> Blocs:
    mois = faits.achat.execution.duree_en_mois
    combien = (
        mots.mois(mois)
        if mois is not None
        else a_completer("execution.duree_en_mois", "la durée du contrat")
    )
    return (
        dire(
            f"{mots.majuscule(faits.contrat)} dure ",
            combien,
            ".",
            selon=faits.selon(marche=(ccp("L. 2112-5"),)),
        ),
    )


def debut(faits: Faits) -> Blocs:
    jour = faits.achat.execution.debut
    if jour is None:
        return (dire(f"La durée court à partir de la notification {faits.du_contrat}."),)
    return (dire(f"Début prévu de l'exécution : {mots.jour(jour)}."),)


def reconductions(faits: Faits) -> Blocs:
    """Une reconduction est tacite et le titulaire ne peut s'y opposer, sauf clause contraire."""
    execution = faits.achat.execution
    if not execution.reconductions or faits.est_une_concession:
        return RIEN
    fois = "une fois" if execution.reconductions == 1 else f"{execution.reconductions} fois"
    total = execution.duree_totale_en_mois
    en_tout = f" La durée totale ne dépasse pas {mots.mois(total)}." if total is not None else ""
    return (
        dire(
            f"{mots.majuscule(faits.contrat)} peut être reconduit {fois}, "
            f"pour {mots.mois(execution.mois_par_reconduction)} "
            f"à chaque fois.{en_tout} La reconduction est tacite. "
            "Le titulaire ne peut pas la refuser.",
            selon=(ccp("R. 2112-4"),),
        ),
    )

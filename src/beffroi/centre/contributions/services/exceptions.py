"""Décider des exceptions d'un appel : une par une, ou plusieurs avec un seul motif."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from beffroi.centre.contributions import calcul
from beffroi.centre.contributions.conduite import a_mener
from beffroi.centre.contributions.models import Contribution, Exercice
from beffroi.centre.contributions.rules import exceptions
from beffroi.centre.contributions.services.exercice import DECIDE
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import a_verrouiller
from beffroi.socle.journal.services import journaliser
from formats.dates import jour_et_heure


@transaction.atomic
def decider(
    *,
    exercice: Exercice,
    decisions: Mapping[str, str],
    motif: str,
    par: Utilisateur,
    maintenant: datetime,
) -> list[Contribution]:
    """Décide de ces lignes, toutes ou aucune ; le motif est recopié sur chacune.

    Deux personnes décident la même : la seconde lit qui l'a fait, et rien d'elle ne s'écrit.
    """
    exercice = a_mener(exercice, "preparer")
    exiger(exceptions.motif_qui_dit(motif))
    lignes = _sous_verrou(exercice, decisions)
    applique = calcul.bareme(exercice)
    for ligne in lignes:
        _exiger_une_exception(ligne)
        possibles = ligne.choix
        exiger(exceptions.peut_decider(decisions[ligne.reference], possibles, nom=ligne.nom))
        ligne.decision, ligne.verification = decisions[ligne.reference], " ".join(motif.split())
        ligne.verifiee_par, ligne.verifiee_le = par, maintenant
        calcul.appliquer(ligne, applique)
    Contribution.objects.bulk_update(lignes, [*DECIDE, *calcul.CHAMPS], batch_size=200)
    for ligne in lignes:
        journaliser(
            "contribution.decider",
            sujet=ligne.reference,
            organisme=ligne.siret,
            par=par.acteur,
            le=maintenant,
            donnees={"decision": ligne.decision, "ensemble": len(lignes)},
        )
    return lignes


def _sous_verrou(exercice: Exercice, decisions: Mapping[str, str]) -> list[Contribution]:
    siennes = Contribution.objects.filter(exercice=exercice, reference__in=decisions)
    lignes = list(a_verrouiller(siennes.select_related("verifiee_par").order_by("pk")))
    if not lignes:
        raise RegleEnfreinte("Cochez au moins une ligne.")
    if len(lignes) != len(decisions):
        raise ConflitEtat("Une ligne cochée n'est pas de cet appel. Rechargez la page.")
    return lignes


def _exiger_une_exception(ligne: Contribution) -> None:
    if ligne.est_a_verifier:
        return
    if ligne.verifiee_le and ligne.verifiee_par:
        raise ConflitEtat(
            f"{ligne.verifiee_par.nom} a déjà décidé de {ligne.nom}, "
            f"{jour_et_heure(ligne.verifiee_le)} : rien de ce que vous avez coché n'est écrit. "
            "Rechargez la page."
        )
    raise ConflitEtat(f"{ligne.nom} n'est plus une exception. Rechargez la page.")

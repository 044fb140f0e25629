"""Les projets d'un jury :
tirer leur lettre au sort, puis dire de qui ils sont, l'avis signé (CCP, art. R. 2162-18).
"""

from datetime import datetime
from secrets import SystemRandom

from django.db import transaction

from beffroi.choix.commissions import rules
from beffroi.choix.commissions.models import CodeDeProjet, LeveeDAnonymat, Point
from beffroi.choix.commissions.queries import anonymat
from beffroi.choix.commissions.services.commissions import noter
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller


@transaction.atomic
def tirer_les_lettres(
    *, point: Point, par: Utilisateur, maintenant: datetime
) -> list[CodeDeProjet]:
    """Une lettre au hasard par projet ouvert.

    Celles déjà tirées restent : un projet ouvert plus tard prend la suivante.
    """
    consultation = verrouiller(point.consultation, avec=("organisme",))
    if anonymat.levee(consultation, point.lot):
        raise ConflitEtat("L'anonymat est levé : les projets ont leur nom.")
    restent = anonymat.sans_lettre(point)
    if not restent:
        raise RegleEnfreinte(
            "Aucun projet à anonymiser : les offres de cet achat ne sont pas ouvertes, "
            "ou ont leur lettre."
        )
    SystemRandom().shuffle(restent)
    deja = len(anonymat.codes(consultation, point.lot))
    tires = [
        CodeDeProjet.objects.create(
            consultation=consultation,
            lot=point.lot,
            pli=pli,
            code=rules.code_de_projet(deja + rang),
            tire_le=maintenant,
            tire_par=par,
        )
        for rang, pli in enumerate(restent)
    ]
    # Le journal dit combien, jamais de qui : un membre du jury peut le lire.
    donnees = {"consultation": consultation.reference, "lot": point.lot, "projets": len(tires)}
    noter(
        "tirer_les_lettres",
        point.reunion.commission,
        par=par,
        le=maintenant,
        sujet=point.reunion.reference,
        donnees=donnees,
    )
    return tires


@transaction.atomic
def lever_l_anonymat(*, point: Point, par: Utilisateur, maintenant: datetime) -> LeveeDAnonymat:
    """L'avis signé par les membres, dit de qui est chaque projet ; le journal le garde."""
    consultation = verrouiller(point.consultation, avec=("organisme",))
    exiger(rules.anonymat_peut_se_lever(anonymat.faits(point)))
    levee = LeveeDAnonymat.objects.create(
        point=point, consultation=consultation, lot=point.lot, levee_le=maintenant, levee_par=par
    )
    projets = CodeDeProjet.objects.filter(consultation=consultation, lot=point.lot).select_related(
        "pli"
    )
    donnees = {
        "consultation": consultation.reference,
        "lot": point.lot,
        "projets": {projet.code: projet.pli.reference for projet in projets},
    }
    noter(
        "lever_l_anonymat",
        point.reunion.commission,
        par=par,
        le=maintenant,
        sujet=point.reunion.reference,
        donnees=donnees,
    )
    return levee

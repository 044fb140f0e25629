"""L'antivirus devant les fichiers d'une copie : ce qu'il en dit, ce qu'il retient.

Comme pour une réponse.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from beffroi.seance.antivirus import queries as antivirus
from beffroi.seance.antivirus import rules
from beffroi.seance.antivirus.ecrans import montrer
from beffroi.seance.antivirus.rules import MUET, PATIENCE, FaitsDuFichier
from beffroi.seance.copies_de_sauvegarde.models import AnalyseDeFichierDeCopie, FichierDeCopie
from beffroi.seance.ouverture.ports import SurveillanceDuFichier
from beffroi.socle.fondations.erreurs import exiger


def dernieres_analyses(fichiers: Iterable[FichierDeCopie]) -> dict[int, AnalyseDeFichierDeCopie]:
    analyses = AnalyseDeFichierDeCopie.objects.filter(
        fichier__in=[fichier.pk for fichier in fichiers]
    )
    return {analyse.fichier_id: analyse for analyse in analyses.select_related("levee__levee_par")}


def etat_des_fichiers(fichiers: Sequence[FichierDeCopie]) -> Mapping[int, FaitsDuFichier]:
    analyses = dernieres_analyses(fichiers)
    return {f.pk: antivirus.faits_de(analyses.get(f.pk), f.ouverture.ouverte_le) for f in fichiers}


def surveillance(
    fichiers: Sequence[FichierDeCopie], *, le: datetime
) -> Mapping[int, SurveillanceDuFichier]:
    """Ce que la page dit à côté de chaque fichier."""
    etats = etat_des_fichiers(fichiers)
    return {
        f.pk: montrer(
            etats[f.pk], url=reverse("copies_de_sauvegarde:antivirus", args=(f.reference,)), le=le
        )
        for f in fichiers
    }


def exiger_lisible(fichier: FichierDeCopie, *, le: datetime) -> None:
    exiger(rules.peut_se_lire(etat_des_fichiers([fichier])[fichier.pk], maintenant=le))


def a_analyser(fichiers: Sequence[FichierDeCopie]) -> list[FichierDeCopie]:
    """Ceux que l'antivirus n'a pas lus, ou devant lesquels il s'était tu."""
    analyses = dernieres_analyses(fichiers)
    return [f for f in fichiers if f.pk not in analyses or analyses[f.pk].motif == MUET]


def fichiers_oublies(*, le: datetime, au_plus: int) -> list[FichierDeCopie]:
    """Ouverts depuis longtemps et lus par personne, ou par un moteur muet."""
    dernier = (
        AnalyseDeFichierDeCopie.objects.filter(fichier=OuterRef("pk"))
        .order_by("-pk")
        .values("motif")[:1]
    )
    ouverts = FichierDeCopie.objects.filter(ouverture__ouverte_le__lt=le - PATIENCE)
    oublies = ouverts.annotate(dit=Subquery(dernier)).filter(Q(dit=None) | Q(dit=MUET))
    return list(
        oublies.select_related("ouverture").order_by("ouverture__ouverte_le", "pk")[:au_plus]
    )

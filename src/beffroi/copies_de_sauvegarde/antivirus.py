"""L'antivirus devant les fichiers d'une copie : ce qu'il en dit, ce qu'il retient, et qui l'a levé. Comme pour une réponse."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from beffroi.antivirus import queries as antivirus
from beffroi.antivirus import rules
from beffroi.antivirus.ecrans import montrer
from beffroi.antivirus.rules import MUET, PATIENCE, Constat, FaitsDuFichier
from beffroi.comptes.models import Utilisateur
from beffroi.copies_de_sauvegarde.models import AnalyseDeFichierDeCopie, FichierDeCopie, LeveeDeQuarantaineDeCopie
from beffroi.journal.acteurs import PLATEFORME, Acteur
from beffroi.journal.services import journaliser
from beffroi.ouverture.ports import SurveillanceDuFichier, lettres_parties
from beffroi.socle.erreurs import exiger
from beffroi.socle.verrous import verrouiller

AVEC = ("ouverture__depot__consultation__organisme",)


def dernieres_analyses(fichiers: Iterable[FichierDeCopie]) -> dict[int, AnalyseDeFichierDeCopie]:
    analyses = AnalyseDeFichierDeCopie.objects.filter(fichier__in=[fichier.pk for fichier in fichiers])
    return {analyse.fichier_id: analyse for analyse in analyses.select_related("levee__levee_par")}


def etat_des_fichiers(fichiers: Sequence[FichierDeCopie]) -> Mapping[int, FaitsDuFichier]:
    analyses = dernieres_analyses(fichiers)
    return {f.pk: antivirus.faits_de(analyses.get(f.pk), f.ouverture.ouverte_le) for f in fichiers}


def surveillance(fichiers: Sequence[FichierDeCopie], *, le: datetime) -> Mapping[int, SurveillanceDuFichier]:
    """Ce que la page dit à côté de chaque fichier."""
    etats = etat_des_fichiers(fichiers)
    return {
        f.pk: montrer(etats[f.pk], url=reverse("copies_de_sauvegarde:antivirus", args=(f.reference,)), le=le)
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
    dernier = AnalyseDeFichierDeCopie.objects.filter(fichier=OuterRef("pk")).order_by("-pk").values("motif")[:1]
    ouverts = FichierDeCopie.objects.filter(ouverture__ouverte_le__lt=le - PATIENCE)
    oublies = ouverts.annotate(dit=Subquery(dernier)).filter(Q(dit=None) | Q(dit=MUET))
    return list(oublies.select_related("ouverture").order_by("ouverture__ouverte_le", "pk")[:au_plus])


@transaction.atomic
def noter_l_analyse(*, fichier: FichierDeCopie, constat: Constat, maintenant: datetime) -> AnalyseDeFichierDeCopie:
    """Ce qui a été vu, par quel moteur, quand. Rien n'est effacé."""
    fichier = verrouiller(fichier, avec=AVEC)
    analyse = AnalyseDeFichierDeCopie.objects.create(
        fichier=fichier,
        etat=constat.etat,
        menace=constat.menace,
        motif=constat.motif,
        moteur=constat.moteur,
        faite_le=maintenant,
    )
    donnees = {"etat": str(constat.etat), "menace": constat.menace, "motif": constat.motif, "moteur": constat.moteur}
    _noter("copie_de_sauvegarde.analyser", fichier, par=PLATEFORME, le=maintenant, donnees=donnees)
    return analyse


@transaction.atomic
def lever_la_quarantaine(
    *, fichier: FichierDeCopie, motif: str, par: Utilisateur, maintenant: datetime
) -> LeveeDeQuarantaineDeCopie:
    """Le fichier se lit de nouveau, sous la responsabilité de qui l'a décidé."""
    fichier = verrouiller(fichier, avec=AVEC)
    faits = etat_des_fichiers([fichier])[fichier.pk]
    exiger(rules.peut_lever(faits, motif=motif, lettres_parties=_lettres_parties(fichier)))
    analyse = dernieres_analyses([fichier])[fichier.pk]
    levee = LeveeDeQuarantaineDeCopie.objects.create(
        analyse=analyse, motif=motif.strip(), levee_par=par, levee_le=maintenant
    )
    donnees = {"menace": analyse.menace, "motif": levee.motif}
    _noter("copie_de_sauvegarde.lever_la_quarantaine", fichier, par=par.acteur, le=maintenant, donnees=donnees)
    return levee


def _lettres_parties(fichier: FichierDeCopie) -> bool:
    """Le lot inscrit au registre ; s'il n'y en a pas, un seul lot dit suffit."""
    depot = fichier.ouverture.depot
    lots: list[int | None] = (
        [depot.lot] if depot.lot else list(depot.consultation.lots.values_list("numero", flat=True))
    )
    return any(lettres_parties(depot.consultation, lot) for lot in lots or [None])


def _noter(acte: str, fichier: FichierDeCopie, *, par: Acteur, le: datetime, donnees: dict[str, str]) -> None:
    consultation = fichier.ouverture.depot.consultation
    journaliser(
        acte,
        sujet=fichier.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=le,
        donnees={"consultation": consultation.reference, "sha256": fichier.sha256, **donnees},
    )

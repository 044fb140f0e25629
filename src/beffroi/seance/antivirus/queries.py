"""Où en est chaque fichier ouvert, et ce qui reste à analyser."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.seance.antivirus.models import AnalyseDeFichier, PassageDeLAntivirus
from beffroi.seance.antivirus.permissions import ACTES
from beffroi.seance.antivirus.ports import antivirus
from beffroi.seance.antivirus.rules import (
    AUCUN,
    MUET,
    PATIENCE,
    Constat,
    Etat,
    FaitsDuFichier,
    peut_se_lire,
)
from beffroi.seance.ouverture import queries as ouverture
from beffroi.seance.ouverture.models import FichierOuvert, OuverturePli
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.requetes import prete


def fichier_pour(
    utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime
) -> FichierOuvert:
    """Le fichier, pour qui lit les réponses de cet organisme et peut cet acte."""
    fichier = ouverture.fichier_ouvert_pour(utilisateur, reference, le=le)
    organisme = fichier.ouverture.seance.consultation.organisme
    exiger_role(habilitation_dans(utilisateur, organisme, le), acte, ACTES)
    return fichier


def dernieres_analyses(fichiers: Iterable[FichierOuvert]) -> dict[int, AnalyseDeFichier]:
    """La dernière analyse de chaque fichier, en une lecture ; un fichier jamais lu n'y est pas."""
    analyses = AnalyseDeFichier.objects.filter(fichier__in=[fichier.pk for fichier in fichiers])
    return {analyse.fichier_id: analyse for analyse in analyses.select_related("levee__levee_par")}


def etat_des_fichiers(fichiers: Sequence[FichierOuvert]) -> Mapping[int, FaitsDuFichier]:
    """Ce qu'on sait de chacun : constat, quarantaine levée ou non."""
    analyses = dernieres_analyses(fichiers)
    return {
        fichier.pk: faits_de(analyses.get(fichier.pk), fichier.ouverture.ouverte_le)
        for fichier in fichiers
    }


def faits_de(analyse: PassageDeLAntivirus | None, ouvert_le: datetime | None) -> FaitsDuFichier:
    """Le dernier passage, tel qu'il se dit. Un antivirus relié qui n'a rien dit est attendu."""
    if ouvert_le is None:
        raise ValueError("Un fichier ouvert vient d'une enveloppe ouverte.")
    if analyse is None:
        relie = antivirus() is not None
        return FaitsDuFichier(
            Constat(Etat.ATTENDU) if relie else Constat(Etat.NON_ANALYSE, motif=AUCUN), ouvert_le
        )
    constat = Constat(Etat(analyse.etat), analyse.menace, analyse.motif, analyse.moteur)
    return FaitsDuFichier(constat, ouvert_le, levee=hasattr(analyse, "levee"))


def exiger_lisible(fichier: FichierOuvert, *, le: datetime) -> None:
    """À appeler avant de rendre ou de lire les octets d'un fichier ouvert :
    la quarantaine se respecte partout.
    """
    exiger(peut_se_lire(etat_des_fichiers([fichier])[fichier.pk], maintenant=le))


def historique(fichier: FichierOuvert) -> QuerySet[AnalyseDeFichier]:
    return AnalyseDeFichier.objects.filter(fichier=fichier).select_related("levee__levee_par")


def a_analyser(ouverture_du_pli: OuverturePli) -> list[FichierOuvert]:
    """Les fichiers de cette enveloppe que l'antivirus n'a pas encore lus,
    ou devant lesquels il s'était tu.
    """
    fichiers = list(ouverture_du_pli.fichiers.select_related("ouverture"))
    analyses = dernieres_analyses(fichiers)
    return [f for f in fichiers if f.pk not in analyses or analyses[f.pk].motif == MUET]


def fichiers_oublies(*, le: datetime, au_plus: int) -> list[FichierOuvert]:
    """Ouverts depuis longtemps et lus par personne (une tâche perdue,
    un moteur relié après coup), ou par un moteur muet.
    """
    dernier = (
        AnalyseDeFichier.objects.filter(fichier=OuterRef("pk")).order_by("-pk").values("motif")[:1]
    )
    ouverts = FichierOuvert.objects.filter(
        ouverture__etat=OuverturePli.Etat.OUVERTE, ouverture__ouverte_le__lt=le - PATIENCE
    )
    oublies = ouverts.annotate(dit=Subquery(dernier)).filter(Q(dit=None) | Q(dit=MUET))
    return list(
        oublies.select_related("ouverture").order_by("ouverture__ouverte_le", "pk")[:au_plus]
    )


@dataclass(frozen=True)
class Bilan:
    """Ce que l'antivirus a vu d'un ensemble de fichiers, compté et nommé."""

    sains: int
    infectes: Sequence[tuple[FichierOuvert, str]]
    non_analyses: Sequence[tuple[FichierOuvert, str]]
    attendus: int


def bilan(fichiers: Sequence[FichierOuvert]) -> Bilan:
    """Le résumé d'une séance ou d'une consultation, pour un procès-verbal ou un écran."""
    etats = [
        (fichier, faits.constat) for fichier, faits in zip(fichiers, _ranges(fichiers), strict=True)
    ]
    return Bilan(
        sains=sum(constat.etat == Etat.SAIN for _, constat in etats),
        infectes=[
            (fichier, constat.menace) for fichier, constat in etats if constat.etat == Etat.INFECTE
        ],
        non_analyses=[
            (fichier, constat.motif)
            for fichier, constat in etats
            if constat.etat == Etat.NON_ANALYSE
        ],
        attendus=sum(constat.etat == Etat.ATTENDU for _, constat in etats),
    )


def _ranges(fichiers: Sequence[FichierOuvert]) -> list[FaitsDuFichier]:
    etats = etat_des_fichiers(fichiers)
    return [etats[fichier.pk] for fichier in fichiers]


def en_quarantaine(consultation: Consultation) -> list[FichierOuvert]:
    """Les fichiers infectés dont personne n'a levé la quarantaine."""
    return par_consultation([consultation]).get(consultation, [])


@prete
def infectes(consultations: Sequence[Consultation | int]) -> QuerySet[FichierOuvert]:
    """Ceux où un passage au moins a vu une menace."""
    return FichierOuvert.objects.filter(
        ouverture__seance__consultation__in=list(consultations), analyses__etat="infecte"
    )


@prete
def _passages_des_infectes(consultations: list[int]) -> QuerySet[AnalyseDeFichier]:
    passages = AnalyseDeFichier.objects.filter(fichier__in=infectes(consultations))
    lus = passages.select_related(
        "levee",
        "fichier__ouverture__pli__equipe",
        "fichier__ouverture__enveloppe",
        "fichier__ouverture__seance__consultation",
    )
    return lus.order_by("fichier", "pk")


def par_consultation(
    consultations: Iterable[Consultation],
) -> dict[Consultation, list[FichierOuvert]]:
    """Les mêmes, de celles qui en ont, lus d'un trait."""
    passages = _passages_des_infectes([une.pk for une in consultations])
    derniers = {passage.fichier_id: passage for passage in passages}
    retenus: dict[Consultation, list[FichierOuvert]] = defaultdict(list)
    for passage in derniers.values():
        if passage.etat == Etat.INFECTE and not hasattr(passage, "levee"):
            retenus[passage.fichier.ouverture.seance.consultation].append(passage.fichier)
    return dict(retenus)

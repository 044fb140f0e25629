"""Les consultations d'une année, par SIREN : une lecture, quel que soit le nombre d'adhérents."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time

from django.db.models import Q

from beffroi.achat.consultations.models import Consultation
from beffroi.centre.tarif.rules.comptage import ACompter, Compte, Ecart, compter
from beffroi.centre.tarif.rules.parametres import D_OFFICE, Parametres
from formats.dates import PARIS

Rangee = tuple[str, str, str, datetime, datetime | None, Ecart | None, datetime | None]
COLONNES = (
    "organisme__siret",
    "reference",
    "titre",
    "creee_le",
    "publiee_le",
    "ecart_de_compte__motif",
    "ecart_de_compte__relancee__sans_suite_le",
)


def comptes(
    annee: int, parametres: Parametres = D_OFFICE, *, sirens: Collection[str] | None = None
) -> dict[str, Compte]:
    """Le compte de chaque SIREN qui a créé ou publié cette année-là.

    Un seul SIREN : une lecture restreinte.
    """
    par_siren = defaultdict[str, list[ACompter]](list)
    for siret, reference, titre, creee_le, publiee_le, ecart, relancee_le in _rangees(
        annee, sirens
    ):
        par_siren[siret[:9]].append(
            ACompter(
                reference,
                titre,
                _jour(creee_le),
                _jour_ou_rien(publiee_le),
                ecart,
                _jour_ou_rien(relancee_le),
            )
        )
    return {
        siren: compter(consultations, annee, parametres)
        for siren, consultations in par_siren.items()
    }


def compte_de(siren: str, annee: int, parametres: Parametres = D_OFFICE) -> Compte:
    return comptes(annee, parametres, sirens=[siren]).get(siren, Compte(()))


def _rangees(annee: int, sirens: Collection[str] | None) -> list[Rangee]:
    """Tout ce qui touche à l'année :
    l'essai et l'école vivent dans une autre base, ils n'y sont jamais.
    """
    du, au = (datetime.combine(date(an, 1, 1), time.min, PARIS) for an in (annee, annee + 1))
    de_l_annee = Q(creee_le__gte=du, creee_le__lt=au) | Q(publiee_le__gte=du, publiee_le__lt=au)
    consultations = Consultation.toutes.filter(de_l_annee)
    if sirens is not None:
        siens = Q()
        for siren in sirens:
            siens |= Q(organisme__siret__startswith=siren)
        consultations = consultations.filter(siens)
    return list(consultations.order_by("creee_le", "pk").values_list(*COLONNES))


def _jour(instant: datetime) -> date:
    return instant.astimezone(PARIS).date()


def _jour_ou_rien(instant: datetime | None) -> date | None:
    return _jour(instant) if instant else None

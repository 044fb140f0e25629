"""Le bloc « Convention » de la fiche d'un adhérent : le port `adherents.SaConvention`."""

from datetime import date, datetime

from django.urls import reverse

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.ports import Bloc, Fait
from beffroi.centre.conventions import queries
from beffroi.centre.conventions.ecrans import TONS
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.permissions import ACTES
from beffroi.centre.conventions.states import Etat
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from droit.dates import en_toutes_lettres


def sa_convention(adherent: Adherent, *, pour: Habilitation, le: datetime) -> Bloc:
    """L'état et les dates se disent à tout le centre ; l'acte, à qui lit les conventions."""
    siennes = queries.conventions().filter(adherent=adherent)
    convention = siennes.order_by("demandee_le", "pk").last()
    if convention is None:
        return Bloc(sinon="Aucune convention.")
    lit = permet(pour, "lire_les_conventions", ACTES)
    page = reverse("conventions:convention", args=(convention.reference,)) if lit else ""
    return Bloc(faits=[_etat(convention, page), *_jours(convention)])


def _etat(convention: Convention, page: str) -> Fait:
    etat = Etat(convention.etat)
    return Fait(
        quoi=f"Convention {convention.reference}",
        ton=TONS[etat],
        mot=str(etat.label),
        url=page,
    )


def _jours(convention: Convention) -> list[Fait]:
    dits: list[tuple[str, date | None]] = [
        ("Prise d'effet", convention.prise_d_effet),
        ("Dernier jour", convention.fin or convention.terme),
    ]
    return [Fait(quoi=quoi, mot=en_toutes_lettres(jour)) for quoi, jour in dits if jour]

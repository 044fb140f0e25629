"""Ce que lit la page d'accueil."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Max, Q

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import ouvertes
from formats import dates, durees

NOMBRE_A_L_ACCUEIL = 5
_DELAI_PROCHE = timedelta(days=7)


class LigneDuRegistre(NamedTuple):
    """Une consultation, telle qu'une ligne du registre la montre."""

    objet: str
    url: str
    acheteur: str
    limite: datetime
    reste: str
    unite: str
    ferme_aujourd_hui: bool
    traits: tuple[str, ...]


class Raccourci(NamedTuple):
    libelle: str
    url: str
    nombre: int


def prochaines_consultations(*, maintenant: datetime) -> list[LigneDuRegistre]:
    """Celles qui ferment bientôt, la plus proche d'abord."""
    en_vigueur = Q(
        pieces__publiee_le__isnull=False, pieces__remplacee_par=None, pieces__retiree_le=None
    )
    prochaines = (
        ouvertes(maintenant).annotate(
            nombre_de_lots=Count("lots", distinct=True),
            nombre_de_documents=Count("pieces", filter=en_vigueur, distinct=True),
            modifiee_le=Max("versions_du_dossier__publiee_le"),
        )
    )[:NOMBRE_A_L_ACCUEIL]
    return [ligne_du_registre(consultation, maintenant=maintenant) for consultation in prochaines]


def ligne_du_registre(consultation: Consultation, *, maintenant: datetime) -> LigneDuRegistre:
    """Demande `nombre_de_lots`, `nombre_de_documents` et `modifiee_le` sur la consultation."""
    limite = consultation.limite
    reste, unite = _reste(limite - maintenant)
    return LigneDuRegistre(
        objet=consultation.titre,
        url=f"/consultations/{consultation.reference}/",
        acheteur=consultation.organisme.nom,
        limite=limite,
        reste=reste,
        unite=unite,
        ferme_aujourd_hui=dates.jour(limite) == dates.jour(maintenant),
        traits=_traits(consultation),
    )


def _reste(duree: timedelta) -> tuple[str, str]:
    if duree.days:
        return str(duree.days), "jour" if duree.days == 1 else "jours"
    heures_et_minutes = durees.humaniser(duree)
    if duree >= timedelta(hours=1):
        heures_et_minutes = heures_et_minutes.removesuffix("\N{NO-BREAK SPACE}min")
    return heures_et_minutes, "avant la fin"


def _traits(consultation: Consultation) -> tuple[str, ...]:
    lots = consultation.nombre_de_lots  # type: ignore[attr-defined]  # annotation de la requête
    documents = consultation.nombre_de_documents  # type: ignore[attr-defined]
    modifiee_le = consultation.modifiee_le  # type: ignore[attr-defined]
    traits = [
        consultation.get_nature_display(),
        f"{lots} lot{'s' if lots > 1 else ''}" if lots else "sans lot",
        f"{documents} document{'s' if documents > 1 else ''}",
    ]
    if modifiee_le:
        traits.append(f"modifiée le {dates.jour(modifiee_le)}")
    return tuple(traits)


def raccourcis(*, maintenant: datetime) -> list[Raccourci]:
    """Les recherches toutes faites : ce qui ferme bientôt, puis par nature d'achat."""
    toutes = ouvertes(maintenant)
    horizon = maintenant + _DELAI_PROCHE
    proches = toutes.filter(date_limite_remise__lte=horizon).count()
    par_nature = toutes.order_by().values("nature").annotate(nombre=Count("pk", distinct=True))
    avant = f"/consultations/?avant={horizon.astimezone(dates.PARIS):%Y-%m-%d}"
    liens = [Raccourci("Ferment sous 7 jours", avant, proches)] if proches else []
    for ligne in sorted(par_nature, key=lambda ligne: -ligne["nombre"]):
        nature = Consultation.Nature(ligne["nature"])
        liens.append(Raccourci(nature.label, f"/consultations/?nature={nature}", ligne["nombre"]))
    return liens

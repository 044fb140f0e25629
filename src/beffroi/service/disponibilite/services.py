"""Noter un relevé ; annoncer un incident ou une maintenance, et en donner la suite."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from beffroi.service.disponibilite import queries, rules
from beffroi.service.disponibilite.models import EtatTenu, Evenement, Point, Releve
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


@dataclass(frozen=True)
class Annonce:
    """Ce que le technicien écrit."""

    sorte: str
    titre: str
    texte: str
    commence_le: datetime
    fin_prevue_le: datetime | None = None


def noter_un_releve(composant: str, *, bon: bool, le: datetime, dit: str = "") -> None:
    Releve.objects.update_or_create(
        composant=composant, defaults={"bon": bon, "le": le, "dit": dit[:120]}
    )


def tenir_l_etat(point: str, ton: str, *, le: datetime) -> None:
    """Retient depuis quand un point de la supervision est dans cet état :
    l'heure ne change que si l'état change.
    """
    tenu = EtatTenu.objects.filter(point=point).first()
    if tenu is None or tenu.ton != ton:
        EtatTenu.objects.update_or_create(point=point, defaults={"ton": ton, "depuis": le})


@transaction.atomic
def annoncer(annonce: Annonce, *, par: Acteur, maintenant: datetime) -> Evenement:
    """Rend public un incident ou une maintenance prévue. Un second clic rend la même annonce."""
    exiger(
        rules.annonce_possible(
            sorte=annonce.sorte,
            commence_le=annonce.commence_le,
            fin_prevue_le=annonce.fin_prevue_le,
        )
    )
    if (
        annonce.sorte == Evenement.Sorte.MAINTENANCE
        and annonce.fin_prevue_le
        and annonce.commence_le >= maintenant
    ):
        exiger(
            rules.maintenance_possible(
                commence_le=annonce.commence_le,
                fin_prevue_le=annonce.fin_prevue_le,
                limites=queries.heures_limites(annonce.commence_le),
            )
        )
    evenement, neuf = Evenement.objects.get_or_create(
        sorte=annonce.sorte,
        titre=annonce.titre.strip(),
        commence_le=annonce.commence_le,
        defaults={"fin_prevue_le": annonce.fin_prevue_le, "annonce_le": maintenant},
    )
    if not neuf:
        return evenement
    Point.objects.create(evenement=evenement, texte=annonce.texte.strip(), le=maintenant)
    donnees = {"sorte": evenement.sorte, "titre": evenement.titre, "texte": annonce.texte.strip()}
    journaliser(
        "service.annoncer", sujet=evenement.reference, par=par, le=maintenant, donnees=donnees
    )
    return evenement


@transaction.atomic
def donner_la_suite(
    *, evenement: Evenement, texte: str, fini: bool, par: Acteur, maintenant: datetime
) -> Evenement:
    """Ajoute ce que l'on sait maintenant, une fois ; fini, l'événement passe à l'historique."""
    evenement = verrouiller(evenement)
    if evenement.fini_le:
        raise ConflitEtat("Cet événement est déjà fini. Rechargez la page.")
    dernier = evenement.points.first()
    if dernier and dernier.texte == texte.strip() and not fini:
        return evenement
    Point.objects.create(evenement=evenement, texte=texte.strip(), le=maintenant)
    if fini:
        evenement.fini_le = maintenant
        evenement.save(update_fields=["fini_le"])
    donnees = {"texte": texte.strip(), "fini": fini}
    journaliser(
        "service.suivre", sujet=evenement.reference, par=par, le=maintenant, donnees=donnees
    )
    return evenement

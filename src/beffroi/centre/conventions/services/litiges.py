"""Tenir le registre d'un litige (art. 6 ; ruling 34) :
l'amiable d'abord, échange par échange, puis le tribunal.
"""

from datetime import date, datetime

from django.db import transaction

from beffroi.centre.conventions.models import Convention, EchangeDuLitige, Litige, PieceDeConvention
from beffroi.centre.conventions.rules.litige import peut_aller_au_tribunal
from beffroi.centre.conventions.services.cycle import noter
from beffroi.centre.conventions.services.pieces import Fichier, empreintes, garder
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from formats.dates import PARIS


@transaction.atomic
def ouvrir_un_litige(
    *, convention: Convention, objet: str, le: date, par: Acteur, maintenant: datetime
) -> Litige:
    """Une contestation naît : deux mois pour la régler à l'amiable."""
    _exiger_un_jour_passe(le, maintenant)
    litige = Litige.objects.create(convention=convention, objet=objet.strip(), ouvert_le=le)
    noter(
        "ouvrir_un_litige", convention, par=par, le=maintenant, donnees={"litige": litige.reference}
    )
    return litige


@transaction.atomic
def noter_un_echange(
    *,
    litige: Litige,
    le: date,
    de: str,
    texte: str,
    fichier: Fichier | None,
    par: Acteur,
    maintenant: datetime,
) -> EchangeDuLitige:
    """Ce qui s'est dit ou écrit, et sa pièce."""
    litige = verrouiller(litige, avec=("convention__adherent__organisme",))
    if litige.etape == Litige.Etape.CLOS:
        raise ConflitEtat("Ce litige est clos.")
    _exiger_un_jour_passe(le, maintenant)
    piece = (
        garder(litige.convention, PieceDeConvention.Sorte.LITIGE, fichier, maintenant=maintenant)
        if fichier
        else None
    )
    echange = EchangeDuLitige.objects.create(
        litige=litige, le=le, de=de.strip(), texte=texte.strip(), piece=piece, note_le=maintenant
    )
    donnees = {"litige": litige.reference, "pieces": empreintes(*([piece] if piece else []))}
    noter("noter_un_echange", litige.convention, par=par, le=maintenant, donnees=donnees)
    return echange


@transaction.atomic
def porter_au_tribunal(*, litige: Litige, par: Acteur, maintenant: datetime) -> Litige:
    """À défaut d'accord : devant le tribunal que la convention nomme."""
    litige = verrouiller(litige, avec=("convention__adherent__organisme",))
    if litige.etape != Litige.Etape.AMIABLE:
        raise ConflitEtat("Ce litige n'est plus à l'amiable.")
    exiger(peut_aller_au_tribunal(echanges=litige.echanges.count()))
    litige.etape = Litige.Etape.TRIBUNAL
    litige.save(update_fields=["etape"])
    noter(
        "porter_au_tribunal",
        litige.convention,
        par=par,
        le=maintenant,
        donnees={"litige": litige.reference},
    )
    return litige


@transaction.atomic
def clore_le_litige(
    *, litige: Litige, issue: str, le: date, par: Acteur, maintenant: datetime
) -> Litige:
    """Un accord, un jugement, un désistement."""
    litige = verrouiller(litige, avec=("convention__adherent__organisme",))
    if litige.etape == Litige.Etape.CLOS:
        raise ConflitEtat("Ce litige est déjà clos.")
    _exiger_un_jour_passe(le, maintenant)
    litige.etape, litige.issue, litige.clos_le = Litige.Etape.CLOS, issue.strip(), le
    litige.save(update_fields=["etape", "issue", "clos_le"])
    noter(
        "clore_le_litige",
        litige.convention,
        par=par,
        le=maintenant,
        donnees={"litige": litige.reference},
    )
    return litige


def _exiger_un_jour_passe(le: date, maintenant: datetime) -> None:
    if le > maintenant.astimezone(PARIS).date():
        raise RegleEnfreinte("Cette date est à venir. Notez ce qui a eu lieu.")

"""Ce que l'ouvrier fait d'une vague : un lot de lignes, chacune dans sa transaction."""

from collections.abc import Callable
from functools import partial

from django.tasks import task

from beffroi.centre.reprises.models import LigneDeReprise
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant


@task()
def activer_un_lot(cles: list[int]) -> None:
    """Reprend ces lignes. Refaite, elle ne refait rien de ce qui est fait."""
    _chacune(cles, _activer)


@task()
def annuler_un_lot(cles: list[int], par: int) -> None:
    """Revient sur ces lignes ; celles où quelqu'un est venu restent, et la page le dit."""
    _chacune(cles, partial(_annuler, par=Utilisateur.objects.get(pk=par)))


def _chacune(cles: list[int], faire: Callable[[LigneDeReprise], None]) -> None:
    """Une panne sur une ligne n'arrête pas les autres ; elle se lève à la fin, et se réessaie."""
    panne: Exception | None = None
    for ligne in LigneDeReprise.objects.filter(pk__in=cles).order_by("numero"):
        try:
            faire(ligne)
        except Exception as inattendue:  # noqa: BLE001  levée plus bas, les autres d'abord
            panne = inattendue
    if panne is not None:
        raise panne


def _activer(ligne: LigneDeReprise) -> None:
    from beffroi.centre.reprises.services import lignes

    if ligne.convention_id:
        return
    try:
        copie = lignes.copie_de(ligne)
        lignes.reprendre_une_ligne(ligne=ligne, copie=copie, maintenant=maintenant())
    except (RegleEnfreinte, ConflitEtat) as refus:
        lignes.noter_un_refus(ligne=ligne, pourquoi=str(refus.message), maintenant=maintenant())


def _annuler(ligne: LigneDeReprise, *, par: Utilisateur) -> None:
    from beffroi.centre.reprises.services import lignes

    try:
        lignes.annuler_une_ligne(ligne=ligne, par=par, maintenant=maintenant())
    except (RegleEnfreinte, ConflitEtat):
        return  # une personne est venue entre-temps : sa convention reste, la page dit pourquoi

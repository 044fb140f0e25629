"""Composer une vague, la défaire avant qu'elle parte, l'activer, la relancer, l'annuler.

L'ouvrier fait chaque ligne, par lots : l'acte d'une personne ne dure que le temps de le décider.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from beffroi.centre.reprises import queries, taches
from beffroi.centre.reprises.models import LigneDeReprise, Reprise, Vague
from beffroi.centre.reprises.rules import vagues as regles
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser
from formats import dates
from formats.dates import PARIS

PAR_LOT = 25


@transaction.atomic
def composer(
    *,
    reprise: Reprise,
    nom: str,
    le: date,
    numeros: Collection[int] = (),
    premieres: int = 0,
    par: Utilisateur,
    maintenant: datetime,
) -> Vague:
    """Réunit des lignes prêtes : celles choisies, ou les `premieres` dans l'ordre du tableur."""
    reprise, aujourd_hui = verrouiller(reprise), maintenant.astimezone(PARIS).date()
    pretes = queries.apercu(reprise, aujourd_hui=aujourd_hui).pretes
    par_numero = {une.numero: une.ligne for une in pretes}
    if absentes := sorted(set(numeros) - par_numero.keys()):
        raise ConflitEtat(
            f"La ligne {absentes[0]} n'est plus prête, ou elle est dans une autre vague. "
            "Rechargez la page, puis choisissez de nouveau."
        )
    choisies = [par_numero[numero] for numero in numeros] or [
        une.ligne for une in pretes[: max(0, premieres)]
    ]
    exiger(regles.peut_composer(lignes=len(choisies), le=le, aujourd_hui=aujourd_hui))
    vague = Vague.objects.create(
        reprise=reprise,
        numero=1 + Vague.objects.filter(reprise=reprise).count(),
        nom=nom.strip(),
        le=le,
        composee_par=par,
        composee_le=maintenant,
    )
    LigneDeReprise.objects.filter(pk__in=[ligne.pk for ligne in choisies]).update(vague=vague)
    donnees = {"le": le.isoformat(), "lignes": sorted(ligne.numero for ligne in choisies)}
    _noter("composer_une_vague", vague, par=par, le=maintenant, donnees=donnees)
    return vague


def _noter(
    acte: str, vague: Vague, *, par: Utilisateur, le: datetime, donnees: Mapping[str, object]
) -> None:
    journaliser(
        f"reprise.{acte}",
        sujet=vague.reprise.reference,
        par=par.acteur,
        le=le,
        donnees={"vague": vague.numero, **donnees},
    )


def _tenue(vague: Vague) -> Vague:
    verrouiller(vague.reprise)
    return verrouiller(vague, avec=("reprise", "lancee_par"))


@transaction.atomic
def defaire(*, vague: Vague, par: Utilisateur, maintenant: datetime) -> Vague:
    """Ses lignes redeviennent libres. Partie, elle ne se défait plus : elle s'annule."""
    vague = _tenue(vague)
    _exiger_qu_elle_attende(vague)
    LigneDeReprise.objects.filter(vague=vague).update(vague=None)
    vague.defaite_le = maintenant
    vague.save(update_fields=["defaite_le"])
    _noter("defaire_une_vague", vague, par=par, le=maintenant, donnees={})
    return vague


def _exiger_qu_elle_attende(vague: Vague) -> None:
    """Deux personnes au même instant : la seconde lit qui a fait quoi, et quand."""
    if vague.lancee_le is not None and vague.lancee_par is not None:
        raise ConflitEtat(
            f"{vague.lancee_par.nom} a déjà activé la vague {vague.numero}, le "
            f"{dates.jour(vague.lancee_le)} à {dates.heure(vague.lancee_le)}. "
            "Elle ne part qu'une fois : rechargez la page pour la suivre."
        )
    if vague.defaite_le is not None:
        raise ConflitEtat("Cette vague a été défaite entre-temps. Rechargez la page.")


@transaction.atomic
def activer(*, vague: Vague, par: Utilisateur, maintenant: datetime) -> Vague:
    """Lance la vague, une seule fois ; l'ouvrier crée les conventions et invite."""
    vague = _tenue(vague)
    _exiger_qu_elle_attende(vague)
    cles = _restantes(vague)
    avant = next(
        (une.numero for une in _d_avant(vague) if une.lancee_le is None or _restantes(une)), None
    )
    exiger(
        regles.peut_lancer(
            lignes=len(cles),
            le=vague.le,
            aujourd_hui=maintenant.astimezone(PARIS).date(),
            avant=avant,
        )
    )
    vague.lancee_le, vague.lancee_par, vague.lignes_au_depart = maintenant, par, len(cles)
    vague.save(update_fields=["lancee_le", "lancee_par", "lignes_au_depart"])
    if vague.reprise.applique_le is None:
        vague.reprise.applique_le = maintenant
        vague.reprise.save(update_fields=["applique_le"])
    _confier(cles)
    _noter("activer_une_vague", vague, par=par, le=maintenant, donnees={"lignes": len(cles)})
    return vague


def _d_avant(vague: Vague) -> list[Vague]:
    return [une for une in queries.vagues_de(vague.reprise) if une.numero < vague.numero]


def _restantes(vague: Vague) -> list[int]:
    lignes = LigneDeReprise.objects.filter(vague=vague, convention=None).order_by("numero")
    return list(lignes.values_list("pk", flat=True))


def _confier(cles: list[int]) -> None:
    for debut in range(0, len(cles), PAR_LOT):
        taches.activer_un_lot.enqueue(cles[debut : debut + PAR_LOT])


@transaction.atomic
def relancer(*, vague: Vague, par: Utilisateur, maintenant: datetime) -> int:
    """L'ouvrier s'est arrêté en route : il reprend ce qui reste, et rien de ce qui est fait."""
    vague = _tenue(vague)
    cles = _restantes(vague)
    if vague.lancee_le is None or not cles:
        raise RegleEnfreinte("Rien ne reste à activer dans cette vague.")
    _confier(cles)
    _noter("relancer_une_vague", vague, par=par, le=maintenant, donnees={"lignes": len(cles)})
    return len(cles)


@transaction.atomic
def annuler(*, vague: Vague, motif: str, par: Utilisateur, maintenant: datetime) -> Vague:
    """Revient sur ce que la vague a fait, là où personne n'est venu ; l'ouvrier, ligne à ligne.

    Les autres restent, et la page dit lesquelles.
    """
    vague = _tenue(vague)
    if vague.lancee_le is None:
        raise ConflitEtat("Cette vague n'est pas partie : défaites-la.")
    if _restantes(vague):
        raise ConflitEtat("Cette vague est encore en cours. Attendez qu'elle soit terminée.")
    faites = LigneDeReprise.objects.filter(vague=vague).exclude(convention=None)
    cles = list(faites.order_by("numero").values_list("pk", flat=True))
    if not cles:
        raise ConflitEtat("Il ne reste rien à annuler dans cette vague.")
    vague.annulee_le, vague.motif_d_annulation = maintenant, motif.strip()
    vague.save(update_fields=["annulee_le", "motif_d_annulation"])
    for debut in range(0, len(cles), PAR_LOT):
        taches.annuler_un_lot.enqueue(cles[debut : debut + PAR_LOT], par.pk)
    donnees = {"motif": vague.motif_d_annulation, "lignes": len(cles)}
    _noter("annuler_une_vague", vague, par=par, le=maintenant, donnees=donnees)
    return vague

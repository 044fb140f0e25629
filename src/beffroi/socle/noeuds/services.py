"""Donner à une base neuve les clés du nœud qui la sert, à un nœud neuf celles de la base ;
dire qu'un ouvrier travaille, et quelle version ce nœud sert.
"""

import platform
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable
from beffroi.socle.fondations.version import numero_de_version
from beffroi.socle.journal import chainage
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.services import (
    inscrire_la_releve_posee,
    inscrire_une_cle_perdue,
    journaliser,
    publier_un_changement,
)
from beffroi.socle.noeuds import queries
from beffroi.socle.noeuds.cles import CLES, SERVICE_D_AVANT, sha256
from beffroi.socle.noeuds.horloges import Ecart
from beffroi.socle.noeuds.models import (
    CleDeLaBase,
    HorlogeDuNoeud,
    MiseAJour,
    NoeudVu,
    PassageDOuvrier,
    RemiseDesCles,
    TourDeRonde,
)

DUREE_D_UNE_REMISE = timedelta(hours=24)
# Trois rondes : l'une peut être longue.
DUREE_D_UN_TOUR = timedelta(seconds=60)
# Un nœud retiré ne se dit pas toujours : le lendemain, il n'est plus de cette plateforme.
OUBLI_D_UN_NOEUD = timedelta(days=1)
DEJA_PRISES = (
    "Ce paquet a déjà servi, ou date de plus d'un jour : refaites-en un d'un nœud qui sert la "
    "base. S'il a servi sans vous, d'autres ont vos clés (docs/exploitants/cle-perdue.md)."
)


def retenir_les_cles(*, le: datetime) -> None:
    """La base apprend les clés qu'elle ne connaît pas encore, créées s'il le faut ; la première
    venue l'emporte. Un changement de clé s'y inscrit quand celle d'avant reste lisible.
    """
    chainage.signataire(), chainage.autorite_locale()
    for cle in CLES:
        empreinte, *avant = cle.empreintes()
        connue, neuve = CleDeLaBase.objects.get_or_create(
            usage=cle.usage, defaults={"empreinte": empreinte, "depuis_le": le}
        )
        if not neuve and connue.empreinte in avant:
            _prendre_la_suivante(connue, empreinte, le=le)


@transaction.atomic
def _prendre_la_suivante(connue: CleDeLaBase, empreinte: str, *, le: datetime) -> None:
    """De plusieurs nœuds qui repartent avec elle, le premier l'inscrit."""
    la_meme = CleDeLaBase.objects.filter(pk=connue.pk, empreinte=connue.empreinte)
    if not la_meme.update(empreinte=empreinte, depuis_le=le):
        return
    if connue.usage == "service":
        CleDeLaBase.objects.get_or_create(
            usage=f"{SERVICE_D_AVANT}{connue.empreinte[:4]}",
            defaults={"empreinte": connue.empreinte, "depuis_le": connue.depuis_le},
        )
    if connue.usage == "registre":
        inscrire_la_releve_posee(le=le)
        return
    _inscrire(connue.usage, avant=connue.empreinte, apres=empreinte, par=PLATEFORME, le=le)


def _inscrire(usage: str, *, avant: str, apres: str, par: Acteur, le: datetime) -> None:
    """Les empreintes seules : le registre ne dit rien d'une clé."""
    journaliser(
        "noeud.changer_une_cle",
        sujet=usage,
        par=par,
        le=le,
        donnees={"avant": avant, "apres": apres},
    )


@transaction.atomic
def changer_les_cles(*, par: Acteur, maintenant: datetime) -> list[str]:
    """Prend les clés d'ici à la place de celles que la base connaît, et l'inscrit au registre, de
    la main de la nouvelle : celles d'avant sont perdues. Rend les usages qui ont changé.
    """
    chainage.signataire(), chainage.autorite_locale()
    changees = list(queries.etrangeres())
    for cle in changees:
        connue = CleDeLaBase.objects.filter(usage=cle.usage).first()
        avant, apres = connue.empreinte if connue else "", ""
        if cle.usage.startswith(SERVICE_D_AVANT):
            CleDeLaBase.objects.filter(usage=cle.usage).delete()
        else:
            apres = cle.empreintes()[0]
            CleDeLaBase.objects.update_or_create(
                usage=cle.usage, defaults={"empreinte": apres, "depuis_le": maintenant}
            )
        if cle.usage == "registre":
            inscrire_une_cle_perdue(le=maintenant)
        _inscrire(cle.usage, avant=avant, apres=apres, par=par, le=maintenant)
    return [cle.usage for cle in changees]


@transaction.atomic
def remettre_les_cles(*, empreinte: str, par: Acteur, maintenant: datetime) -> None:
    """Un paquet des clés de la base est fait, pour un nœud neuf ; `empreinte` : son SHA-256."""
    RemiseDesCles.objects.create(empreinte=empreinte, faite_le=maintenant)
    journaliser("noeud.remettre_les_cles", sujet=empreinte, par=par, le=maintenant)


@transaction.atomic
def prendre_les_cles(*, empreinte: str, par: Acteur, maintenant: datetime) -> None:
    """Un nœud neuf prend le paquet : personne ne le prendra plus.

    `Introuvable` : il n'est pas de cette base ; `ConflitEtat` : déjà pris, ou trop vieux.
    """
    remise = RemiseDesCles.objects.filter(pk=empreinte).first()
    if remise is None:
        raise Introuvable("Ce paquet n'est pas de cette base : refaites-le d'un nœud qui la sert.")
    libre = RemiseDesCles.objects.filter(pk=empreinte, prise_le=None)
    if maintenant - remise.faite_le > DUREE_D_UNE_REMISE or not libre.update(prise_le=maintenant):
        raise ConflitEtat(DEJA_PRISES)
    journaliser("noeud.prendre_les_cles", sujet=empreinte, par=par, le=maintenant)


def changer_l_acces_au_stockage(*, avant: str, apres: str, maintenant: datetime) -> None:
    """L'accès au service S3 a changé : une fois au registre, quel que soit le nombre de nœuds.

    L'empreinte des identifiants, jamais la clé.
    """
    publier_un_changement(
        "stockage.changer_l_acces",
        sujet=sha256(apres.encode()),
        donnees={"avant": sha256(avant.encode())},
        le=maintenant,
    )


def tenir_les_rondes(*, ouvrier: str, le: datetime, est_mort: Callable[[str], bool]) -> bool:
    """Cet ouvrier fait-il les rondes de la plateforme ? Un seul les tient, une minute à la fois ;
    s'il meurt ou se tait, un autre les prend. `est_mort` : ce que l'on sait, d'ici, du nom donné.
    """
    jusqu_a = le + DUREE_D_UN_TOUR
    # Une échéance trop lointaine est celle d'une horloge en avance.
    libre = Q(ouvrier=ouvrier) | Q(jusqu_a__lte=le) | Q(jusqu_a__gt=le + 2 * DUREE_D_UN_TOUR)
    if TourDeRonde.objects.filter(libre).update(ouvrier=ouvrier, jusqu_a=jusqu_a):
        return True
    tour, neuf = TourDeRonde.objects.get_or_create(
        defaults={"ouvrier": ouvrier, "jusqu_a": jusqu_a}
    )
    if neuf or not est_mort(tour.ouvrier):
        return neuf
    abandonne = TourDeRonde.objects.filter(ouvrier=tour.ouvrier)
    return bool(abandonne.update(ouvrier=ouvrier, jusqu_a=jusqu_a))


def rendre_les_rondes(*, ouvrier: str) -> None:
    """Qui s'arrête n'en prive pas les autres une minute."""
    TourDeRonde.objects.filter(ouvrier=ouvrier).delete()


def noter_l_horloge(*, noeud: str, ecart: Ecart) -> None:
    """L'écart de ce nœud, à l'heure de la base ; celui qui n'en dit plus rien s'oublie."""
    HorlogeDuNoeud.objects.update_or_create(
        noeud=noeud, defaults={**ecart._asdict(), "vue_le": Now()}
    )
    HorlogeDuNoeud.objects.filter(vue_le__lt=Now() - OUBLI_D_UN_NOEUD).delete()


def noter_l_ouvrier(*, le: datetime) -> None:
    """Un ouvrier vient de faire sa ronde : la dernière suffit."""
    PassageDOuvrier.objects.update_or_create(qui="ouvrier", defaults={"vu_le": le})


def dire_sa_version(le: datetime) -> None:
    """Ce nœud sert cette version ; deux versions d'une même machine se disent toutes les deux."""
    NoeudVu.objects.update_or_create(
        noeud=platform.node()[:255], version=numero_de_version(), defaults={"vu_le": le}
    )
    NoeudVu.objects.filter(vu_le__lt=le - OUBLI_D_UN_NOEUD).delete()


def noter_la_mise_a_jour(*, a_l_arret: bool, le: datetime) -> None:
    """La base est à cette version. Un arrêt qu'elle a demandé le reste, si elle reprend."""
    faite, neuve = MiseAJour.objects.get_or_create(
        version=numero_de_version(), defaults={"faite_le": le, "a_l_arret": a_l_arret}
    )
    if a_l_arret and not neuve and not faite.a_l_arret:
        MiseAJour.objects.filter(pk=faite.pk).update(a_l_arret=True)

"""Les clés d'ici sont-elles celles de la base ?"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models.functions import Now

from beffroi.socle.journal import chainage
from beffroi.socle.journal.models import PointDeControle
from beffroi.socle.noeuds.cles import CLES, SERVICE_D_AVANT, Cle, service_d_avant
from beffroi.socle.noeuds.horloges import Ecart
from beffroi.socle.noeuds.models import (
    CleDeLaBase,
    HorlogeDuNoeud,
    MiseAJour,
    NoeudVu,
    PassageDOuvrier,
)

# Trois rondes, et une longue.
SILENCE_D_UNE_HORLOGE = timedelta(minutes=2)
# Trois rondes : l'une peut être longue.
SILENCE_D_UN_NOEUD = timedelta(seconds=60)


def etrangeres() -> Iterator[Cle]:
    """Les clés d'ici que la base ne connaît pas, quand elle en connaît une autre ; celle du
    registre se juge aussi à la dernière tête qu'elle aurait dû signer.
    """
    connues = dict(CleDeLaBase.objects.values_list("usage", "empreinte"))
    for cle in CLES:
        connue = connues.get(cle.usage)
        if connue and connue not in cle.empreintes():
            yield cle
        elif cle.usage == "registre" and not connue and not _a_signe_la_derniere_tete():
            yield cle
    for usage, connue in connues.items():
        if usage.startswith(SERVICE_D_AVANT):
            cle = service_d_avant(usage)
            if connue not in cle.empreintes():
                yield cle


def _a_signe_la_derniere_tete() -> bool:
    """Vrai aussi d'un registre qui n'en a encore aucune."""
    tete = PointDeControle.objects.last()
    if tete is None:
        return True
    return bool(settings.JOURNAL["cle"].exists()) and chainage.est_signee_d_ici(tete.note)


def attend_sa_cle(usage: str) -> bool:
    """Une clé neuve est posée ici, et la base ne la connaît pas encore : aucun nœud n'est reparti
    avec elle.
    """
    connue = CleDeLaBase.objects.filter(usage=usage).values_list("empreinte", flat=True).first()
    ici = next(cle for cle in CLES if cle.usage == usage).empreintes()
    return connue is not None and connue != ici[0]


def horloges() -> dict[str, Ecart]:
    """L'écart de chaque nœud qui l'a dit depuis peu, à l'heure de la base."""
    vues = HorlogeDuNoeud.objects.filter(vue_le__gt=Now() - SILENCE_D_UNE_HORLOGE)
    return {
        noeud: Ecart(ecart_ms, marge_ms)
        for noeud, ecart_ms, marge_ms in vues.order_by("noeud").values_list(
            "noeud", "ecart_ms", "marge_ms"
        )
    }


def ouvrier_vu_le() -> datetime | None:
    """Quand un ouvrier a fait sa dernière ronde, d'où que ce soit."""
    return PassageDOuvrier.objects.values_list("vu_le", flat=True).first()


def noeuds_vus(*, le: datetime) -> list[NoeudVu]:
    """Ceux qui servent cette base à cet instant, et la version de chacun."""
    vus = NoeudVu.objects.filter(vu_le__gt=le - SILENCE_D_UN_NOEUD)
    return list(vus.order_by("noeud", "version"))


def mises_a_jour() -> list[MiseAJour]:
    return list(MiseAJour.objects.order_by("faite_le"))

"""Donner à une base neuve les clés du nœud qui la sert."""

from datetime import datetime

from beffroi.socle.journal import chainage
from beffroi.socle.noeuds.cles import CLES
from beffroi.socle.noeuds.models import CleDeLaBase


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
            CleDeLaBase.objects.filter(pk=connue.pk, empreinte=connue.empreinte).update(
                empreinte=empreinte, depuis_le=le
            )

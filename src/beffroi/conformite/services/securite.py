"""Ajouter une trace de sécurité, et effacer celles qui ont passé douze mois. Rien n'en va au journal des procédures."""

from datetime import datetime

from django.db import transaction

from beffroi.conformite.models import TraceDeSecurite
from beffroi.conformite.rules.securite import seuil

Fait = TraceDeSecurite.Fait


def noter(
    fait: str,
    *,
    le: datetime,
    compte: str = "",
    objet: str = "",
    precision: str = "",
    adresse: str | None = None,
    logiciel: str = "",
) -> TraceDeSecurite:
    """Ajoute une trace. Ni mot de passe, ni code, ni texte tapé : des références et des mots de la machine."""
    return TraceDeSecurite.objects.create(
        fait=fait,
        le=le,
        compte=compte[:16],
        objet=objet[:40],
        precision=precision[:60],
        adresse=adresse,
        logiciel=logiciel,
    )


@transaction.atomic
def purger(*, le: datetime) -> int:
    """Efface ce qui a plus de douze mois. La trace de la purge vient d'abord : la base ne laisse effacer qu'au vu d'elle."""
    anciennes = TraceDeSecurite.objects.filter(le__lt=seuil(le))
    if not anciennes.exists():
        return 0
    noter(Fait.PURGE, le=le)
    nombre, _ = anciennes.delete()
    return nombre

"""Compter, sans la nommer, ce qu'un réseau fonde en un jour."""

from datetime import datetime

from django.db import models, transaction
from django.utils.crypto import salted_hmac

from beffroi.personnes.entreprises import queries
from beffroi.personnes.entreprises.models import FondationsDUnReseau
from formats.dates import PARIS

SEL = "beffroi.entreprises.reseau"


def empreinte_du_reseau(reseau: str) -> str:
    """Sous la clé du service : la table ne dit pas l'adresse."""
    return salted_hmac(SEL, reseau, algorithm="sha256").hexdigest() if reseau else ""


def compter_une_fondation(reseau: str, *, maintenant: datetime) -> int:
    """Celles d'avant, ce jour-là, depuis ce réseau ; et celle-ci en plus."""
    empreinte, jour = empreinte_du_reseau(reseau), maintenant.astimezone(PARIS).date()
    if not empreinte:
        return 0
    avant = queries.fondees_du_reseau(empreinte, str(jour))
    FondationsDUnReseau.objects.get_or_create(empreinte=empreinte, jour=jour)
    FondationsDUnReseau.objects.filter(empreinte=empreinte, jour=jour).update(
        nombre=models.F("nombre") + 1
    )
    return avant


@transaction.atomic
def oublier_les_reseaux(*, le: datetime) -> int:
    """Ce qui s'est compté hier ne sert plus."""
    jour = le.astimezone(PARIS).date()
    return FondationsDUnReseau.objects.filter(jour__lt=jour).delete()[0]

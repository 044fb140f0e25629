"""Les écritures du socle : un numéro qui suit, un courriel qui part."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string

from beffroi.socle.fondations import exploitant
from beffroi.socle.fondations.models import SIGNES_D_UNE_CLE, Courriel, Numerotation
from formats.courriels import sans_nul, sur_une_ligne

SIGNES_D_UNE_EMPREINTE = 32


class Destinataire(Protocol):
    """À qui l'on écrit ; sa référence distingue son courriel de celui d'un autre."""

    @property
    def courriel(self) -> str: ...

    @property
    def reference(self) -> str: ...


def numero_suivant(suite: str) -> int:
    """Le numéro qui suit dans la suite ; la transaction de l'appelant le garde ou le rend."""
    cette_suite = Numerotation.objects.filter(suite=suite)
    if not cette_suite.update(dernier=F("dernier") + 1):
        Numerotation.objects.get_or_create(suite=suite)
        cette_suite.update(dernier=F("dernier") + 1)
    return Numerotation.objects.values_list("dernier", flat=True).get(suite=suite)


@transaction.atomic
def ecrire_courriel(
    *,
    cle: str,
    destinataire: str,
    sujet: str,
    texte: str,
    maintenant: datetime,
    pieces: list[dict[str, Any]] | None = None,
    arret: str = "",
) -> Courriel:
    """Met un courriel à la boîte d'envoi. La même clé n'écrit qu'un courriel.

    Une adresse illisible ne bloque pas l'acte qui écrit : la ligne naît refusée. `arret` :
    l'adresse qui arrête tout d'un clic, pour un courriel d'abonnement (RFC 8058). `pieces` : liste
    de `{"nom": …, "type": …, "fabrique": "chemin.de.fonction", "arguments": […]}` ; la fonction
    rend les octets au moment de l'envoi.
    """
    courriel, nouveau = Courriel.objects.get_or_create(
        cle=_cle_gardee(cle),
        defaults={
            "destinataire": destinataire[:254],
            "sujet": sur_une_ligne(settings.AVANT_UN_COURRIEL["sujet"] + sujet)[:250],
            "texte": sans_nul(settings.AVANT_UN_COURRIEL["texte"] + texte),
            "pieces": [{**piece, "nom": sur_une_ligne(piece["nom"])} for piece in pieces or []],
            "arret": sur_une_ligne(arret),
            "ecrit_le": maintenant,
            **_refus(destinataire, le=maintenant),
        },
    )
    if nouveau and not courriel.refuse_le:
        _enfiler(courriel)
    return courriel


def ecrire_a(
    adresse: str,
    *,
    cle: str,
    sujet: str,
    gabarit: str,
    contexte: Mapping[str, object],
    maintenant: datetime,
    pieces: list[dict[str, Any]] | None = None,
) -> Courriel:
    """Écrit un courriel tiré de son gabarit, qui connaît toujours `service` : son pied le nomme."""
    return ecrire_courriel(
        cle=cle,
        destinataire=adresse,
        sujet=sujet,
        texte=render_to_string(gabarit, {"service": exploitant.service(), **contexte}),
        maintenant=maintenant,
        pieces=pieces,
    )


def ecrire_a_chacun(
    personnes: Iterable[Destinataire],
    *,
    cle: str,
    sujet: str,
    gabarit: str,
    contexte: Mapping[str, object],
    maintenant: datetime,
    propre: Callable[[Any], Mapping[str, object]] = lambda _: {},
) -> None:
    """Le même courriel à chacun : le gabarit connaît `personne`, sa référence finit la clé.

    `propre` : ce que lui seul y lit, son lien par exemple.
    """
    for personne in personnes:
        ecrire_a(
            personne.courriel,
            cle=f"{cle}{personne.reference}",
            sujet=sujet,
            gabarit=gabarit,
            contexte={**contexte, "personne": personne, **propre(personne)},
            maintenant=maintenant,
        )


def _cle_gardee(cle: str) -> str:
    """La clé telle que sa ligne la garde : trop longue, elle finit par l'empreinte du tout.

    Une adresse a jusqu'à 254 signes : PostgreSQL refuserait la ligne, et l'acte avec elle.
    """
    if len(cle) <= SIGNES_D_UNE_CLE:
        return cle
    empreinte = hashlib.sha256(cle.encode()).hexdigest()[:SIGNES_D_UNE_EMPREINTE]
    return cle[: SIGNES_D_UNE_CLE - SIGNES_D_UNE_EMPREINTE] + empreinte


def _refus(destinataire: str, *, le: datetime) -> dict[str, Any]:
    try:
        validate_email(destinataire)
    except ValidationError:
        return {"refuse_le": le, "refus": "Ce n'est pas une adresse électronique."}
    return {}


def _enfiler(courriel: Courriel) -> None:
    from beffroi.socle.fondations.courriel import envoyer_courriel

    envoyer_courriel.enqueue(courriel.pk)


@transaction.atomic
def relancer_le_courriel(reference: str) -> bool:
    """L'exploitant renvoie un courriel refusé ou douteux, au risque d'un double ;
    faux s'il est parti ou s'il attend.
    """
    a_relancer = Courriel.objects.filter(reference=reference, envoye_le=None).exclude(
        confie_le=None, refuse_le=None
    )
    for courriel in a_relancer:
        a_relancer.update(confie_le=None, refuse_le=None, refus="")
        _enfiler(courriel)
        return True
    return False

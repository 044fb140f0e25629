"""Trouver qui appelle : par son numéro, son nom, son SIREN, une de ses consultations.

Un numéro partagé par deux adhérents en rend deux : l'écran demande lequel, il ne suppose pas.
"""

from collections.abc import Iterator

from beffroi.centre.adherents import rules
from beffroi.centre.adherents.ecrans import plier
from beffroi.centre.adherents.models import Adherent, Contact
from beffroi.centre.adherents.ports import organisme_d_une_consultation

AU_PLUS = 20


def trouver(mots: str) -> list[Adherent]:
    """Un nombre de lectures qui ne dépend ni des adhérents, ni de ce qui est cherché."""
    mots = mots.replace("\0", "").strip()
    if not mots:
        return []
    tous = list(Adherent.objects.select_related("organisme"))
    return (
        _par_siren(tous, mots)
        or _par_consultation(tous, mots)
        or _par_numero(tous, mots)
        or _par_nom(tous, mots)
    )


def _par_siren(tous: list[Adherent], mots: str) -> list[Adherent]:
    """Un SIREN, ou le SIRET qui en commence un."""
    chiffres = "".join(mots.split())
    if len(chiffres) not in (9, 14) or not (chiffres.isascii() and chiffres.isdigit()):
        return []
    return [adherent for adherent in tous if adherent.siren == chiffres[:9]]


def _par_consultation(tous: list[Adherent], mots: str) -> list[Adherent]:
    organisme = organisme_d_une_consultation(mots)
    if organisme is None:
        return []
    return [adherent for adherent in tous if adherent.organisme_id == organisme.pk]


def _par_numero(tous: list[Adherent], mots: str) -> list[Adherent]:
    cherche = rules.numero_de_telephone(mots)
    if not cherche:
        return []
    par_contact = {
        adherent
        for adherent, telephone in Contact.objects.exclude(telephone="")
        .order_by()
        .values_list("adherent_id", "telephone")
        if rules.numero_de_telephone(telephone) == cherche
    }
    return [
        adherent
        for adherent in tous
        if adherent.pk in par_contact
        or cherche in map(rules.numero_de_telephone, _numeros(adherent))
    ]


def _numeros(adherent: Adherent) -> Iterator[str]:
    yield adherent.telephone
    if adherent.organisme is not None:
        yield adherent.organisme.telephone


def _par_nom(tous: list[Adherent], mots: str) -> list[Adherent]:
    cherches = plier(mots).split()
    return [
        adherent
        for adherent in tous
        if all(mot in plier(f"{adherent.nom} {adherent.ville}") for mot in cherches)
    ]

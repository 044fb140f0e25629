"""Noter une trace, depuis une vue ou le navigateur.

Rien ici ne touche à la base, ni ne peut échouer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import force_bytes

from beffroi.reponse.depots import limits
from beffroi.reponse.traces import cahier, rules
from beffroi.reponse.traces.limites import details_de
from beffroi.reponse.traces.models import Nature
from formats.dates import PARIS


@dataclass(frozen=True)
class Quoi:
    """Ce qui s'est passé ;
    `dite_le`, `texte`, `cause` et `details` viennent du navigateur, et sont bornés ici.
    """

    nature: Nature
    texte: str = ""
    cause: str = ""
    dite_le: datetime | None = None
    details: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Sujet:
    """De qui, et sur quoi : une réponse ;
    avant qu'elle existe, la consultation où cette personne veut répondre.
    """

    personne: str
    reponse: str = ""
    consultation: str = ""


def noter(request: HttpRequest, reponse: str, quoi: Quoi, *, le: datetime) -> bool:
    """Ajoute la trace au cahier ;
    faux si elle n'a pas pu l'être, ce que personne n'a besoin de savoir.
    """
    return noter_sur(
        request, Sujet(getattr(request.user, "reference", ""), reponse=reponse), quoi, le=le
    )


def noter_sur(request: HttpRequest, sujet: Sujet, quoi: Quoi, *, le: datetime) -> bool:
    """La même, sur une réponse ou sur une consultation :
    un jeton n'a pas de séance, et sa personne se dit.
    """
    if not rules.est_une_reference(sujet.reponse) and not rules.est_une_consultation(
        sujet.consultation
    ):
        return False
    adresse = request.META.get("REMOTE_ADDR", "")
    secret = force_bytes(settings.SECRET_KEY)
    trace = {
        "nature": quoi.nature.value,
        "reponse": sujet.reponse,
        "consultation": sujet.consultation,
        "personne": sujet.personne,
        "texte": rules.texte_court(quoi.texte, rules.SIGNES_DU_TEXTE),
        "cause": rules.texte_court(quoi.cause, rules.SIGNES_DE_LA_CAUSE),
        "dite_le": quoi.dite_le.isoformat() if quoi.dite_le else "",
        "details": details_de(quoi.nature, dict(quoi.details or {})),
        "navigateur": rules.texte_court(
            request.headers.get("User-Agent", ""), rules.SIGNES_DU_NAVIGATEUR
        ),
        "poste": rules.poste(adresse, jour=le.astimezone(PARIS).date(), secret=secret),
    }
    return cahier.ajouter(trace, le=le)


# Ce que ce processus a déjà noté, borné :
# ses limites ne changent qu'avec lui, et la lecture ôte les redites.
_NOTEES: dict[Sujet, dict[str, int]] = {}
SUJETS_EN_MEMOIRE = 10_000


def noter_les_limites(request: HttpRequest, sujet: Sujet, *, le: datetime) -> None:
    """Celles que ce serveur applique à l'instant,
    si elles diffèrent des dernières qu'il a notées là.
    """
    valeurs = limits.annonce()
    if _NOTEES.get(sujet) == valeurs:
        return
    if noter_sur(request, sujet, Quoi(Nature.LIMITES, details=valeurs), le=le):
        if len(_NOTEES) >= SUJETS_EN_MEMOIRE:
            _NOTEES.clear()
        _NOTEES[sujet] = valeurs


def suivre(request: HttpRequest, *, refus: str = "") -> None:
    """La personne agit pour une entreprise :
    cette page est à noter, avec le refus qu'elle montre.
    """
    request.a_noter = True  # type: ignore[attr-defined]
    dire_le_refus(request, refus)


def regarder(request: HttpRequest) -> None:
    """La page se montre à quelqu'un qui agit pour une entreprise :
    qui la compose le sait déjà, rien ne se redemande.
    """
    request.est_regardee = True  # type: ignore[attr-defined]


def dire_le_refus(request: HttpRequest, texte: str) -> None:
    """Le texte exact que la réponse montrera : la trace le répète."""
    request.refus_dit = texte  # type: ignore[attr-defined]


def depuis_le_navigateur(request: HttpRequest, reponse: str, envoyees: Any, *, le: datetime) -> int:
    """Les traces qu'une page rapporte, soixante-quatre au plus ; ce qui n'a pas de sens est ignoré.

    Rend combien.
    """
    if not isinstance(envoyees, list):
        return 0
    quois = [_quoi(une) for une in envoyees[: rules.TRACES_PAR_ENVOI] if isinstance(une, dict)]
    return sum(noter(request, reponse, quoi, le=le) for quoi in quois if quoi is not None)


def _quoi(envoyee: dict[str, Any]) -> Quoi | None:
    nature = envoyee.get("nature")
    if nature not in Nature.values or nature == Nature.LIMITES:  # le serveur seul les connaît
        return None
    return Quoi(
        nature=Nature(nature),
        texte=rules.texte_court(envoyee.get("texte"), rules.SIGNES_DU_TEXTE),
        cause=rules.texte_court(envoyee.get("cause"), rules.SIGNES_DE_LA_CAUSE),
        dite_le=rules.heure_du_poste(envoyee.get("a")),
        details=rules.details_du_navigateur(envoyee.get("details")),
    )

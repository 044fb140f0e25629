"""Les séances du site, rangées sous leur compte : chacun voit les siennes, et les ferme.

À nommer dans `SESSION_ENGINE`. Une connexion dit d'où elle vient dans les mots de la maison : ni
adresse de réseau, ni ce que le navigateur annonce de lui.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.http import HttpRequest

from beffroi.personnes.comptes import rules
from beffroi.socle.fondations.horloge import heure_reelle
from beffroi.socle.fondations.requetes import la_premiere, prete

if TYPE_CHECKING:
    from beffroi.personnes.comptes.models import Connexion

LOGICIEL = "logiciel"
# Là où allauth tient les preuves d'identité d'une séance, la première d'abord.
PREUVES = "account_authentication_methods"


class SessionStore(db.SessionStore):
    """Celle de Django, dont chaque ligne nomme son compte."""

    @classmethod
    def get_model_class(cls) -> "type[Connexion]":
        return apps.get_model("comptes", "Connexion")

    def _get_session_from_db(self) -> "Connexion | None":
        ligne = la_premiere(_en_cours(self.session_key or "", heure_reelle()))
        if ligne is None:
            self._session_key = None
        return ligne

    def create_model_instance(self, data: dict[str, Any]) -> "Connexion":
        ligne = cast("Connexion", super().create_model_instance(data))
        ligne.utilisateur_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return ligne


@prete
def _en_cours(cle: str, le: datetime) -> "QuerySet[Connexion]":
    """Chaque page d'une personne connectée commence par la lire."""
    connexions = SessionStore.get_model_class().objects
    return connexions.filter(session_key=cle, expire_date__gt=le)[:1]


@dataclass(frozen=True)
class Ouverte:
    """Une connexion d'un compte, telle que son titulaire la lit."""

    reference: str
    logiciel: str
    depuis: datetime | None
    est_celle_ci: bool


def lue(ligne: "Connexion", *, ici: str) -> Ouverte:
    dit = ligne.get_decoded()
    preuves = dit.get(PREUVES, [])
    return Ouverte(
        reference=reference(ligne.session_key),
        logiciel=dit.get(LOGICIEL, rules.logiciel("")),
        depuis=datetime.fromtimestamp(preuves[0]["at"], UTC) if preuves else None,
        est_celle_ci=ligne.session_key == ici,
    )


def reference(cle: str) -> str:
    """De quoi désigner une connexion sans en montrer la clé, qui est un secret."""
    return hashlib.sha256(cle.encode()).hexdigest()[:16]


def noter_le_logiciel(*, request: HttpRequest, **_: Any) -> None:
    """À chaque connexion : le navigateur et le système, en deux mots."""
    request.session[LOGICIEL] = rules.logiciel(request.headers.get("User-Agent", ""))

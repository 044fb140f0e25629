"""La séance d'une personne déjà connectée une fois, plantée sur une autre plateforme.

Chaque processus d'essais connecte chaque personne par les écrans, une fois : son adresse, son mot
de passe, son code. Les copies d'une démonstration ont les mêmes comptes et la même clé : la séance
que cette connexion a ouverte y vaut. Elle y entre sous une clé neuve, datée d'aujourd'hui.
"""

import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from sqlite3 import connect
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.core import signing

from beffroi.personnes.comptes.connexions import PREUVES
from beffroi.personnes.organismes.inactivite import CLE_DE_SEANCE
from beffroi.socle.fondations.cles_du_service import PRESENTE
from tests.plateforme import Plateforme

COOKIE = "session"
DUREE = timedelta(hours=20)
# Le compte, et ce que sa première connexion a mis dans sa séance. Sous une autre clé, une autre
# démonstration, rien n'en vaudrait.
_connues: dict[tuple[str, str], tuple[int, dict[str, Any]]] = {}


def retenir(page: Any, qui: str) -> None:
    """Ce que cette connexion a ouvert, pour les suivantes."""
    if (plateforme := chez(page)) and (cle := cle_de(page)):
        with closing(base_de(plateforme)) as base:
            ouverte = base.execute(
                "SELECT utilisateur_id, session_data FROM comptes_connexion"
                " WHERE session_key = ? AND utilisateur_id IS NOT NULL",
                (cle,),
            ).fetchone()
        if ouverte:
            donnees = signing.loads(ouverte[1], **signature(plateforme))
            _connues[cle_secrete(plateforme), qui] = ouverte[0], donnees


def planter(page: Any, qui: str) -> bool:
    """La personne est connectée ; faux si rien n'est connu d'elle, ou de cette plateforme."""
    plateforme = chez(page)
    connue = _connues.get((cle_secrete(plateforme), qui)) if plateforme else None
    if plateforme is None or connue is None:
        return False
    compte, donnees = connue
    cle, maintenant = token_hex(16), datetime.now(UTC)
    signees = signing.dumps(d_aujourd_hui(donnees), compress=True, **signature(plateforme))
    with closing(base_de(plateforme)) as base, base:
        base.execute(
            "INSERT INTO comptes_connexion (session_key, session_data, expire_date, utilisateur_id)"
            " VALUES (?, ?, ?, ?)",
            (cle, signees, f"{maintenant + DUREE:%Y-%m-%d %H:%M:%S}", compte),
        )
    page.context.add_cookies([{"name": COOKIE, "value": cle, "url": plateforme.adresse}])
    return True


def d_aujourd_hui(donnees: dict[str, Any]) -> dict[str, Any]:
    """Les mêmes preuves d'identité, données à l'instant ; aucun geste encore."""
    preuves = [{**preuve, "at": time.time()} for preuve in donnees.get(PREUVES, [])]
    return {**{k: v for k, v in donnees.items() if k != CLE_DE_SEANCE}, PREUVES: preuves}


def chez(page: Any) -> Plateforme | None:
    """La plateforme où ce navigateur va ; rien, si qui l'a ouvert ne l'a pas dit."""
    return getattr(page.context, "plateforme", None)


def cle_de(page: Any) -> str:
    return next((c["value"] for c in page.context.cookies() if c["name"] == COOKIE), "")


def base_de(plateforme: Plateforme) -> Any:
    return connect(plateforme.dossier / "beffroi.sqlite3", timeout=20)


def signature(plateforme: Plateforme) -> dict[str, Any]:
    """Comme Django signe une séance, sous la clé de cette plateforme."""
    magasin = SessionStore()
    return {
        "key": cle_secrete(plateforme),
        "salt": magasin.key_salt,
        "serializer": magasin.serializer,
    }


def cle_secrete(plateforme: Plateforme) -> str:
    return (plateforme.dossier / "cles" / PRESENTE).read_text("utf-8").strip()

"""Chercher depuis un logiciel :
les mêmes critères que la page, les mêmes résultats, par repères.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from beffroi.contrat.donnees_ouvertes.queries import absolue
from beffroi.faces.api import schemas
from beffroi.faces.api.public import ABSENTE, FREIN
from beffroi.publicite.recherche import queries
from beffroi.publicite.recherche.models import FicheIndexee
from beffroi.publicite.recherche.queries import Repere
from beffroi.publicite.recherche.rules.requete import CRITERES, Recherche
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant

ORIGINE, MICROSECONDE = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
routes = Router(auth=None, tags=["lecture publique"], throttle=FREIN)


@routes.get("/recherche", response={200: schemas.PageDeResultats, **ABSENTE})
def chercher(request: HttpRequest, demande: Query[schemas.RechercheDemandee]) -> dict[str, Any]:
    """Chercher : les critères de la page publique, et ses résultats.

    `suivant` donne la suite, mille fiches au plus.
    """
    lecture, le = (
        queries.lire({critere: getattr(demande, critere) for critere in CRITERES}),
        maintenant(),
    )
    apres = lire_le_curseur(demande.curseur, lecture.recherche)
    lus, suivant = queries.suite_des_resultats(
        lecture.recherche, le=le, nombre=demande.limite, apres=apres
    )
    return {
        "consultations": [en_fiche(fiche, le) for fiche in lus.fiches],
        "nombre": lus.nombre,
        "plafonne": lus.plafonne,
        "corrections": [{"ecrit": c.ecrit, "cherche": c.cherche} for c in lus.corrections],
        "inconnus": list(lus.inconnus),
        "ecartes": list(lecture.ecartes),
        "suivant": ecrire_le_curseur(suivant, lecture.recherche) if suivant else None,
    }


def en_fiche(fiche: FicheIndexee, le: datetime) -> dict[str, Any]:
    adresse = f"/consultations/{fiche.reference}/"
    return {
        "reference": fiche.reference,
        "titre": fiche.titre,
        "acheteur": {"nom": fiche.acheteur, "siren": fiche.siren},
        "nature": fiche.nature,
        "procedure": fiche.procedure,
        "lieu": fiche.lieu,
        "departement": fiche.departement,
        "nombre_de_lots": fiche.nombre_de_lots,
        "etat": "sans_suite"
        if fiche.sans_suite_le
        else ("close" if fiche.limite < le else "publiee"),
        "publiee_le": fiche.publiee_le,
        "modifiee_le": fiche.modifiee_le,
        "date_limite": fiche.limite,
        "adresse": absolue(adresse),
        "detail": absolue(f"/api/v1{adresse.removesuffix('/')}"),
    }


# ---------------------------------------------------------------- le curseur


def ecrire_le_curseur(repere: Repere, recherche: Recherche) -> str:
    """Le repère, et la recherche qu'il suit : il ne vaut pour aucune autre."""
    return f"{repere.rang}.{(repere.instant - ORIGINE) // MICROSECONDE}.{_empreinte(recherche)}"


def lire_le_curseur(texte: str, recherche: Recherche) -> Repere | None:
    if not texte:
        return None
    rang, ecart, empreinte = texte.split(".")
    if empreinte != _empreinte(recherche):
        raise Introuvable(
            "Ce curseur vient d'une autre recherche : "
            "gardez les mêmes critères d'une page à l'autre."
        )
    return Repere(int(rang), ORIGINE + int(ecart) * MICROSECONDE)


def _empreinte(recherche: Recherche) -> str:
    return hashlib.sha256(recherche.ecrire().encode()).hexdigest()[:16]

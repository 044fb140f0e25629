"""Remplacer le premier document d'une consultation publiée, et publier la version."""

import io
from datetime import datetime, timedelta

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.tests.scene import Scene
from beffroi.achat.dossiers import services


def remplacer(
    scene: Scene,
    consultation: Consultation,
    contenu: bytes = b"%PDF version 2",
    nom: str = "reglement-v2.pdf",
):
    """Prépare le remplacement ; rien n'est publié."""
    return services.preparer_un_remplacement(
        piece=consultation.pieces.first(),
        fichier=services.Fichier(nom, io.BytesIO(contenu)),
        par=scene.martine.acteur,
        maintenant=scene.le,
    )


def publier_une_version(
    scene: Scene, consultation: Consultation, *, le: datetime | None = None, **annonce: object
):
    champs = {"explication": "L'article 3 est précisé.", "portee": "negligeable", **annonce}
    return services.publier_une_version(
        consultation=consultation,
        annonce=services.Annonce(**champs),
        par=scene.martine.acteur,
        maintenant=le or scene.le + timedelta(minutes=1),
    )

"""Le règlement de la consultation : un fichier par chapitre, une fonction par clause."""

from beffroi.achat.redaction.faits import Faits
from beffroi.achat.redaction.reglement import (
    acheteur,
    aide,
    attribution,
    candidature,
    contenu,
    copie_de_sauvegarde,
    criteres,
    depot,
    donnees_personnelles,
    dossier,
    duree,
    examen,
    execution,
    groupement,
    lots,
    negociation,
    objet,
    offre,
    procedure,
    recours,
    signature,
    variantes,
    visite,
)
from formats.document import Chapitre

_CHAPITRES = (
    acheteur,
    objet,
    procedure,
    lots,
    contenu,
    duree,
    variantes,
    groupement,
    visite,
    dossier,
    candidature,
    offre,
    signature,
    depot,
    copie_de_sauvegarde,
    criteres,
    negociation,
    examen,
    attribution,
    execution,
    recours,
    donnees_personnelles,
    aide,
)


def chapitres(faits: Faits) -> tuple[Chapitre, ...]:
    """Les chapitres qui ont quelque chose à dire, dans l'ordre."""
    return tuple(chapitre for module in _CHAPITRES if (chapitre := module.rediger(faits)).blocs)

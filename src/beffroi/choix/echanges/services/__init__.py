"""Écrire aux entreprises, prouver ce qu'elles ont reçu et lu, recevoir ce qu'elles répondent."""

from beffroi.choix.echanges.services.actes import empreinte, noter, noter_dans, pieces_dites
from beffroi.choix.echanges.services.envois import (
    EnvoiGroupe,
    alerter,
    apercus,
    empreinte_du_texte,
    envoyer,
    faits_de,
    remettre_d_un_acte,
    valeurs_de,
)
from beffroi.choix.echanges.services.redaction import (
    Projet,
    choisir,
    ecrire_les_textes_propres,
    exiger_les_destinataires,
    garder,
    joindre_a_une_seule,
    rediger,
    supprimer,
)
from beffroi.choix.echanges.services.suites import (
    Reponse,
    constater_l_alerte,
    inscrire_le_refus,
    lire,
    lire_les_retours,
    n_est_pas_un_depot,
    relancer,
    repondre,
)
from beffroi.socle.guichet.envois import Fichier

__all__ = [
    "EnvoiGroupe",
    "Fichier",
    "Projet",
    "Reponse",
    "alerter",
    "apercus",
    "choisir",
    "constater_l_alerte",
    "ecrire_les_textes_propres",
    "empreinte",
    "empreinte_du_texte",
    "envoyer",
    "exiger_les_destinataires",
    "faits_de",
    "garder",
    "inscrire_le_refus",
    "joindre_a_une_seule",
    "lire",
    "lire_les_retours",
    "n_est_pas_un_depot",
    "noter",
    "noter_dans",
    "pieces_dites",
    "rediger",
    "relancer",
    "remettre_d_un_acte",
    "repondre",
    "supprimer",
    "valeurs_de",
]

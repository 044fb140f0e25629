"""Ce que le script du dépôt reçoit avec la page :
de quoi sceller, envoyer et reprendre sans rien redemander.
"""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse

from beffroi.achat.tours.queries import paires_de
from beffroi.personnes.cles.publiees import publication
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import acces, limits
from beffroi.reponse.depots.models import FichierScelle
from beffroi.reponse.reponses.avertissements import avertissements
from beffroi.reponse.reponses.queries.avancement import Avancement, Place
from beffroi.socle.journal import chainage, releves


def donnees_de_page(
    reponse: Avancement, personne: Utilisateur, *, place: Place | None = None
) -> dict[str, Any]:
    """Le jeton dedans ne vaut que pour cette réponse et cette personne ;
    il survit à la session, pas au compte.
    """
    brouillon, consultation = reponse.brouillon, reponse.consultation
    dits = avertissements(reponse)
    reference = brouillon.reference
    return {
        "reponse": reference,
        "consultation": consultation.reference,
        "jeton": acces.jeton_de_reponse(brouillon, personne),
        "date_limite": reponse.limite.isoformat(),
        "limites": limits.annonce(),
        "cles": les_cles(reponse),
        "journal": releves.en_lignes(),
        "horodatage": chainage.certificats_d_horodatage(),
        "place": {"enveloppe": place.enveloppe, "lot": place.lot} if place else None,
        "attendues": les_pieces_attendues(reponse),
        "fichiers": [
            un_fichier(reponse, fichier, dits=dits[fichier.pk])
            for place in reponse.places
            for fichier in place.fichiers
        ],
        "depot": reponse.depot.reference if reponse.depot else None,
        "recoit_encore": reponse.recoit_encore,
        "adresses": {
            "ouvrier": static("beffroi/js/ouvrier.js"),
            "seance": reverse("reponses:seance", args=[reference]),
            "fichiers": reverse("reponses:reponse", args=[reference]) + "fichiers/",
            "connexion": reverse("account_login"),
            "recepisses": "/depots/",
            "reponse": reverse("reponses:reponse", args=[reference]),
            "traces": reverse("reponses:traces", args=[reference]),
        },
    }


def les_cles(reponse: Avancement) -> dict[str, dict[str, Any]]:
    """Chaque clé vient avec de quoi la vérifier : le navigateur ne scelle rien avant."""
    return {
        sorte: {
            "destinataire": paire.destinataire,
            "empreinte": paire.empreinte,
            "preuve": publication(paire),
        }
        for sorte, paire in paires_de(reponse.consultation, reponse.brouillon.tour).items()
    }


def les_pieces_attendues(reponse: Avancement) -> list[dict[str, Any]]:
    return [
        {
            "piece": piece.attendue.reference,
            "intitule": piece.attendue.intitule,
            "formats": piece.attendue.formats,
            "formats_lisibles": piece.formats,
            "enveloppe": place.enveloppe,
            "lot": place.lot,
        }
        for place in reponse.places
        for piece in place.pieces
    ]


def un_fichier(reponse: Avancement, fichier: FichierScelle, *, dits: list[str]) -> dict[str, Any]:
    return {
        "fichier": fichier.reference,
        "enveloppe": fichier.enveloppe,
        "lot": fichier.lot,
        "nom": fichier.nom,
        "taille": fichier.taille,
        "taille_claire": fichier.taille_claire,
        "etat": fichier.etat,
        "termine_le": fichier.termine_le.isoformat() if fichier.termine_le else None,
        "piece": fichier.piece.reference if fichier.piece else "",
        "depose": fichier.pk in reponse.deposes,
        "racine": fichier.racine,
        "sha256_scelle": fichier.sha256_declare,
        "avertissements": dits,
    }

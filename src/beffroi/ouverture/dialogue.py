"""Ce que le serveur dit aux navigateurs de la séance : à chacun ce qui le regarde."""

import base64
from typing import Any

from beffroi.cles import queries as cles
from beffroi.cles.scellement import lire_destinataire
from beffroi.coffre.coffre import coffre
from beffroi.ouverture import queries
from beffroi.ouverture.ecrans import Tableau
from beffroi.ouverture.models import Participant


def etat(tableau: Tableau) -> dict[str, Any]:
    """L'état de la séance pour une personne, tel que son script le lit."""
    seance = tableau.seance
    vu: dict[str, Any] = {
        "version": tableau.version,
        "etat": tableau.etat,
        "preside": tableau.preside,
        "cle_ephemere": seance.cle_ephemere,
        "seuil": queries.seuil_de(seance),
        "cles": cles_de_la_personne(tableau),
    }
    if tableau.preside:
        autres = [place for place in tableau.porteurs if place.connecte_le and place.utilisateur != tableau.utilisateur]
        vu["table"] = [place_vue_par_la_presidence(place) for place in autres]
        vu["coffre"] = destinataire_du_coffre()
    elif tableau.place is not None:
        vu["place"] = ma_place(tableau.place)
        vu["part_attendue"] = vu["seuil"] > 1 or not queries.parts_de(seance, seance.presidee_par)
    return vu


def cles_de_la_personne(tableau: Tableau) -> list[dict[str, Any]]:
    """Ses parts scellées, et les façons d'ouvrir l'identité qui les ouvre."""
    parts = queries.parts_de(tableau.seance, tableau.utilisateur)
    paires = tableau.consultation.paires_de_cles
    return [
        {
            "sorte": sorte,
            "empreinte": paire.empreinte,
            "part": en_base64(parts[sorte].contenu) if sorte in parts else "",
            "fentes": fentes(parts[sorte].identite) if sorte in parts else [],
        }
        for sorte, paire in paires.items()
    ]


def fentes(identite: Any) -> list[dict[str, Any]]:
    return [
        {
            "sorte": fente.sorte,
            "libelle": fente.libelle or fente.get_sorte_display(),
            "contenu": en_base64(fente.contenu),
            "parametres": fente.parametres,
        }
        for fente in identite.fentes.order_by("pk")
    ]


def place_vue_par_la_presidence(place: Participant) -> dict[str, Any]:
    return {
        "reference": place.utilisateur.reference if place.utilisateur else "",
        "nom": place.nom,
        "destinataire": destinataire_de(place),
        "engage": bool(place.engagement_du_code),
        "alea": place.alea_du_code,
        "revele": bool(place.alea_de_la_presidence),
        "sans_conflit": place.sans_conflit_le is not None,
        "confirme": place.confirme_le is not None,
        "parts": place.part_rescellee,
    }


def ma_place(place: Participant) -> dict[str, Any]:
    return {
        "destinataire": destinataire_de(place),
        "ouvre": place.ouvre,
        "engagement": place.engagement_du_code,
        "alea": place.alea_du_code,
        "alea_de_la_presidence": place.alea_de_la_presidence,
        "confirme": place.confirme_le is not None,
        "cle_tournee": place.cle_tournee_le is not None,
    }


def destinataire_de(place: Participant) -> str:
    """La clé publique de la personne : elle entre dans le code, et l'attache à elle."""
    identite = cles.identite_en_cours(place.utilisateur) if place.utilisateur else None
    return identite.destinataire if identite else ""


def destinataire_du_coffre() -> dict[str, str]:
    lu = lire_destinataire(coffre().destinataire())
    return {"destinataire": lu.texte, "empreinte": lu.empreinte}


def en_base64(octets: Any) -> str:
    return base64.b64encode(bytes(octets)).decode("ascii")

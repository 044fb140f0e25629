"""Ce que le serveur dit aux navigateurs de la séance : à chacun ce qui le regarde."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.scellement import lire_destinataire
from beffroi.seance.coffre.coffre import coffre
from beffroi.seance.ouverture import queries
from beffroi.seance.ouverture.ecrans import Tableau
from beffroi.seance.ouverture.tables import PlaceATable, TableDeCles


class PartScellee(Protocol):
    """Une part de clé, et l'identité qui l'ouvre."""

    contenu: Any
    identite: Any


@dataclass(frozen=True)
class Vue:
    """Une table de clés, vue par une personne : la séance, ou sa répétition."""

    table: TableDeCles
    version: str
    etat: str
    seuil: int
    preside: bool
    presidence_a_une_part: bool
    empreintes: Mapping[str, str]
    enregistrements: Mapping[str, str]
    parts: Mapping[str, PartScellee]
    place: PlaceATable | None
    autres: Sequence[PlaceATable]


def vue_de_la_seance(tableau: Tableau) -> Vue:
    seance, paires = tableau.seance, tableau.seance.paires_de_cles
    autres = [
        place
        for place in tableau.porteurs
        if place.connecte_le and place.utilisateur != tableau.utilisateur
    ]
    return Vue(
        table=seance,
        version=tableau.version,
        etat=tableau.etat,
        seuil=queries.seuil_de(seance),
        preside=tableau.preside,
        presidence_a_une_part=bool(queries.parts_de(seance, seance.presidee_par)),
        empreintes={sorte: paire.empreinte for sorte, paire in paires.items()},
        enregistrements={sorte: paire.enregistrement for sorte, paire in paires.items()},
        parts=queries.parts_de(seance, tableau.utilisateur),
        place=tableau.place,
        autres=autres,
    )


def etat(vue: Vue) -> dict[str, Any]:
    """L'état de la table pour une personne, tel que son script le lit."""
    dit: dict[str, Any] = {
        "version": vue.version,
        "etat": vue.etat,
        "preside": vue.preside,
        "cle_ephemere": vue.table.cle_ephemere,
        "seuil": vue.seuil,
        "cles": cles_de_la_personne(vue),
    }
    if vue.preside:
        dit["table"] = [place_vue_par_la_presidence(place) for place in vue.autres]
        dit["coffre"] = destinataire_du_coffre()
    elif vue.place is not None:
        dit["place"] = ma_place(vue.place)
        dit["part_attendue"] = vue.seuil > 1 or not vue.presidence_a_une_part
    return dit


def cles_de_la_personne(vue: Vue) -> list[dict[str, Any]]:
    """Ses parts scellées, et les façons d'ouvrir l'identité qui les ouvre."""
    return [
        {
            "sorte": sorte,
            "empreinte": empreinte,
            "enregistrement": vue.enregistrements[sorte],
            "part": en_base64(vue.parts[sorte].contenu) if sorte in vue.parts else "",
            "fentes": fentes(vue.parts[sorte].identite) if sorte in vue.parts else [],
        }
        for sorte, empreinte in vue.empreintes.items()
    ]


def fentes(identite: Any) -> list[dict[str, Any]]:
    return [
        {
            "sorte": fente.sorte,
            "libelle": fente.nom,
            "contenu": en_base64(fente.contenu),
            "parametres": fente.parametres,
        }
        for fente in identite.fentes.order_by("pk")
    ]


def place_vue_par_la_presidence(place: PlaceATable) -> dict[str, Any]:
    return {
        "reference": place.utilisateur.reference if place.utilisateur else "",
        "nom": place.nom,
        "destinataire": destinataire_de(place),
        "engage": bool(place.engagement_du_code),
        "alea": place.alea_du_code,
        "revele": bool(place.alea_de_la_presidence),
        "sans_conflit": place.a_declare,
        "confirme": place.confirme_le is not None,
        "parts": place.part_rescellee,
    }


def ma_place(place: PlaceATable) -> dict[str, Any]:
    return {
        "destinataire": destinataire_de(place),
        "ouvre": place.ouvre,
        "engagement": place.engagement_du_code,
        "alea": place.alea_du_code,
        "alea_de_la_presidence": place.alea_de_la_presidence,
        "confirme": place.confirme_le is not None,
        "cle_tournee": place.cle_tournee_le is not None,
    }


def destinataire_de(place: PlaceATable) -> str:
    """La clé publique de la personne : elle entre dans le code, et l'attache à elle."""
    identite = cles.identite_en_cours(place.utilisateur) if place.utilisateur else None
    return identite.destinataire if identite else ""


def destinataire_du_coffre() -> dict[str, str]:
    lu = lire_destinataire(coffre().destinataire())
    return {"destinataire": lu.texte, "empreinte": lu.empreinte}


def en_base64(octets: Any) -> str:
    return base64.b64encode(bytes(octets)).decode("ascii")

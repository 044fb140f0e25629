"""Les données essentielles d'un contrat en OCDS 1.1.5 :
une publication par fait connu, dans un paquet.

Source : Open Contracting Data Standard 1.1.5 (open-contracting/standard). Le préfixe de l'ocid
s'enregistre auprès de l'Open Contracting Partnership. Les identifiants d'organisations suivent
l'outil de l'État (decp-rama) : « FR-RCS » et le SIRET. Ne passent pas : le CCAG, la forme et les
types de prix, les considérations, l'avance, les origines, la sous-traitance.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from formats import json_exact
from formats.decp.modele import Concession, Marche, Modification, ModificationConcession, Titulaire
from formats.decp.mois import ajouter

VERSION = "1.1"
DEVISE = "EUR"
REGISTRE = "FR-RCS"
# Ce que la procédure dit de qui pouvait répondre. Une procédure adaptée ne le dit pas :
# elle n'est pas dans la table.
METHODES = {
    "Appel d'offres ouvert": "open",
    "Appel d'offres restreint": "selective",
    "Procédure avec négociation": "selective",
    "Dialogue compétitif": "selective",
    "Marché passé sans publicité ni mise en concurrence préalable": "direct",
    "Procédure négociée ouverte": "open",
    "Procédure non négociée ouverte": "open",
    "Procédure négociée restreinte": "selective",
    "Procédure non négociée restreinte": "selective",
}
TRAVAUX, FOURNITURES, SERVICES = "works", "goods", "services"


class NumeroDouble(ValueError):
    """Deux contrats d'un acheteur portent le même numéro : leurs publications se confondraient."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Editeur:
    """Qui publie le paquet. `siret` : 14 chiffres, ou vide."""

    nom: str
    siret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Ce que le paquet dit de lui-même. `prefixe` : celui de l'ocid, enregistré ;
    `publie_le` : conscient de son fuseau.

    `noms` : le nom de chaque organisation, par son identifiant ;
    les données essentielles n'en portent aucun.
    """

    prefixe: str
    uri: str
    publie_le: datetime
    editeur: Editeur
    licence: str = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
    noms: Mapping[str, str] = field(default_factory=dict)


def paquet(contrats: Iterable[Marche | Concession], edition: Edition) -> bytes:
    """Le paquet de publications (« release package »), en UTF-8."""
    return b"".join(flux(contrats, edition))


def flux(contrats: Iterable[Marche | Concession], edition: Edition) -> Iterator[bytes]:
    """Les mêmes octets, à mesure que les contrats viennent.

    Lève `NumeroDouble` si deux contrats d'un acheteur se confondent,
    `ValueError` si la date n'a pas de fuseau.
    """
    if edition.publie_le.tzinfo is None:
        raise ValueError("La date de publication doit dire son fuseau.")
    editeur: dict[str, Any] = {"name": edition.editeur.nom}
    if edition.editeur.siret:
        editeur |= {"scheme": REGISTRE, "uid": edition.editeur.siret}
    entete = {
        "version": VERSION,
        "uri": edition.uri,
        "publishedDate": edition.publie_le.isoformat(timespec="seconds"),
        "publisher": editeur,
        "license": edition.licence,
    }
    yield f'{json_exact.texte(entete)[:-1]}, "releases": ['.encode()
    separateur = b"\n"
    vus: set[str] = set()
    for contrat in contrats:
        if (numero := ocid(contrat, edition)) in vus:
            raise NumeroDouble(
                f"Deux contrats de l'acheteur {_acheteur(contrat)} portent le "
                f"numéro « {contrat.id} »."
            )
        vus.add(numero)
        for publication in publications(contrat, edition):
            yield separateur + json_exact.texte(publication).encode()
            separateur = b",\n"
    yield b"\n]}\n"


def publications(contrat: Marche | Concession, edition: Edition) -> Iterator[dict[str, Any]]:
    """L'attribution et le contrat, puis chaque modification,
    comme autant de publications (« releases »).
    """
    yield _premiere(contrat, edition)
    precedente = _numero(contrat, edition)
    for modification in contrat.modifications:
        suivante = f"{_numero(contrat, edition)}-modification-{modification.id}"
        yield _modifiee(contrat, modification, edition, (precedente, suivante))
        precedente = suivante


def ocid(contrat: Marche | Concession, edition: Edition) -> str:
    """Le numéro mondial du contrat :
    le préfixe, le SIRET de l'acheteur, le numéro qu'il lui donne.
    """
    return _ocid(contrat, contrat.id, edition)


def _ocid(contrat: Marche | Concession, numero: str, edition: Edition) -> str:
    return f"{edition.prefixe}-{_acheteur(contrat)}-{quote(numero, safe='')}"


def _numero(contrat: Marche | Concession, edition: Edition) -> str:
    return f"{ocid(contrat, edition)}-contrat"


def _acheteur(contrat: Marche | Concession) -> str:
    return contrat.acheteur_id if isinstance(contrat, Marche) else contrat.autorite_concedante_id


def _titulaires(contrat: Marche | Concession) -> tuple[Titulaire, ...]:
    return contrat.titulaires if isinstance(contrat, Marche) else contrat.concessionnaires


def _premiere(contrat: Marche | Concession, edition: Edition) -> dict[str, Any]:
    titulaires = _titulaires(contrat)
    commun = _commun(contrat, edition, contrat.date_publication_donnees, titulaires)
    attribution = {
        "id": "attribution",
        "title": contrat.objet,
        "status": "active",
        "date": _instant(_conclu_le(contrat)),
        "value": _valeur(_montant(contrat)),
        "suppliers": [_reference(_identifiant(titulaire), edition) for titulaire in titulaires],
        **_articles(contrat),
    }
    return {
        "ocid": ocid(contrat, edition),
        "id": _numero(contrat, edition),
        "tag": ["award", "contract"],
        **commun,
        "tender": _procedure(contrat),
        "awards": [attribution],
        "contracts": [_contrat(contrat, _montant(contrat), contrat.duree_mois)],
        **_rattachement(contrat, edition),
    }


def _modifiee(
    contrat: Marche | Concession,
    modification: Modification | ModificationConcession,
    edition: Edition,
    numeros: tuple[str, str],
) -> dict[str, Any]:
    """Le contrat tel que la modification le laisse :
    ce qu'elle ne dit pas reste de la précédente.
    """
    precedente, suivante = numeros
    faites = [ligne for ligne in contrat.modifications if ligne.id <= modification.id]
    montants = [montant for ligne in faites if (montant := _nouveau_montant(ligne)) is not None]
    durees = [ligne.duree_mois for ligne in faites if ligne.duree_mois is not None]
    lots = [
        ligne.titulaires for ligne in faites if isinstance(ligne, Modification) and ligne.titulaires
    ]
    titulaires = lots[-1] if lots else _titulaires(contrat)
    decrit = _contrat(
        contrat, [_montant(contrat), *montants][-1], [contrat.duree_mois, *durees][-1]
    )
    decrit["amendments"] = [
        {
            "id": str(modification.id),
            "date": _instant(_modifie_le(modification)),
            "amendsReleaseID": precedente,
            "releaseID": suivante,
        }
    ]
    change = isinstance(modification, Modification) and bool(modification.titulaires)
    fournisseurs = [_reference(_identifiant(titulaire), edition) for titulaire in titulaires]
    rendu = {
        "ocid": ocid(contrat, edition),
        "id": suivante,
        "tag": ["awardUpdate", "contractAmendment"] if change else ["contractAmendment"],
        **_commun(contrat, edition, modification.date_publication_donnees_modification, titulaires),
        "contracts": [decrit],
    }
    if change:
        rendu["awards"] = [{"id": "attribution", "suppliers": fournisseurs}]
    return rendu


def _commun(
    contrat: Marche | Concession, edition: Edition, jour: date, titulaires: tuple[Titulaire, ...]
) -> dict[str, Any]:
    acheteur = _identifiant(Titulaire(id=_acheteur(contrat)))
    return {
        "date": _instant(jour),
        "language": "fr",
        "initiationType": "tender",
        "parties": _parties(
            acheteur, [_identifiant(titulaire) for titulaire in titulaires], edition
        ),
        "buyer": _reference(acheteur, edition),
    }


def _parties(
    acheteur: tuple[str, str], fournisseurs: list[tuple[str, str]], edition: Edition
) -> list[dict[str, Any]]:
    """Une organisation n'y est qu'une fois, avec tous ses rôles :
    un acheteur est parfois son propre titulaire.
    """
    roles: dict[tuple[str, str], list[str]] = {acheteur: ["buyer"]}
    for fournisseur in fournisseurs:
        connus = roles.setdefault(fournisseur, [])
        if "supplier" not in connus:
            connus.append("supplier")
    return [
        {**_reference(cle, edition), "identifier": {"scheme": cle[0], "id": cle[1]}, "roles": siens}
        for cle, siens in roles.items()
    ]


def _identifiant(operateur: Titulaire) -> tuple[str, str]:
    return (
        REGISTRE if operateur.type_identifiant == "SIRET" else operateur.type_identifiant,
        operateur.id,
    )


def _reference(cle: tuple[str, str], edition: Edition) -> dict[str, Any]:
    nom = edition.noms.get(cle[1], "")
    return {"id": f"{cle[0]}-{cle[1]}", **({"name": nom} if nom else {})}


def _procedure(contrat: Marche | Concession) -> dict[str, Any]:
    rendu: dict[str, Any] = {"id": "procedure", "title": contrat.objet, "status": "complete"}
    if methode := METHODES.get(contrat.procedure):
        rendu["procurementMethod"] = methode
    rendu["procurementMethodDetails"] = contrat.procedure
    if isinstance(contrat, Marche):
        rendu["mainProcurementCategory"] = _categorie(contrat.code_cpv)
    return rendu


def _categorie(code: str) -> str:
    """Travaux en 45, fournitures jusqu'à 44 et en 48,
    services au-delà (règlement (CE) n° 213/2008).
    """
    division = code[:2]
    if division == "45":
        return TRAVAUX
    return FOURNITURES if division < "45" or division == "48" else SERVICES


def _contrat(contrat: Marche | Concession, montant: Decimal, mois: int) -> dict[str, Any]:
    rendu = {
        "id": "contrat",
        "awardID": "attribution",
        "title": contrat.objet,
        "status": "active",
        "value": _valeur(montant),
        "period": _periode(contrat, mois),
    }
    if isinstance(contrat, Concession):
        rendu["dateSigned"] = _instant(contrat.date_signature)
    return rendu | _articles(contrat)


def _periode(contrat: Marche | Concession, mois: int) -> dict[str, Any]:
    """En jours, comptés date à date depuis la notification d'un marché,
    ou depuis le début d'exécution d'une concession.
    """
    debut = (
        contrat.date_notification if isinstance(contrat, Marche) else contrat.date_debut_execution
    )
    jours = (
        {"durationInDays": (ajouter(debut, mois) - debut).days}
        if debut.year + mois // 12 < date.max.year
        else {}
    )
    return jours if isinstance(contrat, Marche) else {"startDate": _instant(debut), **jours}


def _articles(contrat: Marche | Concession) -> dict[str, Any]:
    if isinstance(contrat, Concession):
        return {}
    code = {"scheme": "CPV", "id": contrat.code_cpv}
    return {"items": [{"id": "1", "description": contrat.objet, "classification": code}]}


def _rattachement(contrat: Marche | Concession, edition: Edition) -> dict[str, Any]:
    """Un marché subséquent nomme son accord-cadre ;
    un accord-cadre qui se nomme lui-même n'apprend rien.
    """
    if not isinstance(contrat, Marche) or contrat.id_accord_cadre in {"", contrat.id}:
        return {}
    cadre = _ocid(contrat, contrat.id_accord_cadre, edition)
    return {
        "relatedProcesses": [
            {"id": "1", "relationship": ["framework"], "scheme": "ocid", "identifier": cadre}
        ]
    }


def _montant(contrat: Marche | Concession) -> Decimal:
    return contrat.montant if isinstance(contrat, Marche) else contrat.valeur_globale


def _nouveau_montant(modification: Modification | ModificationConcession) -> Decimal | None:
    return (
        modification.montant
        if isinstance(modification, Modification)
        else modification.valeur_globale
    )


def _conclu_le(contrat: Marche | Concession) -> date:
    return contrat.date_notification if isinstance(contrat, Marche) else contrat.date_signature


def _modifie_le(modification: Modification | ModificationConcession) -> date:
    if isinstance(modification, Modification):
        return modification.date_notification_modification
    return modification.date_signature_modification


def _valeur(montant: Decimal) -> dict[str, Any]:
    return {"amount": montant, "currency": DEVISE}


def _instant(jour: date) -> str:
    """Le format veut une heure, que les données essentielles n'ont
    pas : minuit, temps universel.
    """
    return f"{jour.isoformat()}T00:00:00Z"

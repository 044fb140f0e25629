"""Ce que la page d'un repartage montre à cette personne :
ce qui change, ce qu'on attend d'elle, et de quoi le faire.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.models import IdentiteDeMembre, PartDeCle
from beffroi.personnes.cles.publiees import publication
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.repartage import queries
from beffroi.seance.repartage.models import Repartage
from beffroi.socle.guichet.scripts import en_base64
from beffroi.socle.journal import chainage, releves

REMETTRE, ACHEVER, ATTENDRE = "remettre", "achever", "attendre"


def page(repartage: Repartage, utilisateur: Utilisateur, le: datetime) -> dict[str, Any]:
    consultation = repartage.consultation
    en_mesure = queries.porteurs_de_la_voie(repartage, le)
    vers = queries.destinataires(repartage)
    etape = _etape(repartage, utilisateur, en_mesure)
    porteurs = queries.porteurs(consultation, le)
    tenues = {porteur.empreinte for porteur in porteurs}
    identites = queries.leurs_identites(repartage)
    avec_leur_cle = [
        personne for personne in vers if _empreinte(identites.get(personne.pk)) in tenues
    ]
    return {
        "consultation": consultation,
        "repartage": repartage,
        "etape": etape,
        "est_gardien": queries.est_un_gardien_demande(repartage, utilisateur),
        "standard": consultation.politique_de_cles == "standard",
        "a_deux": queries.necessaires(repartage) == 2,
        "gardent": avec_leur_cle,
        "recoivent": [
            {
                "nom": personne.nom,
                "empreinte": _empreinte(identites.get(personne.pk)),
                "change_de_cle": personne in [porteur.personne for porteur in porteurs],
            }
            for personne in vers
            if personne not in avec_leur_cle
        ],
        "partent": [porteur.personne for porteur in porteurs if porteur.personne not in vers],
        "change": queries.changements_de(repartage),
        "en_mesure": en_mesure,
        "autres": _autres(
            repartage, [personne for personne in en_mesure if personne != utilisateur]
        ),
        "donnees": _donnees(repartage, utilisateur, etape, le)
        if etape in (REMETTRE, ACHEVER)
        else None,
        "s_ouvre_avec": _identite_qui_ouvre(repartage, utilisateur),
    }


def _identite_qui_ouvre(repartage: Repartage, utilisateur: Utilisateur) -> IdentiteDeMembre | None:
    """La clé qui ouvre la part de cette personne : peut-être une clé qu'elle a remplacée depuis."""
    part = queries.part_tenue(
        repartage.consultation.paires_de_cles["offre"], utilisateur, repartage.voie
    )
    return part.identite if part else None


def _empreinte(identite: IdentiteDeMembre | None) -> str:
    return identite.empreinte_d_identite if identite else ""


def _etape(repartage: Repartage, utilisateur: Utilisateur, en_mesure: Iterable[Utilisateur]) -> str:
    if utilisateur not in en_mesure:
        return ATTENDRE
    if queries.necessaires(repartage) == 1 or repartage.seconde_id == utilisateur.pk:
        return ACHEVER
    return REMETTRE if repartage.premiere_id is None else ATTENDRE


def _autres(repartage: Repartage, personnes: Iterable[Utilisateur]) -> list[dict[str, str]]:
    """À qui remettre sa part : la clé est celle que la personne ouvrira pour sa propre part."""
    offre = repartage.consultation.paires_de_cles["offre"]
    parts = [
        (personne, queries.part_tenue(offre, personne, repartage.voie)) for personne in personnes
    ]
    return [
        {"nom": personne.nom, **_a_comparer(personne.reference, part.identite)}
        for personne, part in parts
        if part
    ]


def _a_comparer(reference: str, identite: IdentiteDeMembre) -> dict[str, str]:
    """L'empreinte que la personne lit à la page « Ma clé », et de quoi la recalculer."""
    return {
        **_porteur(reference, identite),
        "cle_de_signature": identite.cle_de_signature,
        "identite": identite.empreinte_d_identite,
    }


def _donnees(
    repartage: Repartage, utilisateur: Utilisateur, etape: str, le: datetime
) -> dict[str, Any]:
    consultation = repartage.consultation
    parts = {
        sorte: queries.part_tenue(paire, utilisateur, repartage.voie)
        for sorte, paire in consultation.paires_de_cles.items()
    }
    relais = {"candidature": repartage.relais_candidature, "offre": repartage.relais_offre}
    tenues = [part for part in parts.values() if part]
    nom = "remettre" if etape == REMETTRE else "achever"
    en_mesure = [p for p in queries.porteurs_de_la_voie(repartage, le) if p != utilisateur]
    return {
        "etape": etape,
        "adresse": reverse(f"repartage:{nom}", args=(consultation.reference,)),
        "consultation": consultation.reference,
        "journal": releves.en_lignes(),
        "horodatage": chainage.certificats_d_horodatage(),
        "empreinte": tenues[0].identite.empreinte,
        "fentes": cles.fentes_a_ouvrir(tenues[0].identite),
        "autres": _autres(repartage, en_mesure),
        "paires": [
            _paire(sorte, part, relais[sorte] if etape == ACHEVER else b"")
            for sorte, part in parts.items()
            if part
        ],
        **_nouveaux_porteurs(repartage),
    }


def _paire(sorte: str, part: PartDeCle, relais: bytes | memoryview) -> dict[str, Any]:
    """La clé telle qu'elle se publie :
    le navigateur en vérifie la signature, et y lit combien de parts la tournent.
    """
    return {
        "enveloppe": sorte,
        "destinataire": part.paire.destinataire,
        "empreinte": part.paire.empreinte,
        "publiee": publication(part.paire),
        "part": en_base64(part.contenu),
        "relais": en_base64(relais),
    }


def _nouveaux_porteurs(repartage: Repartage) -> dict[str, list[dict[str, str]]]:
    """Les listes dont les parts sont à refaire ; une liste qui ne change pas est vide."""
    change = queries.changements_de(repartage)
    identites = queries.leurs_identites(repartage).values() if change.membres else ()
    gardiens = queries.gardiens_a_servir() if change.gardiens else []
    return {
        "membres": [_porteur(identite.utilisateur.reference, identite) for identite in identites],
        "gardiens": [_porteur(gardien.reference, identite) for gardien, identite in gardiens],
    }


def _porteur(reference: str, identite: IdentiteDeMembre) -> dict[str, str]:
    return {
        "reference": reference,
        "destinataire": identite.destinataire,
        "empreinte": identite.empreinte,
    }

"""L'archive remise :
le PDF, les faits en JSON, les écritures et les lignes avec leur preuve, le manifeste horodaté.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings

from beffroi.achat.tours.queries import prolongations
from beffroi.reponse.depots import limits as depots
from beffroi.reponse.depots.models import PartieRecue
from beffroi.reponse.traces.models import CahierReleve
from beffroi.seance.ouverture.models import Seance
from beffroi.service.preuves import limites, mesures, papier
from beffroi.service.preuves.faits import Certificat, Periode, Preuve, Tentative, numero
from beffroi.socle.journal import chainage, remise
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.queries import derniere_tete_signee, histoires
from sceau import evidence

FORMAT = "beffroi.preuve/3"
# Ce qui scelle au journal l'empreinte d'un document que l'acheteur télécharge ensuite.
SCELLENT = (
    "registre.scelle",
    "registre_des_retraits.scelle",
    "proces_verbal.scelle",
    "seance.signer",
)


def archive(preuve: Preuve) -> bytes:
    """Le zip.

    Deux demandes donnent les mêmes faits ; l'horodatage, lui, est celui de la demande.
    """
    releves = releves_de(preuve)
    fichiers = {
        "preuve.json": en_json(en_donnees(preuve)),
        "preuve.pdf": papier.pdf(preuve),
    }
    return remise.archive(
        fichiers,
        ecritures_de(preuve, releves),
        lignes=list(lignes_de(preuve, releves)),
        reference=preuve.reference,
        le=preuve.etablie_le,
    )


def en_json(donnees: dict[str, Any]) -> bytes:
    return json.dumps(donnees, ensure_ascii=False, indent=1).encode()


def en_donnees(preuve: Preuve) -> dict[str, Any]:
    """Les faits, en JSON : les heures en temps universel, les mots de l'écran."""
    consultation = preuve.consultation
    limite = consultation.date_limite_remise
    return {
        "format": FORMAT,
        "sorte": preuve.sorte,
        "reference": preuve.reference,
        "etablie_le": chainage.instant(preuve.etablie_le),
        "service": settings.SERVICE["nom"],
        "adresse": settings.ADRESSE_PUBLIQUE,
        "consultation": {
            "reference": consultation.reference,
            "titre": consultation.titre,
            "acheteur": consultation.organisme.nom,
            "date_limite": chainage.instant(limite) if limite else None,
        },
        "fenetres": [_periode(une) for une in preuve.periodes],
        "tentatives": [_tentative(une, preuve.etablie_le) for une in preuve.tentatives],
    }


def _periode(periode: Periode) -> dict[str, Any]:
    return {
        "limites": [chainage.instant(limite) for limite in periode.limites],
        "debut": chainage.instant(periode.debut),
        "fin": chainage.instant(periode.fin),
        "sonde": mesures.en_donnees(periode.sante),
        "evenements": [evenement_en_donnees(une) for une in periode.evenements],
    }


def evenement_en_donnees(evenement: Any) -> dict[str, Any]:
    return {
        "reference": numero(evenement),
        "sorte": evenement.sorte,
        "titre": evenement.titre,
        "commence_le": chainage.instant(evenement.commence_le),
        "fini_le": chainage.instant(evenement.fini_le) if evenement.fini_le else None,
    }


def _tentative(tentative: Tentative, etablie_le: datetime) -> dict[str, Any]:
    return {
        "reponse": tentative.brouillon.reference,
        "entreprise": tentative.entreprise,
        "limites": _limites(tentative, etablie_le),
        "depots": [
            {
                "recepisse": pli.reference,
                "recu_le": chainage.instant(pli.recu_le),
                "hors_delai": pli.hors_delai,
            }
            for pli in tentative.plis
        ],
        "fichiers": [
            {
                "rang": rang,
                "taille": fichier.taille,
                "parties_recues": len(fichier.parties.all()),
                "parties": [_partie(partie) for partie in fichier.parties.all()],
                # L'empreinte du fichier scellé : elle ne dit rien du contenu.
                "racine": fichier.racine,
                "recu": fichier.termine_le is not None,
            }
            for rang, fichier in enumerate(tentative.brouillon.fichiers.all(), start=1)
        ],
        "faits": [
            {
                "le": chainage.instant(fait.le),
                "heure_du_poste": chainage.instant(fait.dite_le) if fait.dite_le else None,
                "quoi": fait.quoi,
                "precision": fait.precision,
            }
            for fait in tentative.faits
        ],
    }


def _limites(tentative: Tentative, etablie_le: datetime) -> list[dict[str, Any]]:
    """Celles qui valaient, notées à l'instant ;
    à défaut celles d'aujourd'hui, et l'origine le dit.
    """
    notees = [
        {"origine": "notees", "le": chainage.instant(trace.le), "valeurs": trace.details}
        for trace in tentative.limites
    ]
    du_jour = {
        "origine": "du_jour_de_la_preuve",
        "le": chainage.instant(etablie_le),
        "valeurs": depots.annonce(),
    }
    return notees or [du_jour]


def _partie(partie: PartieRecue) -> dict[str, Any]:
    """Une partie du fichier scellé : quand elle est devenue durable, et son empreinte."""
    recue_le = chainage.instant(partie.recue_le)
    return {
        "numero": partie.numero,
        "taille": partie.taille,
        "sha256": partie.sha256,
        "recue_le": recue_le,
    }


def releves_de(preuve: Preuve) -> dict[int, CahierReleve]:
    """Les cahiers dont une ligne au moins est de ces tentatives."""
    return {
        trace.releve_id: trace.releve
        for tentative in preuve.tentatives
        for trace in tentative.traces
    }


def lignes_de(preuve: Preuve, releves: dict[int, CahierReleve]) -> Iterator[evidence.Line]:
    """Seulement les lignes de ces tentatives :
    d'un cahier partagé, les voisines ne montrent qu'une empreinte.
    """
    # Ce qui précède une réponse est le même fait pour toutes celles de cette
    # entreprise : une ligne, une fois.
    rangs: dict[int, set[int]] = {cle: set() for cle in releves}
    for tentative in preuve.tentatives:
        for trace in tentative.traces:
            rangs[trace.releve_id].add(trace.rang)
    for cle, releve in releves.items():
        yield from evidence.lines_of(releve.feuilles, sorted(rangs[cle]))


def ecritures_de(preuve: Preuve, releves: dict[int, CahierReleve]) -> list[Ecriture]:
    """L'écriture de chaque cahier, celles de chaque dépôt,
    et celles de la sonde que le registre a déjà signées.
    """
    sujets = {releve.sha256[:16] for releve in releves.values()}
    plis = {
        pli.ecriture
        for tentative in preuve.tentatives
        for pli in tentative.plis
        if pli.ecriture is not None
    }
    cahiers = Ecriture.objects.filter(acte="tentatives.relever", sujet__in=sujets)
    return [
        *cahiers,
        *Ecriture.objects.filter(numero__in=plis),
        *_documents(preuve),
        *de_la_sonde(*preuve.periodes),
    ]


def de_la_sonde(*periodes: Periode | Certificat) -> list[Ecriture]:
    """Les écritures qui répètent ses mesures.

    Celle qui attend sa tête signée ne retarde pas la preuve.
    """
    tete = derniere_tete_signee()
    numeros = {numero for une in periodes for numero in une.sante.ecritures}
    relevees = Ecriture.objects.filter(numero__in=numeros, numero__lt=tete.taille if tete else 0)
    return list(relevees.order_by("numero"))


def _documents(preuve: Preuve) -> Iterator[Ecriture]:
    """Au dossier de l'acheteur, ses prolongations,
    et ce qui a scellé ses registres et ses procès-verbaux.

    `--fichiers` y reconnaît les documents téléchargés.
    """
    if preuve.sorte == "dossier":
        seances = Seance.objects.filter(consultation=preuve.consultation)
        sujets = [preuve.consultation.reference, *seances.values_list("reference", flat=True)]
        yield from histoires(sujets).filter(acte__in=SCELLENT)
        yield from prolongations(
            *limites.sujets_du_dossier(preuve.consultation, le=preuve.etablie_le)
        )

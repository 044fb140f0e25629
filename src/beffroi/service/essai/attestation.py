"""L'attestation : un PDF pour la personne,
et les mêmes mesures signées par la clé du registre pour qui veut vérifier.

Elle n'entre pas au journal : sans compte ni limite, n'importe qui le gonflerait.
La signature suffit, et rien n'est gardé.
"""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime

from django.conf import settings

from beffroi.reponse.reponses.rules.navigateurs import MINIMUMS
from beffroi.service.essai import rules
from beffroi.service.essai.envoi import Recu
from beffroi.service.essai.lecture import CLE, FORMAT, NOTE, PAPIER
from beffroi.service.essai.rules import Mesures, Verdict
from beffroi.socle.fondations import exploitant
from beffroi.socle.journal import chainage
from formats import attestation as papier
from formats import dates, tailles

CONCLUSIONS = {
    rules.OK: "Ce poste peut déposer une réponse.",
    rules.ATTENTION: "Ce poste peut déposer une réponse, avec les réserves dites ci-dessous.",
    rules.DANGER: "Ce poste ne peut pas déposer de réponse tel qu'il est.",
}


def archive(mesures: Mesures, recu: Recu | None, *, le: datetime) -> bytes:
    """`attestation.zip` :
    le PDF, la note signée qui engage les mesures et l'empreinte du PDF, la clé qui l'a signée.
    """
    mesures = avec_l_envoi(mesures, recu)
    contenu = chainage.canonique(enregistrement(mesures, recu, le=le))
    octets = pdf(mesures, recu, contenu=contenu, le=le)
    texte = f"{FORMAT}\n{contenu}\n{PAPIER} {hashlib.sha256(octets).hexdigest()}\n"
    cle = f"{chainage.signataire().vkey}\n".encode()
    return ecrire({PAPIER: octets, NOTE: chainage.signer_une_note(texte).encode(), CLE: cle})


def ecrire(fichiers: Mapping[str, bytes]) -> bytes:
    """Une archive sans date ni compression : à contenu égal, mêmes octets."""
    cible = io.BytesIO()
    with zipfile.ZipFile(cible, "w", zipfile.ZIP_STORED) as ouverte:
        for nom, octets in fichiers.items():
            ouverte.writestr(zipfile.ZipInfo(nom), octets)
    return cible.getvalue()


def enregistrement(mesures: Mesures, recu: Recu | None, *, le: datetime) -> dict[str, object]:
    """Ce qui est signé : les nombres déclarés, ce que le serveur a vu, et l'heure."""
    observe = (
        {"octets": recu.octets, "sha256": recu.sha256, "le": chainage.instant(recu.le)}
        if recu
        else None
    )
    return {
        "format": FORMAT,
        "service": settings.ADRESSE_PUBLIQUE,
        "etablie_le": chainage.instant(le),
        "declare": asdict(mesures),
        "observe": observe,
    }


def pdf(mesures: Mesures, recu: Recu | None, *, contenu: str, le: datetime) -> bytes:
    verdicts = rules.juger(mesures, minimums=MINIMUMS)
    ensemble = rules.ton_d_ensemble(verdicts)
    return papier.pdf(
        papier.Attestation(
            conclusion=CONCLUSIONS[ensemble],
            bonne=ensemble == rules.OK,
            lignes=tuple(ligne(verdict) for verdict in verdicts),
            constats=constats(recu, le=le),
            empreinte=hashlib.sha256(contenu.encode()).hexdigest(),
            exploitant=exploitant.nom(le),
            adresse_de_verification=f"{settings.ADRESSE_PUBLIQUE}/verifier/",
            etablie_le=le,
        )
    )


def ligne(verdict: Verdict) -> papier.LigneDeTest:
    intitule = next(
        controle.intitule for controle in rules.CONTROLES if controle.code == verdict.code
    )
    return papier.LigneDeTest(
        intitule=intitule,
        mot=verdict.mot,
        bon=verdict.ton == rules.OK,
        mesure=verdict.mesure,
        geste=verdict.geste,
    )


def constats(recu: Recu | None, *, le: datetime) -> tuple[tuple[str, str], ...]:
    demande = ("Demande d'attestation", dates.jour_et_heure(le, exacte=True))
    if recu is None:
        return (("Fichier d'essai", "Pas reçu entier."), demande)
    return (
        (
            "Fichier d'essai reçu",
            f"{tailles.humaniser(recu.octets)}, le {dates.jour_et_heure(recu.le, exacte=True)}",
        ),
        ("Son empreinte", recu.sha256),
        demande,
    )


def verdicts_en_json(
    mesures: Mesures, recu: Recu | None, *, minimums: tuple[tuple[str, int], ...]
) -> dict[str, object]:
    """Ce que la page montre : les mêmes phrases que le PDF, écrites une fois."""
    verdicts = rules.juger(avec_l_envoi(mesures, recu), minimums=minimums)
    ensemble = rules.ton_d_ensemble(verdicts)
    return {
        "ton": ensemble,
        "conclusion": CONCLUSIONS[ensemble],
        "verdicts": [asdict(verdict) for verdict in verdicts],
    }


def avec_l_envoi(mesures: Mesures, recu: Recu | None) -> Mesures:
    """Le nombre d'octets arrivés est celui que le serveur a compté, jamais celui qu'on lui dit."""
    return replace(mesures, octets_revenus=recu.octets if recu else None)

"""La signature électronique : RC-12."""

import re

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Gravite, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import affirme, phrases_qui_disent
from beffroi.achat.relectures.rules.reperage import Trouvaille

FORMATS = ("XAdES", "CAdES", "PAdES")
_SIGNATURE = re.compile(r"\bsignatures?\b|\bsign(?:e|es|ee|ees|er)\b|\bcertificats?\b")
_EXIGE = re.compile(r"\bdoi\w+|\boblig\w+|\bexig\w+|\bimperati\w+|\brequis\w*|\bsous\s+peine")
_AU_DEPOT = re.compile(
    r"\bau\s+(?:moment\s+du\s+)?depot|\b(?:offres?|plis?|candidatures?|reponses?)\b"
    r"|\bacte\s+d'engagement"
)
_PLUS_TARD = re.compile(
    r"\battributaires?\b|\btitulaires?\b|\bretenue?s?\b|\bapres\s+(?:l'|son\s+)?attribution"
    r"|\ba\s+l'issue"
)
_OUTIL = re.compile(r"\boutils?\s+de\s+signature|\bparapheur|\bapplicatif\s+de\s+signature")
_IMPOSE = re.compile(
    r"\buniquement\b|\bexclusivement\b|\bseule?s?\b|\bobligatoirement\b|\bimperativement\b"
)
_ARCHIVE = re.compile(r"\b(?:fichier|dossier|archive|pli)s?\s+(?:compresse\w*|zip)|\bzip\b")
_SCANNEE = re.compile(r"\bscannee?s?\b|\bnumerisee?s?\b")
_PERIME = re.compile(r"\brgs\b|\bpris\s*v?1?\b")
_UN_FORMAT = re.compile(r"\b(?P<forme>[xcp]ades)\b")


def _signature_du_projet(projet: Projet) -> Reponses:
    signature = projet.achat.signature
    if not signature.exigee_au_depot:
        return
    if not signature.justification.strip():
        yield Ecart(
            quoi="La signature est exigée dès le dépôt, sans dire pourquoi.",
            champ="signature.justification",
            attendu="une signature du seul attributaire, ou une raison",
            remede="Renoncez à l'exiger au dépôt, ou écrivez la raison.",
            gravite=Gravite.AVERTISSEMENT,
        )
    manquants = [forme for forme in FORMATS if forme not in signature.formats]
    if manquants:
        yield Ecart(
            quoi=f"Des formats de signature sont refusés : {', '.join(manquants)}.",
            champ="signature.formats",
            trouve=", ".join(signature.formats),
            attendu=", ".join(FORMATS),
            remede="Acceptez les trois formats : XAdES, CAdES et PAdES.",
        )


def _signature_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    if not projet.achat.signature.exigee_au_depot:
        for phrase in affirme(reglement, _SIGNATURE, _EXIGE, _AU_DEPOT):
            if not _PLUS_TARD.search(phrase.valeur):
                yield Ecart(
                    quoi="Le règlement semble exiger la signature dès le dépôt.",
                    champ="signature.exigee_au_depot",
                    ou=phrase,
                    attendu="une signature du seul attributaire, selon la consultation",
                    remede=(
                        "Écrivez que seul l'attributaire signe, "
                        "ou exigez-la aussi dans la consultation."
                    ),
                    gravite=Gravite.AVERTISSEMENT,
                )


def _regles_de_l_annexe(reglement: Reglement) -> Reponses:
    """Trois formats, un outil libre, chaque fichier signé (annexe 12 du code)."""
    for phrase in affirme(reglement, _SIGNATURE, _IMPOSE):
        nommes = {forme["forme"] for forme in _UN_FORMAT.finditer(phrase.valeur)}
        if nommes and len(nommes) < len(FORMATS):
            yield _contraire(
                phrase, "Le règlement refuse un des trois formats de signature.", ", ".join(FORMATS)
            )
        if _OUTIL.search(phrase.valeur):
            yield _contraire(
                phrase, "Le règlement impose un outil de signature.", "un outil librement choisi"
            )
    for phrase in phrases_qui_disent(reglement, _SIGNATURE, _ARCHIVE):
        if not re.search(
            r"\bchaque\b|\bne\s+vaut\b|\bn'est\s+pas\b|\bne\s+(?:suffit|remplace)", phrase.valeur
        ):
            yield _douteux(
                phrase,
                "Signer une archive ne signe pas les fichiers qu'elle contient.",
                "chaque fichier signé",
            )
    for phrase in affirme(reglement, _SIGNATURE, _SCANNEE):
        yield _douteux(
            phrase,
            "Une signature numérisée n'a pas la valeur d'une signature électronique.",
            "XAdES, CAdES ou PAdES",
        )
    for phrase in phrases_qui_disent(reglement, _SIGNATURE, _PERIME):
        yield _douteux(
            phrase,
            "Le règlement parle de certificats RGS ou PRIS, d'avant eIDAS.",
            "un certificat qualifié eIDAS",
        )


def _contraire(phrase: Trouvaille[str], quoi: str, attendu: str) -> Ecart:
    return Ecart(
        quoi=quoi,
        champ="signature.formats",
        ou=phrase,
        attendu=attendu,
        remede="Corrigez cette phrase : l'annexe 12 du code laisse ce choix au signataire.",
    )


def _douteux(phrase: Trouvaille[str], quoi: str, attendu: str) -> Ecart:
    return Ecart(
        quoi=quoi,
        champ="signature.formats",
        ou=phrase,
        attendu=attendu,
        remede="Relisez cette phrase et corrigez-la si besoin.",
        gravite=Gravite.AVERTISSEMENT,
    )


FONCTIONS = {
    "RC-12": Fonctions(
        projet=_signature_du_projet, texte=_regles_de_l_annexe, comparaison=_signature_du_texte
    ),
}

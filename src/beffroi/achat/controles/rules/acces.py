"""L'accès au dossier et l'aide : RC-08 et RC-48."""

import re

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import absence, affirme, tait
from beffroi.achat.relectures.rules.reperage import plier

_OBLIGE = re.compile(
    r"\bdoi\w+|\boblig\w+|\bprealab\w+|\bnecessa\w+|\bexig\w+|\bimperati\w+|\bsous\s+reserve\b"
    r"|\bapres\b"
)
_FACULTATIF = re.compile(
    r"\bpeu\w+|\bfacultati\w+|\brecommand\w+|\bconseill\w+|\bpermet\w*|\bsouhait\w+|\binvit\w+"
)
_PAYANT = re.compile(
    r"\bpayant\w*|\bfrais\s+(?:de\s+)?(?:reprographie|reproduction|dossier|envoi)|\bcontre\s+"
    r"(?:paiement|un\s+cheque)"
    r"|\bmoyennant\b|\bcheque\s+de\b"
)
_DOSSIER = re.compile(r"\bdossiers?\b|\bdce\b|\bdocuments?\s+de\s+(?:la\s+)?consultation")


def _acces_au_dossier(reglement: Reglement) -> Reponses:
    for mention in reglement.mentions("identification obligatoire"):
        plie = plier(mention.phrase)
        if mention.valeur.niee or not _OBLIGE.search(plie):
            continue
        yield Ecart(
            quoi="Le règlement impose de s'identifier pour obtenir le dossier.",
            ou=mention,
            attendu="un accès direct, sans inscription",
            remede=(
                "Écrivez que l'inscription est facultative, et sert à être prévenu des changements."
            ),
            doute="La phrase dit aussi que c'est possible ou conseillé."
            if _FACULTATIF.search(plie)
            else "",
        )
    for phrase in affirme(reglement, _PAYANT, _DOSSIER):
        yield Ecart(
            quoi="Le règlement fait payer le dossier.",
            ou=phrase,
            attendu="un accès gratuit",
            remede="Ôtez cette phrase : le dossier est gratuit.",
        )
    if tait(reglement, "accès libre au dossier"):
        yield absence(
            "Le règlement ne dit pas que le dossier est gratuit, complet et en accès direct.",
            remede="Ajoutez une phrase qui le dit.",
        )


def _aide_du_projet(projet: Projet) -> Reponses:
    plateforme = projet.achat.plateforme
    if not plateforme.adresse_d_aide and not plateforme.telephone_d_aide:
        yield Ecart(
            quoi="La plateforme n'a ni adresse ni téléphone d'aide.",
            champ="plateforme.telephone_d_aide",
            remede="Demandez à l'exploitant de les renseigner.",
        )
    if not plateforme.adresse_d_essai:
        yield Ecart(
            quoi="L'adresse de l'espace d'essai n'est pas renseignée.",
            champ="plateforme.adresse_d_essai",
            remede="Demandez à l'exploitant de la renseigner.",
        )


def _aide_du_texte(reglement: Reglement) -> Reponses:
    if tait(reglement, "aide"):
        yield absence(
            "Le règlement ne dit pas où trouver de l'aide, ni où s'entraîner à déposer.",
            remede="Ajoutez le contact de l'assistance et l'adresse de l'espace d'essai.",
        )


FONCTIONS = {
    "RC-08": Fonctions(texte=_acces_au_dossier),
    "RC-48": Fonctions(projet=_aide_du_projet, texte=_aide_du_texte),
}

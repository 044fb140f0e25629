"""Une demande et une réponse à nous, entières, sur lesquelles chaque test change une chose."""

import gzip
from datetime import UTC, datetime

import pytest

from formats.dume import ecrire_demande, ecrire_reponse
from formats.dume.modele import Emission, Operateur, Partie, Preuve, Representant, Valeur
from formats.dume.taxonomie import EXCLUSION, criteres, par_code
from formats.tests.normes import NORMES

EMIS = datetime(2026, 11, 27, 14, 30, tzinfo=UTC)
ESPD = NORMES / "espd"
avec_l_espd = pytest.mark.skipif(
    not (ESPD / "xsd").exists(),
    reason=(
        f"les fichiers européens du DUME ne sont pas installés ({ESPD}) : "
        "ce contrôle par l'autorité n'a pas été fait"
    ),
)
NON, OUI = (Valeur(type="INDICATOR", texte="false"),), (Valeur(type="INDICATOR", texte="true"),)


def officiel(nom):
    return gzip.decompress((ESPD / "exemples" / f"ESPD-{nom}.xml.gz").read_bytes())


def demande(**autres):
    dits = {
        "consultation": "2026-0142",
        "intitule": "Réfection de la toiture de l'école",
        "objet": "Dépose et repose de la couverture en ardoise.",
        "procedure": "open",
        "acheteur": Partie(
            nom="Commune de Bomy", identifiant="21620178000014", pays="FRA", ville="Bomy"
        ),
        "emission": Emission("bab8714d-d58e-42ab-95fd-2984c03d4498", EMIS),
        "lots": [1, 2],
        "selection": {
            "gen-year-to": {"MINIMUM_AMOUNT": "120000"},
            "work-perform": {
                "MINIMUM_QUANTITY_INTEGER": "3",
                "DESCRIPTION": "Couvertures en ardoise",
            },
        },
    }
    return ecrire_demande(**{**dits, **autres})


def reponse(**autres):
    dits = {
        "operateur": Operateur(
            partie=Partie(
                nom="Atelier du Faîtage",
                identifiant="33245605200049",
                pays="FRA",
                courriel="sophie@faitage.example",
            ),
            role="sole-tenderer",
            taille="small",
            representants=(
                Representant(prenom="Sophie", nom="Faîtier", pays="FRA", qualite="Gérante"),
            ),
        ),
        "emission": Emission("f662457f-3e7a-46d2-a515-33c5a64bb7ba", EMIS),
        "lots": ["LOT-0001"],
        "reponses": {**declarations(), **capacites(), **informations()},
        "preuves": [
            Preuve(
                id="PREUVE-1",
                adresse="https://faitage.example/ca.pdf",
                emetteur="Cabinet Comptable",
            )
        ],
    }
    return ecrire_reponse(demande(), **{**dits, **autres})


def declarations():
    """Aucun motif d'exclusion, sauf un conflit d'intérêts déclaré."""
    dites = {c.premiere_question().id: NON for c in criteres() if c.famille == EXCLUSION}
    conflit = "C20_EG_partic-confl/QG1"
    texte = Valeur(type="DESCRIPTION", texte="Le frère de la gérante est adjoint au maire.")
    return {**dites, f"{conflit}/Q1": OUI, f"{conflit}/QSG1/Q1": (texte,)}


def capacites():
    chiffre, travaux = "C29_SC_gen-year-to/RG1/RSG1", "C37_SC_work-perform/RG1/RSG1"
    return {
        f"{chiffre}/QSG1/Q1": OUI,
        f"{chiffre}/QSG2/Q1": (Valeur(type="PERIOD", texte="2025-01-01", complement="2025-12-31"),),
        f"{chiffre}/QSG2/Q2": (Valeur(type="AMOUNT", texte="482000.50", complement="EUR"),),
        f"{chiffre}/QSG2/QSG1/Q1": OUI,
        f"{chiffre}/QSG2/QSG1/QSG1/Q1": (Valeur(type="EVIDENCE_IDENTIFIER", texte="PREUVE-1"),),
        premiere(travaux): OUI,
    }


def premiere(travaux):
    return next(
        p.id for p in par_code()["work-perform"].en_critere().proprietes() if p.sorte == "QUESTION"
    )


def informations():
    return {
        par_code()[code].premiere_question().id: NON
        for code in ("eo-group", "relied", "subco-ent", "sme")
    }

"""Nos règles : ce qu'un DUME doit dire, vérifié sans aucun fichier officiel.

`regle` nomme la règle officielle voisine.
"""

import re
from collections.abc import Iterator
from datetime import date

from formats.dume.defaut import Defaut
from formats.dume.modele import ROLES, TAILLES, VERSION, Dume, Partie
from formats.dume.regles_des_criteres import des_criteres
from formats.dume.regles_des_reponses import des_reponses

_PAYS = re.compile(r"[A-Z]{3}")
_CODE = re.compile(r"[A-Za-z][A-Za-z-]{1,40}")


def verifier(dume: Dume) -> list[Defaut]:
    """Tout ce que nous savons reprocher à ce DUME, l'en-tête d'abord."""
    defauts = [*_de_l_entete(dume), *_de_l_acheteur(dume.acheteur), *des_criteres(dume)]
    if dume.est_une_reponse:
        defauts += [*_de_l_operateur(dume), *des_reponses(dume)]
    return defauts


def _de_l_entete(dume: Dume) -> Iterator[Defaut]:
    if dume.ubl != "2.3":
        yield Defaut(
            champ="Version UBL",
            phrase="ce n'est pas « 2.3 ».",
            remede=_REMEDE_VERSION,
            regle="BR-OTH-05-01",
        )
    if dume.version != VERSION:
        dite = f"« {dume.version[:40]} »" if dume.version else "aucune version"
        yield Defaut(
            champ="Version du DUME",
            phrase=f"il annonce {dite}, et non {VERSION}.",
            remede=_REMEDE_VERSION,
            regle="ESPD",
        )
    yield from _dits(
        ("Identifiant du DUME", dume.identifiant, "BR-OTH-04-03"),
        ("Identifiant unique (UUID)", dume.uuid, "BR-OTH-04-04"),
        ("Référence de la consultation", dume.consultation, "XSD"),
        ("Date d'émission", dume.emis_le, "XSD"),
    )
    if dume.emis_le and not _est_une_date(dume.emis_le):
        yield Defaut(
            champ="Date d'émission",
            phrase="ce n'est pas une date.",
            remede="Écrivez AAAA-MM-JJ.",
            regle="XSD",
        )
    if not _CODE.fullmatch(dume.procedure):
        yield Defaut(
            champ="Procédure",
            phrase="le code de la procédure manque, ou n'en est pas un.",
            remede="Reprenez celui de la demande de l'acheteur.",
            regle="BR-SC-10",
        )


_REMEDE_VERSION = "Refaites-le avec un outil qui écrit la version 4.1.0."


def _de_l_acheteur(acheteur: Partie) -> Iterator[Defaut]:
    yield from _dits(
        ("Nom de l'acheteur", acheteur.nom, "BR-REQ-20-02"),
        ("Identifiant de l'acheteur", acheteur.identifiant, "BR-REQ-20-04"),
    )
    yield from _du_pays("Pays de l'acheteur", acheteur.pays, "BR-REQ-20-03")


def _de_l_operateur(dume: Dume) -> Iterator[Defaut]:
    operateur = dume.operateur
    if operateur is None:
        yield Defaut(
            champ="Entreprise",
            phrase="elle n'est pas dite.",
            remede="Dites qui répond.",
            regle="XSD",
        )
        return
    yield from _dits(
        ("Nom de l'entreprise", operateur.partie.nom, "BR-RESP-10-05"),
        ("Identifiant de l'entreprise", operateur.partie.identifiant, "BR-RESP-10-04"),
    )
    yield from _du_pays("Pays de l'entreprise", operateur.partie.pays, "BR-RESP-10-07")
    yield from _du_code("Rôle de l'entreprise", operateur.role, ROLES, "BR-RESP-10-03")
    yield from _du_code("Taille de l'entreprise", operateur.taille, TAILLES, "BR-RESP-10-06")
    for rang, representant in enumerate(operateur.representants, start=1):
        yield from _dits(
            (f"Prénom du représentant {rang}", representant.prenom, "BR-RESP-20-01"),
            (f"Nom du représentant {rang}", representant.nom, "BR-RESP-20-02"),
        )
        yield from _du_pays(f"Pays du représentant {rang}", representant.pays, "BR-RESP-20-03")
    if operateur.role == "group-lead" and not operateur.groupement:
        yield Defaut(
            champ="Nom du groupement",
            phrase="le mandataire ne nomme pas son groupement.",
            remede="Donnez-lui un nom.",
            regle="BR-LEAD-10-S10",
            est_une_erreur=False,
        )


def _dits(*attendus: tuple[str, str, str]) -> Iterator[Defaut]:
    for champ, valeur, regle in attendus:
        if not valeur:
            yield Defaut(champ=champ, phrase="il manque.", remede="Complétez-le.", regle=regle)


def _du_pays(champ: str, valeur: str, regle: str) -> Iterator[Defaut]:
    if not _PAYS.fullmatch(valeur):
        yield Defaut(
            champ=champ,
            phrase="le code du pays manque, ou n'en est pas un.",
            remede="Pour la France : FRA.",
            regle=regle,
        )


def _du_code(champ: str, valeur: str, connus: dict[str, str], regle: str) -> Iterator[Defaut]:
    if valeur not in connus:
        phrase = "il manque." if not valeur else f"« {valeur[:40]} » n'est pas de la liste."
        yield Defaut(
            champ=champ,
            phrase=phrase,
            remede=f"Valeurs admises : {', '.join(connus)}.",
            regle=regle,
        )


def _est_une_date(texte: str) -> bool:
    try:
        date.fromisoformat(texte[:10])
    except ValueError:
        return False
    return True

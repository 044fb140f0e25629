"""Lire un bordereau de prix :
reconnaître le fichier, le lire dans l'enclos, rendre ses lignes et ce qui a été vu.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from formats.bordereaux import bornes, csv_lu, ods, refus, xlsx
from formats.bordereaux.lignes import Recolte, recolter
from formats.bordereaux.modele import Bordereau, Classeur, Constat, FeuilleLue, Ligne, Total, lettre
from formats.bordereaux.reperage import tableau_de
from formats.lecture import enclos
from formats.lecture.archive import Archive
from formats.lecture.lire import mesurer
from formats.lecture.refus import DocumentIllisible, protege

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHIFFRE = "EncryptedPackage".encode("utf-16-le")
_MODELE_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_ROLES = {
    "quantite": "quantité",
    "prix_unitaire": "prix unitaire",
    "montant": "montant",
    "unite": "unité",
    "tva": "TVA",
}


def lire_bordereau(document: bytes | Path, nom: str = "") -> Bordereau:
    """Les lignes d'un bordereau XLSX, ODS ou CSV. Lève `DocumentIllisible` ;
    ni macro, ni formule, ni lien n'est exécuté.

    La lecture se fait dans un autre processus, borné en mémoire et en temps.
    """
    if isinstance(document, Path):
        nom = nom or document.name
        mesurer(document.stat().st_size)
        document = document.read_bytes()
    mesurer(len(document))
    return depuis_le_json(enclos.lu_du_json(enclos.confier(__name__, document, nom)))


def lire_ici(octets: bytes, nom: str = "") -> Bordereau:
    """La même lecture, sans enclos : ce que fait le processus enfant."""
    mesurer(len(octets))
    return bordereau_de(classeur_de(octets, nom))


def enfant() -> None:
    """Ce que fait le processus : se borner, lire l'entrée, répondre."""
    enclos.repondre(lambda octets, nom: en_json(lire_ici(octets, nom)))


def classeur_de(octets: bytes, nom: str) -> Classeur:
    """Ce que le contenu dit être ; le nom du fichier peut mentir."""
    if not octets.strip():
        raise DocumentIllisible("Ce fichier est vide. Vérifiez le fichier choisi.")
    if octets.startswith(_OLE):
        raise (
            protege()
            if _CHIFFRE in octets
            else refus.autre_format("un ancien classeur Excel (XLS)")
        )
    if octets.startswith(b"PK"):
        return _classeur_archive(Archive(octets, sorte=refus.SORTE))
    if b"%PDF-" in octets[:1024]:
        raise refus.autre_format("un PDF")
    return csv_lu.lire(octets)


def _classeur_archive(archive: Archive) -> Classeur:
    if archive.contient("xl/workbook.xml"):
        return xlsx.lire(archive)
    if archive.contient("xl/workbook.bin"):
        raise refus.autre_format("un classeur Excel binaire (XLSB)")
    if archive.contient("mimetype") and archive.lire("mimetype").decode(
        "ascii", "replace"
    ).startswith(_MODELE_ODS):
        return ods.lire(archive)
    raise refus.autre_format("une archive ZIP, ou un document qui n'est pas un classeur")


def bordereau_de(classeur: Classeur) -> Bordereau:
    """Les tableaux de toutes les feuilles visibles, bout à bout."""
    recoltes = [
        recolter(feuille, tableau)
        for feuille in classeur.feuilles
        if not feuille.masquee and (tableau := tableau_de(feuille)) is not None
    ]
    if not recoltes:
        raise refus.sans_tableau()
    constats = [
        *_du_classeur(classeur, {r.feuille.nom for r in recoltes}),
        *(c for r in recoltes for c in _de(r)),
    ]
    return Bordereau(
        lignes=tuple(ligne for r in recoltes for ligne in r.lignes),
        totaux=tuple(total for r in recoltes for total in r.totaux),
        feuilles=tuple(
            FeuilleLue(
                r.feuille.nom,
                r.tableau.entete,
                {role: lettre(c) for role, c in r.tableau.colonnes.items()},
            )
            for r in recoltes
        ),
        constats=tuple(_abreges(constats)),
    )


def _du_classeur(classeur: Classeur, lues: set[str]) -> Iterator[Constat]:
    if classeur.macros:
        yield Constat("macros", "Ce fichier contient des macros : elles n'ont pas été exécutées.")
    if classeur.liens_externes:
        yield Constat(
            "liens_externes",
            "Ce fichier renvoie à d'autres fichiers : ces liens n'ont pas été suivis.",
        )
    for feuille in classeur.feuilles:
        if feuille.masquee:
            yield Constat(
                "feuille_masquee",
                f"La feuille « {feuille.nom} » est masquée : elle n'est pas lue.",
                feuille.nom,
            )
        elif feuille.nom not in lues and feuille.rangees:
            yield Constat(
                "feuille_sans_tableau",
                (
                    f"La feuille « {feuille.nom} » n'a pas de tableau de prix reconnu : "
                    "elle n'est pas lue."
                ),
                feuille.nom,
            )


def _de(recolte: Recolte) -> Iterator[Constat]:
    """Ce qu'on a vu d'une feuille :
    colonnes masquées ou en double, formules, puis ligne à ligne.
    """
    nom, colonnes = recolte.feuille.nom, recolte.tableau.colonnes
    for role, colonne in recolte.tableau.doubles:
        dit, prise, laissee = _ROLES.get(role, role), lettre(colonnes[role]), lettre(colonne)
        yield Constat(
            "colonne_en_double",
            f"Deux colonnes disent « {dit} » : {prise} est lue, {laissee} ne l'est pas.",
            nom,
            f"{laissee}{recolte.tableau.entete}",
        )
    for colonne in sorted(set(recolte.feuille.colonnes_masquees) & set(colonnes.values())):
        yield Constat(
            "colonne_masquee",
            f"La colonne {lettre(colonne)} est masquée dans le fichier ; elle est lue.",
            nom,
            lettre(colonne),
        )
    if recolte.formules:
        n = recolte.formules
        combien = (
            "Un prix ou montant est calculé" if n == 1 else f"{n} prix ou montants sont calculés"
        )
        yield Constat(
            "formules", f"{combien} par une formule : la valeur enregistrée est lue.", nom
        )
    yield from recolte.constats


def _abreges(constats: Iterable[Constat]) -> Iterator[Constat]:
    """Mille fois le même constat n'aide personne : les premiers, puis leur nombre."""
    vus: Counter[tuple[str, str]] = Counter()
    for constat in constats:
        vus[constat.code, constat.feuille] += 1
        if vus[constat.code, constat.feuille] <= bornes.CONSTATS_PAREILS:
            yield constat
    for (code, feuille), fois in vus.items():
        if fois > bornes.CONSTATS_PAREILS:
            yield Constat(
                code,
                f"Et {fois - bornes.CONSTATS_PAREILS} fois encore, dans cette feuille.",
                feuille,
            )


def en_json(bordereau: Bordereau) -> bytes:
    """Les nombres y sont des textes : rien ne passe par un flottant."""
    return json.dumps(
        {"issue": "lu", "texte": asdict(bordereau)}, ensure_ascii=False, default=str
    ).encode()


def depuis_le_json(lu: dict[str, Any]) -> Bordereau:
    decimaux = ("quantite", "prix_unitaire", "montant", "tva")
    return Bordereau(
        lignes=tuple(
            Ligne(**{**ligne, **{role: _decimal(ligne[role]) for role in decimaux}})
            for ligne in lu["lignes"]
        ),
        totaux=tuple(Total(**{**t, "montant": Decimal(t["montant"])}) for t in lu["totaux"]),
        feuilles=tuple(FeuilleLue(**f) for f in lu["feuilles"]),
        constats=tuple(
            Constat(**{**c, "effet_ht": _decimal(c["effet_ht"])}) for c in lu["constats"]
        ),
    )


def _decimal(texte: str | None) -> Decimal | None:
    return None if texte is None else Decimal(texte)

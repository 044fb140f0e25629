"""Lit un règlement (PDF, DOCX ou ODT) et dit ce qui bloque, ce qui étonne, ce qui manque.

Le texte seul :
  ./beffroi rc verifier RC.docx
Le texte comparé à la consultation, décrite en JSON (docs/acheteurs/controler-un-reglement.md) :
  ./beffroi rc verifier RC.pdf --consultation fiche.json
Rend 0 si rien ne bloque, 1 si un constat bloque, 2 si un fichier n'a pas pu être lu.
Un règlement illisible n'empêche pas de
contrôler la consultation : le rapport dit alors qu'il est partiel.
"""

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from beffroi.achat.controles import rendu
from beffroi.achat.controles.rules import controler
from beffroi.commandes.cli.analyse import jour
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import fichier_lisible
from droit.achat import Achat, AchatIllisible, lire
from droit.en_vigueur import Droit, DroitInconnu
from formats.lecture import DocumentIllisible, Texte, lire_document

PARIS = ZoneInfo("Europe/Paris")


class FichierIllisible(ErreurDeCommande):
    """Un fichier donné n'a pas pu être lu."""

    code = 2


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "reglement", metavar="RC", type=Path, help="le règlement, en PDF, DOCX ou ODT"
    )
    analyseur.add_argument(
        "--consultation", type=Path, metavar="FICHE", help="la consultation, en JSON"
    )
    analyseur.add_argument(
        "--au",
        type=jour,
        metavar="DATE",
        help="contrôler comme si l'on était ce jour-là, comme 2026-11-24",
    )
    analyseur.add_argument("--json", action="store_true", help="pour un autre programme")


def executer(options: Namespace) -> int:
    achat = _lire_la_fiche(options.consultation) if options.consultation else None
    texte, lacune = _lire_ou_dire_pourquoi(options.reglement, sans_rien_d_autre=achat is None)
    maintenant = _maintenant(options.au)
    rapport = controler(achat, texte, _droit(options.au, achat, maintenant), maintenant)
    if lacune:
        rapport = replace(rapport, lacunes=(lacune,))
    ecrire = rendu.en_json if options.json else rendu.en_lignes
    print(ecrire(rapport, texte, nom=options.reglement.name))
    return FichierIllisible.code if lacune else int(rapport.bloque)


def _lire_ou_dire_pourquoi(chemin: Path, *, sans_rien_d_autre: bool) -> tuple[Texte | None, str]:
    """Le texte, ou la phrase qui dit pourquoi il manque ;
    sans consultation à contrôler, il n'y a pas de rapport.
    """
    try:
        return _lire_le_reglement(chemin), ""
    except FichierIllisible as illisible:
        if sans_rien_d_autre:
            raise FichierIllisible(f"{illisible} Rien n'a été contrôlé.") from illisible
        return None, str(illisible)


def _lire_le_reglement(chemin: Path) -> Texte:
    try:
        with fichier_lisible(chemin):
            return lire_document(chemin)
    except DocumentIllisible as illisible:
        raise FichierIllisible(f"{chemin.name} : {illisible.phrase}") from illisible
    except ErreurDeCommande as absent:
        raise FichierIllisible(str(absent)) from absent


def _lire_la_fiche(chemin: Path) -> Achat:
    try:
        with fichier_lisible(chemin) as flux:
            return lire(flux.read())
    except AchatIllisible as illisible:
        raise FichierIllisible(
            f"{chemin.name} ne décrit pas une consultation. {illisible}"
        ) from illisible
    except ErreurDeCommande as absent:
        raise FichierIllisible(str(absent)) from absent


def _maintenant(au: date | None) -> datetime:
    return datetime.combine(au, time(0), PARIS) if au else datetime.now(PARIS)


def _droit(au: date | None, achat: Achat | None, maintenant: datetime) -> Droit:
    """La loi du jour demandé ;
    sinon celle du jour où l'avis est parti, puis celle d'aujourd'hui.
    """
    envoi = achat.dates.envoi_de_l_avis if achat else None
    try:
        return Droit.au(au or envoi or maintenant.date())
    except DroitInconnu as inconnu:
        raise ErreurDeCommande(inconnu.phrase) from inconnu

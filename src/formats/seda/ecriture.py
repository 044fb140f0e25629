"""Écrire le bordereau d'un transfert (`manifest.xml`), dans l'ordre du schéma.
À données égales, les octets sont les mêmes.

Source : schémas officiels du SEDA 2.1, 2.2 et 2.3 (`seda-2.x-main.xsd`).
Les éléments écrits sont dans les trois.
"""

from collections.abc import Iterable
from datetime import UTC

from lxml import etree

from formats.seda.balises import (
    DATES,
    JETONS,
    MOTS_CLES,
    TEXTES,
    Element,
    ecrire_une_date,
    jeton,
    propre,
)
from formats.seda.modele import Bordereau, Dua, Format, Gestion, Groupe, Objet, Regle, Unite
from formats.seda.versions import espace

# Les référentiels dont viennent les codes ;
# l'élément est exigé, chacun de ses contenus ne l'est pas.
REFERENTIELS = (
    ("MessageDigestAlgorithmCodeListVersion", "MessageDigestAlgorithmCodeListVersion0"),
    ("MimeTypeCodeListVersion", "MimeTypeCodeListVersion0"),
    ("FileFormatCodeListVersion", "FileFormatCodeListVersion0"),
    ("AppraisalRuleCodeListVersion", "AppraisalRuleCodeListVersion0"),
    ("AccessRuleCodeListVersion", "AccessRuleCodeListVersion0"),
)


def ecrire(bordereau: Bordereau) -> bytes:
    """Les octets de `manifest.xml`, en UTF-8."""
    return bytes(
        etree.tostring(
            en_arbre(bordereau), encoding="UTF-8", xml_declaration=True, pretty_print=True
        ),
    )


def en_arbre(bordereau: Bordereau) -> Element:
    return _Plume(bordereau.version).transfert(bordereau)


class _Plume:
    """Écrit dans l'espace de noms d'une version."""

    def __init__(self, version: str) -> None:
        self._espace = espace(version)

    def transfert(self, dit: Bordereau) -> Element:
        racine = etree.Element(f"{{{self._espace}}}ArchiveTransfer", nsmap={None: self._espace})
        self._texte(racine, "Comment", dit.commentaire)
        # Une heure sans fuseau serait celle de qui la lit.
        self._jeton(racine, "Date", ecrire_une_date(dit.date.astimezone(UTC)))
        self._jeton(racine, "MessageIdentifier", dit.identifiant)
        self._jeton(racine, "ArchivalAgreement", dit.accord)
        referentiels = self._noeud(racine, "CodeListVersions")
        for nom, valeur in REFERENTIELS:
            self._jeton(referentiels, nom, valeur)
        paquet = self._noeud(racine, "DataObjectPackage")
        for groupe in dit.groupes:
            self._groupe(paquet, groupe)
        description = self._noeud(paquet, "DescriptiveMetadata")
        for unite in dit.unites:
            self._unite(description, unite)
        generale = self._noeud(paquet, "ManagementMetadata")
        self._jeton(generale, "ArchivalProfile", dit.profil)
        # Les archives des acheteurs publics le sont dès leur création (code du
        # patrimoine, L. 211-1 et L. 211-4).
        self._jeton(generale, "LegalStatus", "Public Archive")
        self._jeton(generale, "OriginatingAgencyIdentifier", dit.service_producteur)
        self._jeton(generale, "SubmissionAgencyIdentifier", dit.service_versant)
        self._gestion(generale, dit.gestion)
        for nom, service in (
            ("ArchivalAgency", dit.service_d_archives),
            ("TransferringAgency", dit.service_versant),
        ):
            self._jeton(self._noeud(racine, nom), "Identifier", service)
        return racine

    def _groupe(self, paquet: Element, groupe: Groupe) -> None:
        noeud = self._noeud(paquet, "DataObjectGroup", groupe.id)
        for objet in groupe.objets:
            self._objet(noeud, objet)

    def _objet(self, groupe: Element, objet: Objet) -> None:
        noeud = self._noeud(groupe, "BinaryDataObject", objet.id)
        self._jeton(noeud, "DataObjectVersion", objet.usage)
        self._jeton(noeud, "Uri", objet.uri)
        self._jeton(noeud, "MessageDigest", objet.empreinte).set("algorithm", objet.algorithme)
        # Le schéma n'admet pas la taille zéro :
        # un fichier vide n'en porte pas, son empreinte le dit.
        if objet.taille:
            self._jeton(noeud, "Size", str(objet.taille))
        self._format(noeud, objet.format)
        informations = self._noeud(noeud, "FileInfo")
        etree.SubElement(informations, f"{{{self._espace}}}Filename").text = propre(objet.nom)
        if objet.modifie_le:
            self._jeton(
                informations, "LastModified", ecrire_une_date(objet.modifie_le.astimezone(UTC))
            )

    def _format(self, objet: Element, format_: Format) -> None:
        noeud = self._noeud(objet, "FormatIdentification")
        self._texte(noeud, "FormatLitteral", format_.nom)
        self._jeton(noeud, "MimeType", format_.mime)
        self._jeton(noeud, "FormatId", format_.puid)

    def _unite(self, parent: Element, unite: Unite) -> None:
        noeud = self._noeud(parent, "ArchiveUnit", unite.id)
        if unite.gestion:
            self._gestion(self._noeud(noeud, "Management"), unite.gestion)
        self._contenu(self._noeud(noeud, "Content"), unite)
        for contenue in unite.unites:
            self._unite(noeud, contenue)
        for renvoi in unite.renvois:
            self._jeton(
                self._noeud(noeud, "ArchiveUnit", renvoi.id), "ArchiveUnitRefId", renvoi.vers
            )
        for groupe in unite.groupes:
            self._jeton(
                self._noeud(noeud, "DataObjectReference"), "DataObjectGroupReferenceId", groupe
            )

    def _contenu(self, noeud: Element, unite: Unite) -> None:
        for champ, nom in TEXTES:
            ecrit = self._jeton if champ in JETONS else self._texte
            ecrit(noeud, nom, getattr(unite, champ) or "")
        for mot in unite.mots_cles:
            self._jeton(noeud, MOTS_CLES, mot)
        for champ, nom in DATES:
            moment = getattr(unite, champ)
            self._jeton(noeud, nom, ecrire_une_date(moment) if moment else "")

    def _gestion(self, noeud: Element, gestion: Gestion | None) -> None:
        if gestion and gestion.dua:
            self._dua(self._noeud(noeud, "AppraisalRule"), gestion.dua)
        if gestion and gestion.communicabilite:
            self._regles(self._noeud(noeud, "AccessRule"), gestion.communicabilite)

    def _dua(self, noeud: Element, dua: Dua) -> None:
        self._regles(noeud, dua.regles)
        self._jeton(noeud, "FinalAction", dua.sort)

    def _regles(self, noeud: Element, regles: Iterable[Regle]) -> None:
        for regle in regles:
            self._jeton(noeud, "Rule", regle.identifiant)
            if regle.debut:
                self._jeton(noeud, "StartDate", ecrire_une_date(regle.debut))

    def _noeud(self, parent: Element, nom: str, identifiant: str = "") -> Element:
        noeud = etree.SubElement(parent, f"{{{self._espace}}}{nom}")
        if identifiant:
            noeud.set("id", identifiant)
        return noeud

    def _jeton(self, parent: Element, nom: str, contenu: str) -> Element:
        """Une valeur sans espace superflu ; rien si elle est vide."""
        if not jeton(contenu):
            return etree.Element(nom)
        noeud = self._noeud(parent, nom)
        noeud.text = jeton(contenu)
        return noeud

    def _texte(self, parent: Element, nom: str, contenu: str) -> None:
        """Un texte tel qu'il est écrit ; rien s'il est vide."""
        if contenu:
            self._noeud(parent, nom).text = propre(contenu)

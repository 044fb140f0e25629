"""Lire un bordereau venu d'ailleurs :
borné, en UTF-8, sans entité, sans type de document, sans réseau.
"""

import hashlib
from datetime import datetime
from typing import Any

from lxml import etree

from formats.seda import balises, bornes
from formats.seda.archive import PaquetIllisible
from formats.seda.balises import Element
from formats.seda.modele import (
    SHA_512,
    Bordereau,
    Dua,
    Format,
    Gestion,
    Groupe,
    Niveau,
    Objet,
    Regle,
    Renvoi,
    SortFinal,
    Unite,
)
from formats.seda.versions import VERSIONS, version_de
from formats.xml_fautif import faute_de_xml

_BOM = b"\xef\xbb\xbf"
_EMPREINTE_DU_VIDE = hashlib.sha512(b"").hexdigest()


def lire(contenu: bytes) -> Bordereau:
    """Le transfert que ce bordereau décrit. Lève `PaquetIllisible`.

    Ce que notre modèle ne dit pas (événements, agents,
    objets physiques, autres règles) n'est pas repris.
    """
    return de_l_arbre(racine(contenu))


def racine(contenu: bytes) -> Element:
    lu = arbre(contenu, au_plus=bornes.OCTETS_DU_BORDEREAU, quoi="Ce bordereau")
    nom = etree.QName(lu)
    if nom.localname != "ArchiveTransfer" or not version_de(nom.namespace or ""):
        raise PaquetIllisible(
            f"Ce bordereau est un « {nom.localname} » de l'espace « {nom.namespace or 'aucun'} ». "
            "Il faut un ArchiveTransfer, "
            f"en SEDA {', '.join(VERSIONS)}."
        )
    return lu


def arbre(contenu: bytes, *, au_plus: int, quoi: str) -> Element:
    """Un XML venu d'ailleurs : borné, en UTF-8, sans entité ni réseau.

    `quoi` le nomme dans un refus.
    """
    if len(contenu) > au_plus:
        raise PaquetIllisible(f"{quoi} dépasse {au_plus // 1_000_000} Mo : il n'est pas lu.")
    contenu = contenu.removeprefix(_BOM)
    try:
        contenu.decode("utf-8")
    except UnicodeDecodeError as erreur:
        raise PaquetIllisible(
            f"{quoi} n'est pas en UTF-8. Enregistrez-le en UTF-8, puis recommencez."
        ) from erreur
    # Refusé avant d'être lu : une entité ne se déclare que là.
    if b"<!DOCTYPE" in contenu or b"<!ENTITY" in contenu:
        raise PaquetIllisible(
            f"{quoi} déclare un type de document, et peut-être des entités : il n'est pas lu."
        )
    lecteur = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(contenu, lecteur)
    except etree.XMLSyntaxError as erreur:
        raise PaquetIllisible(
            f"{quoi} n'est pas un XML bien formé, {faute_de_xml(erreur)}."
        ) from erreur


def de_l_arbre(lu: Element) -> Bordereau:
    """Le transfert d'un arbre déjà lu. Lève `PaquetIllisible` si sa date manque."""
    return _Lecteur(etree.QName(lu).namespace).bordereau(lu)


class _Lecteur:
    def __init__(self, espace: str) -> None:
        self._espace = f"{{{espace}}}"
        self._version = version_de(espace)

    def bordereau(self, lu: Element) -> Bordereau:
        paquet, generale = (
            self._fils(lu, "DataObjectPackage"),
            self._fils(lu, "DataObjectPackage", "ManagementMetadata"),
        )
        date = self._heure(lu, "Date")
        if date is None:
            raise PaquetIllisible("Ce bordereau n'a pas de date, ou elle n'est pas une heure.")
        unites, _ = self._unites(self._fils(paquet, "DescriptiveMetadata"))
        return Bordereau(
            version=self._version,
            identifiant=self._jeton(lu, "MessageIdentifier"),
            date=date,
            accord=self._jeton(lu, "ArchivalAgreement"),
            commentaire=self._texte(lu, "Comment"),
            profil=self._jeton(generale, "ArchivalProfile"),
            service_d_archives=self._jeton(self._fils(lu, "ArchivalAgency"), "Identifier"),
            service_versant=self._jeton(self._fils(lu, "TransferringAgency"), "Identifier"),
            service_producteur=self._jeton(generale, "OriginatingAgencyIdentifier"),
            groupes=self._groupes(paquet),
            unites=unites,
            gestion=self._gestion(generale),
        )

    def _groupes(self, paquet: Element | None) -> tuple[Groupe, ...]:
        """Les groupes ; un objet isolé nomme le sien (SEDA 2.0), ou en fait un à lui seul."""
        groupes: dict[str, list[Objet]] = {}
        for noeud in [] if paquet is None else paquet:
            nom = etree.QName(noeud).localname
            if nom == "DataObjectGroup":
                objets = [
                    self._objet(fils) for fils in noeud.iterfind(f"{self._espace}BinaryDataObject")
                ]
                groupes.setdefault(noeud.get("id", ""), []).extend(objets)
            elif nom == "BinaryDataObject":
                sien = self._jeton(noeud, "DataObjectGroupId") or self._jeton(
                    noeud, "DataObjectGroupReferenceId"
                )
                groupes.setdefault(sien or noeud.get("id", ""), []).append(self._objet(noeud))
        return tuple(Groupe(id=id_, objets=tuple(objets)) for id_, objets in groupes.items())

    def _objet(self, noeud: Element) -> Objet:
        somme, infos = self._fils(noeud, "MessageDigest"), self._fils(noeud, "FileInfo")
        format_ = self._fils(noeud, "FormatIdentification")
        return Objet(
            id=noeud.get("id", ""),
            uri=self._jeton(noeud, "Uri"),
            nom=self._texte(infos, "Filename"),
            empreinte=self._jeton(noeud, "MessageDigest"),
            algorithme=SHA_512 if somme is None else somme.get("algorithm", ""),
            taille=_taille(self._jeton(noeud, "Size"), self._jeton(noeud, "MessageDigest")),
            format=Format(
                nom=self._texte(format_, "FormatLitteral"),
                mime=self._jeton(format_, "MimeType"),
                puid=self._jeton(format_, "FormatId"),
            ),
            modifie_le=self._heure(infos, "LastModified"),
            usage=self._jeton(noeud, "DataObjectVersion"),
        )

    def _unites(self, parent: Element | None) -> tuple[tuple[Unite, ...], tuple[Renvoi, ...]]:
        unites, renvois = [], []
        for noeud in [] if parent is None else parent.iterfind(f"{self._espace}ArchiveUnit"):
            vers = self._jeton(noeud, "ArchiveUnitRefId")
            if vers:
                renvois.append(Renvoi(id=noeud.get("id", ""), vers=vers))
            else:
                unites.append(self._unite(noeud))
        return tuple(unites), tuple(renvois)

    def _unite(self, noeud: Element) -> Unite:
        contenu = self._fils(noeud, "Content")
        unites, renvois = self._unites(noeud)
        lus: dict[str, Any] = {
            champ: (self._jeton if champ in balises.JETONS else self._texte)(contenu, nom)
            for champ, nom in balises.TEXTES
        }
        niveau = lus.pop("niveau")
        lus |= {
            champ: balises.lire_une_date(self._jeton(contenu, nom)) for champ, nom in balises.DATES
        }
        mots = [] if contenu is None else contenu.iterfind(f"{self._espace}{balises.MOTS_CLES}")
        return Unite(
            id=noeud.get("id", ""),
            niveau=Niveau(niveau) if niveau in set(Niveau) else None,
            mots_cles=tuple(balises.jeton(mot.text or "") for mot in mots),
            gestion=self._gestion(self._fils(noeud, "Management")),
            unites=unites,
            renvois=renvois,
            groupes=tuple(self._designes(noeud)),
            **lus,
        )

    def _designes(self, noeud: Element) -> list[str]:
        designes = noeud.iterfind(f"{self._espace}DataObjectReference")
        return [
            balises.jeton(reference.text or "") for designe in designes for reference in designe
        ]

    def _gestion(self, noeud: Element | None) -> Gestion | None:
        dua, acces = self._fils(noeud, "AppraisalRule"), self._fils(noeud, "AccessRule")
        if dua is None and acces is None:
            return None
        sort = "" if dua is None else self._jeton(dua, "FinalAction")
        return Gestion(
            dua=Dua(sort=SortFinal(sort), regles=self._regles(dua))
            if sort in set(SortFinal)
            else None,
            communicabilite=self._regles(acces),
        )

    def _regles(self, noeud: Element | None) -> tuple[Regle, ...]:
        """Les règles se suivent, chacune avec sa date ou sans."""
        regles: list[Regle] = []
        for fils in [] if noeud is None else noeud:
            nom, texte = etree.QName(fils).localname, balises.jeton(fils.text or "")
            if nom == "Rule":
                regles.append(Regle(identifiant=texte))
            elif nom == "StartDate" and regles:
                regles[-1] = Regle(
                    identifiant=regles[-1].identifiant, debut=balises.lire_une_date(texte)
                )
        return tuple(regles)

    def _heure(self, parent: Element | None, nom: str) -> datetime | None:
        lue = balises.lire_une_date(self._jeton(parent, nom))
        return lue if isinstance(lue, datetime) else None

    def _fils(self, parent: Element | None, *noms: str) -> Element | None:
        for nom in noms:
            parent = None if parent is None else parent.find(f"{self._espace}{nom}")
        return parent

    def _texte(self, parent: Element | None, nom: str) -> str:
        trouve = self._fils(parent, nom)
        return "" if trouve is None else trouve.text or ""

    def _jeton(self, parent: Element | None, nom: str) -> str:
        return balises.jeton(self._texte(parent, nom))


def _taille(dite: str, empreinte: str) -> int | None:
    """Le schéma n'admet pas la taille zéro :
    un fichier vide n'en porte pas, son empreinte le dit.
    """
    if dite.isascii() and dite.isdecimal():
        return int(dite)
    return 0 if empreinte == _EMPREINTE_DU_VIDE else None

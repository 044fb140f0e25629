"""Nos règles sur un bordereau : ce que le schéma n'exprime pas, ou que l'on dit mieux que
lui. Chacune a un nom stable.

Elles portent sur l'arbre tel qu'il est écrit, non sur notre modèle :
rien de ce qu'un autre logiciel y met ne leur échappe.
"""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from formats.seda.archive import NOM_SUR
from formats.seda.balises import XML_ID, Element, jeton
from formats.seda.defaut import Defaut
from formats.seda.mesure import ALGORITHMES, FAIBLES

DOSSIER = "content"
ARBRE = "arbre des unités"


def nom_de(noeud: Element) -> str:
    return str(etree.QName(noeud).localname)


def enfant(noeud: Element, nom: str) -> str:
    """Le texte de ce fils ; vide s'il manque."""
    trouve = noeud.find(f"{{{etree.QName(noeud).namespace}}}{nom}")
    return "" if trouve is None else jeton(trouve.text or "")


def du_bordereau(racine: Element, *, avec_les_empreintes: bool = True) -> list[Defaut]:
    """Tout ce qui se juge sans ouvrir un fichier du paquet."""
    lu = _Lu(racine)
    return [
        *_entete(lu),
        *_identifiants(lu),
        *_references(lu),
        *_cycles(lu),
        *_objets(lu, avec_les_empreintes),
        *_isoles(lu),
    ]


class _Lu:
    """L'arbre, rangé par sorte d'élément.

    Seuls comptent ceux du SEDA : une extension a ses propres règles.
    """

    def __init__(self, racine: Element) -> None:
        self.racine = racine
        self.espace = etree.QName(racine).namespace
        self.noeuds = list(racine.iter(f"{{{self.espace}}}*"))
        self.unites = [noeud for noeud in self.noeuds if nom_de(noeud) == "ArchiveUnit"]
        self.objets = [
            noeud
            for noeud in self.noeuds
            if nom_de(noeud) in {"BinaryDataObject", "PhysicalDataObject"}
        ]
        self.groupes = {
            noeud.get("id", "") for noeud in self.noeuds if nom_de(noeud) == "DataObjectGroup"
        }
        self.groupes |= {
            jeton(noeud.text or "") for noeud in self.noeuds if nom_de(noeud) == "DataObjectGroupId"
        }


def objets_numeriques(racine: Element) -> Iterator[Element]:
    yield from racine.iter(f"{{{etree.QName(racine).namespace}}}BinaryDataObject")


def ou_est(objet: Element) -> str:
    """« objet ID17 (Montparnasse.txt) »"""
    infos = objet.find(f"{{{etree.QName(objet).namespace}}}FileInfo")
    nom = "" if infos is None else enfant(infos, "Filename")
    return f"objet {objet.get('id', '')}" + (f" ({nom})" if nom else "")


def _entete(lu: _Lu) -> Iterator[Defaut]:
    for nom in ("MessageIdentifier", "Date"):
        if not enfant(lu.racine, nom):
            yield Defaut(
                ou="en-tête",
                phrase=f"{nom} manque.",
                remede="Donnez-le dans le bordereau.",
                regle="entete",
            )
    for nom in ("ArchivalAgency", "TransferringAgency"):
        service = lu.racine.find(f"{{{lu.espace}}}{nom}")
        if service is None or not enfant(service, "Identifier"):
            yield Defaut(
                ou="en-tête",
                phrase=f"{nom} n'a pas d'identifiant.",
                remede="Nommez ce service.",
                regle="entete",
            )
    if not lu.unites:
        yield Defaut(
            ou=ARBRE,
            phrase="le transfert ne décrit aucune unité d'archives : il est vide.",
            remede="Décrivez au moins une unité.",
            regle="vide",
        )


def _identifiants(lu: _Lu) -> Iterator[Defaut]:
    tous = [
        noeud.get(cle)
        for noeud in lu.noeuds
        for cle in ("id", XML_ID)
        if noeud.get(cle) is not None
    ]
    for identifiant, fois in Counter(tous).items():
        if fois > 1:
            yield Defaut(
                ou=f"identifiant {identifiant}",
                phrase=f"il est porté par {fois} éléments.",
                remede="Donnez à chacun le sien.",
                regle="id-double",
            )


def _references(lu: _Lu) -> Iterator[Defaut]:
    unites = {unite.get("id") for unite in lu.unites}
    objets = {objet.get("id") for objet in lu.objets} | lu.groupes
    tous = {noeud.get(cle) for noeud in lu.noeuds for cle in ("id", XML_ID)} | lu.groupes
    admis = {
        "DataObjectReferenceId": (objets, "un objet ou un groupe"),
        "DataObjectGroupReferenceId": (objets, "un groupe ou un objet"),
        "ArchiveUnitRefId": (unites, "une unité"),
    }
    for noeud in lu.noeuds:
        nom = nom_de(noeud)
        if nom == "Relationship" and noeud.get("target") not in tous:
            yield _pendante(nom, noeud.get("target", ""), "un élément")
        elif nom in admis and jeton(noeud.text or "") not in admis[nom][0]:
            yield _pendante(nom, jeton(noeud.text or ""), admis[nom][1])


def _pendante(nom: str, vers: str, quoi: str) -> Defaut:
    return Defaut(
        ou=f"référence {nom} vers « {vers} »",
        phrase=f"rien dans ce bordereau n'est {quoi} de ce nom.",
        remede="Ajoutez ce qui manque, ou retirez la référence.",
        regle="reference",
    )


def _cycles(lu: _Lu) -> Iterator[Defaut]:
    """Une unité ne se contient pas elle-même, ni par l'arbre ni par ses renvois."""
    suites = _suites(lu)
    clos: set[str] = set()
    for depart in suites:
        # Un dictionnaire garde l'ordre : c'est le chemin suivi, que l'on interroge aussi.
        chemin: dict[str, Iterator[str]] = {} if depart in clos else {depart: iter(suites[depart])}
        while chemin:
            ici = next(reversed(chemin))
            suivant = next(chemin[ici], None)
            if suivant is None:
                clos.add(ici)
                del chemin[ici]
            elif suivant in chemin:
                yield _boucle([*chemin], suivant)
            elif suivant not in clos and suivant in suites:
                chemin[suivant] = iter(suites[suivant])


def _boucle(chemin: list[str], retour: str) -> Defaut:
    boucle = [*chemin[chemin.index(retour) :], retour]
    return Defaut(
        ou=ARBRE,
        phrase=f"des unités se contiennent l'une l'autre : {' → '.join(boucle)}.",
        remede="Retirez l'un de ces renvois.",
        regle="cycle",
    )


def _suites(lu: _Lu) -> dict[str, list[str]]:
    """Chaque unité, et celles qu'elle contient ou dont elle tient la place."""
    suites: dict[str, list[str]] = {}
    for unite in lu.unites:
        siens = suites.setdefault(unite.get("id", ""), [])
        siens += [fils.get("id", "") for fils in unite if fils.tag == unite.tag]
        vers = enfant(unite, "ArchiveUnitRefId")
        siens += [vers] if vers else []
    return suites


def _objets(lu: _Lu, avec_les_empreintes: bool) -> Iterator[Defaut]:
    for objet in objets_numeriques(lu.racine):
        ou, uri = ou_est(objet), enfant(objet, "Uri")
        if not uri and not enfant(objet, "Attachment"):
            yield Defaut(
                ou=ou,
                phrase="il ne désigne aucun fichier.",
                remede="Donnez son Uri.",
                regle="objet-sans-contenu",
            )
        if uri and not _est_une_uri_du_paquet(uri):
            yield Defaut(
                ou=ou,
                phrase=f"son Uri « {uri} » n'est pas un nom sûr du dossier {DOSSIER}.",
                remede=f"Rangez le fichier sous {DOSSIER}/, nommé de lettres, chiffres, tirets, "
                "points et soulignés ; "
                "son vrai nom se met dans Filename.",
                regle="uri",
            )
        if avec_les_empreintes:
            yield from _algorithme(objet, ou)


def _algorithme(objet: Element, ou: str) -> Iterator[Defaut]:
    somme = objet.find(f"{{{etree.QName(objet).namespace}}}MessageDigest")
    if somme is None or not jeton(somme.text or ""):
        yield Defaut(
            ou=ou,
            phrase="il n'a pas d'empreinte.",
            remede="Calculez-la (SHA-512).",
            regle="empreinte-absente",
        )
        return
    algorithme = somme.get("algorithm", "")
    if algorithme not in ALGORITHMES:
        yield Defaut(
            ou=ou,
            phrase=f"l'algorithme d'empreinte « {algorithme} » n'est pas connu.",
            remede=f"Algorithmes connus, à la lettre : {', '.join(ALGORITHMES)}.",
            regle="algorithme",
        )
    elif algorithme in FAIBLES:
        yield Defaut(
            ou=ou,
            phrase=f"son empreinte est en {algorithme}, qui ne prouve plus l'intégrité.",
            remede="Préférez SHA-512.",
            regle="empreinte-faible",
            est_une_erreur=False,
        )


def _est_une_uri_du_paquet(uri: str) -> bool:
    dossier, *reste = uri.split("/")
    return (
        dossier.lower() == DOSSIER
        and bool(reste)
        and all(NOM_SUR.match(partie) for partie in reste)
    )


def _isoles(lu: _Lu) -> Iterator[Defaut]:
    """Un groupe qu'aucune unité ne désigne : personne ne le retrouverait."""
    designes = {
        jeton(noeud.text or "")
        for unite in lu.unites
        for noeud in unite.iter(
            f"{{{lu.espace}}}DataObjectReferenceId", f"{{{lu.espace}}}DataObjectGroupReferenceId"
        )
    }
    for groupe, membres in _par_groupe(lu).items():
        if groupe not in designes and not membres & designes:
            yield Defaut(
                ou=f"groupe {groupe}",
                phrase="aucune unité d'archives ne le désigne.",
                remede="Rattachez-le à une unité, ou retirez-le du paquet.",
                regle="groupe-isole",
            )


def _par_groupe(lu: _Lu) -> dict[str, set[str]]:
    """Chaque groupe et ses objets ; un objet seul est son propre groupe."""
    par_groupe: dict[str, set[str]] = {}
    for objet in lu.objets:
        parent = objet.getparent()
        sien = parent.get("id", "") if nom_de(parent) == "DataObjectGroup" else ""
        dit = (
            sien
            or enfant(objet, "DataObjectGroupId")
            or enfant(objet, "DataObjectGroupReferenceId")
        )
        par_groupe.setdefault(dit or objet.get("id", ""), set()).add(objet.get("id", ""))
    return par_groupe

"""Les avis nationaux du BOAMP,
dans la forme que montrent les avis publiés en septembre 2026 (schéma 3.2.5).

Le schéma officiel n'est pas public. Les noms et l'ordre des éléments sont ceux d'avis réels ; les
rares noms que ces avis ne montrent pas sont déduits, listés dans `DEDUITS`, et dits en tête du
fichier. À faire accepter par la DILA avant usage.
"""

from lxml import etree

from formats.avis import national
from formats.avis.modele import Avis, Lot
from formats.avis.textes import pour_xml
from formats.dates import PARIS
from formats.nomenclatures import nuts

JO = "http://boamp.journal-officiel.gouv.fr/XML/3.2.5"
SCHEMA = "3.2.5"
RESUME_MAXIMUM = 200
NATURES = {"works": "travaux", "supplies": "fournitures", "services": "services"}
# Les éléments qu'aucun avis lu ne montre ; le reste a été lu.
DEDUITS = (
    "initial/procedure/presOffres/interdite",
    "initial/procedure/nbCandidatReduit/oui",
    "initial/natureMarche/natureMarche/travaux",
    "initial/natureMarche/natureMarche/fournitures",
    "initial/natureMarche/reservationMarche/oui",
    "initial/natureMarche/lotsMarche/oui/lot",
    "initial/informComplementaire/non",
    "initial/informComplementaire/oui/autresInformations",
)
AVERTISSEMENT = (
    " Structure relevée sur des avis publiés (schéma {schema}) ; schéma officiel non consulté."
    " Éléments déduits : {deduits}. "
)


class StructureInconnue(ValueError):
    """Aucun avis publié ne nous a montré comment cela s'écrit :
    mieux vaut le texte que du XML inventé.
    """


def fnsimple(avis: Avis) -> bytes:
    """Le formulaire national simplifié : marchés sous les seuils européens."""
    _exiger_une_forme_connue(avis)
    if avis.procedure.est_en_plusieurs_phases:
        raise StructureInconnue(
            "Nous n'avons lu aucun formulaire simplifié en deux phases. "
            "Saisissez-le sur le site du BOAMP, d'après le texte."
        )
    racine, donnees = _annonce()
    formulaire = _sous(donnees, "FNSimple")
    _organisme(formulaire, avis)
    initial = _sous(formulaire, "initial")
    _communication(_sous(initial, "communication"), avis)
    _procedure(_sous(initial, "procedure"), avis)
    _nature(_sous(initial, "natureMarche"), avis)
    _complements(_sous(initial, "informComplementaire"), avis)
    _gestion(racine, avis, famille="FNS", perimetre="FNSimple")
    return _ecrire(racine, famille="FNSimple")


def mapa(avis: Avis) -> bytes:
    """L'avis de procédure adaptée : plus court, sans nomenclature."""
    _exiger_une_forme_connue(avis)
    racine, donnees = _annonce()
    formulaire = _sous(donnees, "MAPA")
    _organisme_mapa(formulaire, avis)
    initial = _sous(formulaire, "initial")
    _texte(_sous(initial, "description"), "objet", avis.titre)
    _criteres_mapa(_sous(initial, "criteres"), avis)
    delais = _sous(initial, "delais")
    _texte(delais, "receptionOffres", _limite(avis))
    if avis.est_alloti:
        lots = _sous(initial, "lots")
        for lot in avis.lots:
            _texte(lots, "lot", f"{lot.numero}. {lot.intitule}")
    _gestion(racine, avis, famille="MAPA", perimetre="MAPA")
    return _ecrire(racine, famille="MAPA")


def _exiger_une_forme_connue(avis: Avis) -> None:
    if avis.changement:
        raise StructureInconnue(
            "Nous n'avons lu aucun avis rectificatif du BOAMP sous cette forme. "
            "Saisissez-le sur son site, d'après le texte."
        )
    if avis.nature not in NATURES:
        raise StructureInconnue(
            f"La nature « {avis.nature} » n'est pas connue. Choisissez travaux, "
            "fournitures ou services."
        )
    if not avis.lots:
        raise StructureInconnue(
            "L'avis n'a aucun lot. Écrivez-en un, même si l'achat n'est pas alloti."
        )


def _annonce() -> tuple[etree._Element, etree._Element]:
    racine = etree.Element(f"{{{JO}}}ann", nsmap={"jo": JO})
    return racine, _sous(racine, "DONNEES")


def _organisme(formulaire: etree._Element, avis: Avis) -> None:
    organisation = avis.acheteur.organisation
    organisme = _sous(formulaire, "organisme")
    _texte(organisme, "nomOfficiel", organisation.nom)
    _sous(_sous(organisme, "typeIdentificationNational"), "siret")
    _texte(organisme, "codeIdentificationNational", organisation.identifiant)
    _texte(organisme, "ville", organisation.ville)
    _texte(organisme, "cp", organisation.code_postal)
    _oui_non(organisme, "grpCommandes", avis.acheteur.groupement_de_commandes)


def _communication(element: etree._Element, avis: Avis) -> None:
    organisation = avis.acheteur.organisation
    _texte(element, "urlProfilAch", avis.remise.adresse_du_dossier or avis.acheteur.profil)
    _texte(element, "identifiantInterne", avis.reference)
    _oui_non(element, "docSecurite", bool(avis.remise.adresse_du_dossier))
    _oui_non(element, "urlSecurite", False)
    _texte(element, "nomContact", organisation.service)
    _texte(element, "adresseMailContact", organisation.courriel)
    _texte(element, "telContact", organisation.telephone)


def _procedure(element: etree._Element, avis: Avis) -> None:
    participation = avis.participation
    _sous(element, "procedureAdapteeO")
    _texte(element, "capaciteExercice", participation.aptitude)
    _texte(element, "capaciteEcoFin", participation.capacite_economique)
    _texte(element, "capaciteTech", participation.capacite_technique)
    _sous(_sous(element, "techAchat"), "autres")
    _texte(element, "dateReceptionOffres", _limite(avis))
    _sous(_sous(element, "presOffres"), "interdite")
    _oui_non(element, "nbCandidatReduit", avis.procedure.candidats_maximum is not None)
    _oui_non(element, "attributionSansNegociation", avis.procedure.attribution_sans_negociation)
    _oui_non(element, "variantes", any(lot.variantes == "required" for lot in avis.lots))
    _texte(element, "criteresAttrib", _criteres(avis))


def _nature(element: etree._Element, avis: Avis) -> None:
    _texte(element, "intitule", avis.titre)
    _texte(_sous(_sous(element, "codeCPV"), "objetPrincipal"), "classPrincipale", avis.code_cpv)
    _sous(_sous(element, "natureMarche"), NATURES[avis.nature])
    _texte(element, "description", avis.description)
    _texte(element, "lieuExecution", avis.lieu)
    _texte(element, "dureeMois", str(_mois(avis)))
    _oui_non(element, "tranches", avis.procedure.tranches)
    _oui_non(element, "reservationMarche", any(lot.reserve != "none" for lot in avis.lots))
    if not avis.est_alloti:
        _oui_non(element, "lotsMarche", False)
        return
    lots = _sous(_sous(element, "lotsMarche"), "oui")
    for lot in avis.lots:
        _texte(lots, "lot", f"{lot.numero}. {lot.intitule} ({lot.code_cpv}). {lot.description}")


def _complements(element: etree._Element, avis: Avis) -> None:
    if not (avis.participation.visite or avis.informations):
        _sous(element, "non")
        return
    detail = _sous(element, "oui")
    _texte(detail, "visiteDetail", avis.participation.visite)
    _texte(detail, "autresInformations", avis.informations)


def _organisme_mapa(formulaire: etree._Element, avis: Avis) -> None:
    organisation = avis.acheteur.organisation
    organisme = _sous(formulaire, "organisme")
    _texte(organisme, "acheteurPublic", organisation.nom)
    adresse = _sous(organisme, "adr")
    _texte(_sous(adresse, "voie"), "nomvoie", organisation.adresse)
    _texte(adresse, "cp", organisation.code_postal)
    _texte(adresse, "ville", organisation.ville)
    _texte(_sous(organisme, "coord"), "mel", organisation.courriel)
    _texte(organisme, "urlProfilAcheteur", avis.acheteur.profil or avis.remise.adresse_du_dossier)


def _criteres_mapa(element: etree._Element, avis: Avis) -> None:
    for critere in avis.lots[0].criteres:
        pondere = _sous(element, "criterePondere")
        _texte(pondere, "critere", critere.nom)
        _texte(
            pondere, "criterePCT", "" if critere.poids is None else f"{critere.poids.normalize():f}"
        )


def _gestion(racine: etree._Element, avis: Avis, *, famille: str, perimetre: str) -> None:
    """Ce que l'acheteur sait ; le numéro et la date de parution viennent du BOAMP."""
    gestion = _sous(racine, "GESTION")
    sorte = _sous(_sous(gestion, "REFERENCE"), "TYPE_AVIS")
    for nom, contenu in (
        ("FAMILLE", famille),
        ("PERIMETRE", perimetre),
        ("NATURE", "APPEL_OFFRE"),
        ("STATUT", "INITIAL"),
    ):
        _sous(_sous(sorte, nom), contenu)
    indexation = _sous(gestion, "INDEXATION")
    _texte(indexation, "SCHEMA", SCHEMA)
    _texte(indexation, "NOMORGANISME", avis.acheteur.organisation.nom.upper())
    _texte(indexation, "DATE_LIMITE_REPONSE", _limite(avis))
    _sous(_sous(indexation, "NATURE_MARCHE"), NATURES[avis.nature].upper())
    _texte(indexation, "DEP_PUBLICATION", _departement(avis))
    _texte(indexation, "RESUME_OBJET", avis.titre[:RESUME_MAXIMUM])


def _criteres(avis: Avis) -> str:
    if not avis.est_alloti:
        return national.criteres(avis.lots[0].criteres)
    return " ".join(f"Lot {lot.numero} : {national.criteres(lot.criteres)}." for lot in avis.lots)


def _mois(avis: Avis) -> int | str:
    """La plus longue durée des lots, en mois entiers."""
    durees = [_mois_du_lot(lot) for lot in avis.lots]
    return max((duree for duree in durees if duree), default="")


def _mois_du_lot(lot: Lot) -> int:
    duree = lot.duree
    if duree.debut and duree.fin:
        ecart = (duree.fin.year - duree.debut.year) * 12 + duree.fin.month - duree.debut.month
        return ecart + (duree.fin.day >= duree.debut.day)
    return duree.mois or 0


def _limite(avis: Avis) -> str:
    """À l'heure de Paris, sans décalage : c'est ainsi que le BOAMP l'écrit."""
    limite = avis.remise.limite
    return "" if limite is None else f"{limite.astimezone(PARIS):%Y-%m-%dT%H:%M:%S}.000"


def _departement(avis: Avis) -> str:
    """Le département de l'acheteur, d'après son code postal."""
    code = avis.acheteur.organisation.code_postal
    if not nuts.est_connu(avis.code_nuts) or len(code) != 5:
        return ""
    if code.startswith("20"):
        return "2A" if code < "20200" else "2B"
    return code[:3] if code.startswith("97") else code[:2]


def _oui_non(parent: etree._Element, nom: str, reponse: bool) -> None:
    _sous(_sous(parent, nom), "oui" if reponse else "non")


def _texte(parent: etree._Element, nom: str, contenu: str) -> None:
    if propre := pour_xml(contenu):
        _sous(parent, nom).text = propre


def _sous(parent: etree._Element, nom: str) -> etree._Element:
    return etree.SubElement(parent, nom)


def _ecrire(racine: etree._Element, *, famille: str) -> bytes:
    chemins = {chemin for element in racine.iter(etree.Element) if (chemin := _chemin(element))}
    deduits = (
        [nom for nom in DEDUITS if nom in chemins]
        if famille == "FNSimple"
        else ["tout le bloc « initial »"]
    )
    racine.insert(
        0, etree.Comment(AVERTISSEMENT.format(schema=SCHEMA, deduits=", ".join(deduits) or "aucun"))
    )
    return bytes(etree.tostring(racine, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _chemin(element: etree._Element) -> str:
    """Le chemin sous le formulaire : `initial/procedure/variantes/non`."""
    noms = [
        str(etree.QName(x).localname) for x in [*reversed(list(element.iterancestors())), element]
    ]
    return "/".join(noms[3:])

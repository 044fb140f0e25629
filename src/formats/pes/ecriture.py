"""Le XML : chaque valeur dans un attribut `V`, en ISO-8859-1, dans l'ordre des schémas de 2011.

Les codes de nature et de catégorie sont ceux de 2011, et restent à confirmer avec le comptable.
"""

import unicodedata
from decimal import Decimal

from lxml import etree

from formats.pes.modele import A_COMPLETER, Bordereau, Debiteur, Titre

ALLER = "http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller"
AVERTISSEMENT = (
    " FICHIER EXPERIMENTAL : structure PES V2 de 2011. Ne pas transmettre au comptable. IdPost, "
    "CodCol, CodBud et Nature sont "
    "a completer. "
)
# Bordereau ordinaire ; titre ordinaire, de fonctionnement ;
# débiteur principal, collectivité ou établissement public local.
BORDEREAU, TITRE, FONCTIONNEMENT, PRINCIPAL, PUBLIC = "01", "01", "01", "01", "09"
LONGUEUR_DU_NOM, LONGUEUR_DE_L_OBJET = 38, 160
# Le schéma veut des codes que la plateforme ne connaît pas ;
# ceux-ci se voient, et la page demande de les compléter.
COLLECTIVITE_A_COMPLETER, BUDGET_A_COMPLETER = "XXX", "XX"


def en_xml(bordereau: Bordereau) -> bytes:
    racine = etree.Element(f"{{{ALLER}}}PES_Aller", nsmap={"n": ALLER})
    racine.append(etree.Comment(AVERTISSEMENT))
    enveloppe = etree.SubElement(etree.SubElement(racine, "Enveloppe"), "Parametres")
    _valeurs(enveloppe, Version="2", TypFic="PESALR2", NomFic=bordereau.nom_du_fichier)
    _valeurs(
        etree.SubElement(racine, "EnTetePES"),
        DteStr=bordereau.etabli_le.isoformat(),
        IdPost=A_COMPLETER[:7],
        IdColl=bordereau.siret,
        CodCol=COLLECTIVITE_A_COMPLETER,
        CodBud=BUDGET_A_COMPLETER,
        LibelleColBud=_texte(bordereau.collectivite, LONGUEUR_DU_NOM),
    )
    recette = etree.SubElement(racine, "PES_RecetteAller")
    _valeurs(etree.SubElement(recette, "EnTeteRecette"), IdVer="2", InfoDematerialisee="0")
    _bordereau(etree.SubElement(recette, "Bordereau"), bordereau)
    return bytes(
        etree.tostring(racine, xml_declaration=True, encoding="ISO-8859-1", pretty_print=True)
    )


def _bordereau(parent: etree._Element, bordereau: Bordereau) -> None:
    _valeurs(
        etree.SubElement(parent, "BlocBordereau"),
        Exer=str(bordereau.exercice),
        IdBord=str(bordereau.numero),
        DteBordEm=bordereau.emis_le.isoformat(),
        TypBord=BORDEREAU,
        NbrPce=str(len(bordereau.titres)),
        MtBordHt=_montant(bordereau.hors_taxe),
        MtBordTVA=_montant(bordereau.tva),
    )
    for titre in bordereau.titres:
        _titre(etree.SubElement(parent, "Piece"), titre)


def _titre(parent: etree._Element, titre: Titre) -> None:
    _valeurs(
        etree.SubElement(parent, "BlocPiece"),
        IdPce=str(titre.numero),
        TypPce=TITRE,
        NatPce=FONCTIONNEMENT,
        ObjPce=_texte(titre.objet, LONGUEUR_DE_L_OBJET),
        DebFact=titre.debut.isoformat() if titre.debut else "",
        FinFact=titre.fin.isoformat() if titre.fin else "",
    )
    ligne = etree.SubElement(parent, "LigneDePiece")
    bloc = etree.SubElement(ligne, "BlocLignePiece")
    _valeurs(
        etree.SubElement(bloc, "InfoLignePiece"),
        IdLigne="1",
        ObjLignePce=_texte(titre.objet, LONGUEUR_DE_L_OBJET),
        Nature=A_COMPLETER,
        Majo="0",
        TvaIntraCom="0",
        MtHT=_montant(titre.hors_taxe),
        MtTVA=_montant(titre.tva),
    )
    _valeurs(etree.SubElement(bloc, "LiensIdent"), IdConv=titre.convention)
    _debiteur(etree.SubElement(ligne, "Tiers"), titre.debiteur)


def _debiteur(parent: etree._Element, debiteur: Debiteur) -> None:
    _valeurs(
        etree.SubElement(parent, "InfoTiers"),
        IdTiers=debiteur.siret,
        NatIdTiers="01",
        CatTiers=debiteur.categorie,
        NatJur=PUBLIC,
        TypTiers=PRINCIPAL,
        Nom=_texte(debiteur.nom, LONGUEUR_DU_NOM),
    )
    if debiteur.voie and debiteur.code_postal and debiteur.ville:
        _valeurs(
            etree.SubElement(parent, "Adresse"),
            TypAdr="1",
            Adr2=_texte(debiteur.voie, LONGUEUR_DU_NOM),
            CP=debiteur.code_postal,
            Ville=_texte(debiteur.ville, LONGUEUR_DU_NOM),
            CodRes="0",
        )


def _valeurs(parent: etree._Element, **valeurs: str) -> None:
    """Un élément par valeur, dans l'ordre ; une valeur vide n'écrit rien."""
    for nom, valeur in valeurs.items():
        if valeur:
            etree.SubElement(parent, nom, V=valeur)


def _montant(montant: Decimal) -> str:
    return f"{montant:.2f}"


def _texte(texte: str, longueur: int) -> str:
    """Ce qu'ISO-8859-1 sait écrire, coupé à la longueur que le schéma admet."""
    connu = {"œ": "oe", "Œ": "OE", "’": "'", "–": "-", "—": "-", "€": "EUR"}
    propre = " ".join(
        "".join(connu.get(signe, signe) for signe in unicodedata.normalize("NFC", texte)).split()
    )
    lisible = "".join(signe for signe in propre if signe.isprintable())
    return lisible.encode("latin-1", "replace").decode("latin-1")[:longueur].strip()

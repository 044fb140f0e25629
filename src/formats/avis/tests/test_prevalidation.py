"""Notre prévalidation : ce qu'elle refuse, et les mots qu'elle emploie.

Sans aucun fichier officiel.
"""

from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from lxml import etree

from formats.avis import AvisIllisible, eforms, ouvrir, prevalider
from formats.avis.champs import champs
from formats.avis.codes import listes
from formats.avis.eforms.noms import ESPACES
from formats.avis.modele import AccordCadre, Changement, Critere, Duree
from formats.avis.tests import exemples
from formats.dates import PARIS

UN_PAR_SOUS_TYPE = {nom: avis for nom, avis in exemples.TOUS.items() if nom != "annulation"}


def phrases(avis):
    return [str(defaut) for defaut in prevalider(ouvrir(xml(avis)))]


def xml(avis):
    return eforms.construire(avis, identifiants=exemples.IDENTIFIANTS)


def trouves(racine, champ):
    return [
        (noeud, valeur)
        for noeud in racine.xpath(champ.sur, namespaces=ESPACES)
        if not champ.si or noeud.xpath(f"boolean({champ.si})", namespaces=ESPACES)
        for valeur in noeud.xpath(champ.chemin, namespaces=ESPACES)
    ]


@pytest.mark.parametrize("nom", UN_PAR_SOUS_TYPE)
def test_un_champ_obligatoire_retire_est_reclame_par_son_nom(nom):
    """Chaque champ que notre table dit obligatoire,
    et que cet avis complet porte, retiré à son tour.
    """
    avis = UN_PAR_SOUS_TYPE[nom]()
    complet = ouvrir(xml(avis)).racine
    obligatoires = [c for c in champs() if avis.sous_type in c.obligatoire and trouves(complet, c)]
    tus = [f"{champ.bt}, {champ.nom}" for champ in obligatoires if not reclame_sans(champ, complet)]

    assert obligatoires
    assert not tus, "\n".join(tus)


def reclame_sans(champ, complet):
    racine = deepcopy(complet)
    for _, valeur in trouves(racine, champ):
        retirer(valeur)
    defauts = prevalider(ouvrir(etree.tostring(racine)))
    return any(d.bt == champ.bt and d.phrase.startswith("Il manque") and d.remede for d in defauts)


def retirer(valeur):
    if isinstance(valeur, etree._Element):
        valeur.getparent().remove(valeur)
    else:
        del valeur.getparent().attrib[valeur.attrname]


def avec(avis, **lot):
    return replace(avis, lots=(replace(avis.lots[0], **lot), *avis.lots[1:]))


def deplacer(avis, **remise):
    return replace(avis, remise=replace(avis.remise, **remise))


MARCHE = exemples.marche()
TARD = datetime(2026, 12, 20, 12, 0, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("avis", "phrase"),
    [
        (replace(MARCHE, titre=""), "Il manque le titre. Donnez un titre court. (BT-21)"),
        (
            avec(MARCHE, intitule=""),
            "Il manque le titre du lot. Donnez un titre au lot. (LOT-0001, BT-21)",
        ),
        (
            replace(MARCHE, titre="x" * 412),
            "Le titre fait 412 caractères ; la limite est 400. Retirez 12 caractères.",
        ),
        (
            replace(MARCHE, nature="achats"),
            "La nature de l'achat : « achats » n'est pas un code de la liste.",
        ),
        (avec(MARCHE, code_cpv="45261210-9"), "« 45261210-9 » n'est pas un code CPV."),
        (avec(MARCHE, code_cpv="45999999"), "« 45999999 » n'est pas dans la nomenclature CPV."),
        (avec(MARCHE, code_cpv="30197630"), "Le code CPV 30197630 ne désigne pas des travaux."),
        (replace(MARCHE, code_nuts="FR62"), "« FR62 » n'est pas un département."),
        (
            avec(MARCHE, criteres=(Critere(nom="Prix", sorte="price", poids=Decimal(60)),)),
            "font 60, pas 100.",
        ),
        (
            deplacer(MARCHE, limite=MARCHE.envoi),
            "La date limite de remise des offres n'est pas après l'envoi",
        ),
        (
            deplacer(MARCHE, limite_des_questions=TARD),
            "La date limite des questions est après la date limite",
        ),
        (
            deplacer(MARCHE, adresse_de_depot="mairie"),
            "« mairie » n'a pas la forme attendue. Forme attendue : https://…",
        ),
        (avec(MARCHE, duree=Duree()), "Il manque la durée du lot."),
        (
            avec(MARCHE, duree=Duree(debut=TARD.date(), fin=MARCHE.envoi.date())),
            "La fin est avant le début.",
        ),
        (avec(MARCHE, numero=2), "Le numéro LOT-0002 sert deux fois."),
        (replace(MARCHE, lots=()), "Il manque le numéro du lot. Écrivez au moins un lot"),
        (replace(MARCHE, sous_type="38"), "Nos règles ne connaissent pas le sous-type « 38 »."),
        (replace(MARCHE, sous_type="29"), "Le sous-type « 29 » est celui d'un avis d'attribution."),
        (
            replace(MARCHE, procedure=replace(MARCHE.procedure, acceleree=True)),
            "Il manque la justification de l'urgence.",
        ),
        (
            replace(MARCHE, procedure=replace(MARCHE.procedure, lots_soumis_maximum=3)),
            "On peut répondre à 3 lots, mais il y en a 2.",
        ),
        (
            replace(MARCHE, procedure=replace(MARCHE.procedure, lots_soumis_maximum=1)),
            "On peut obtenir 2 lots, mais n'en demander que 1.",
        ),
        (
            avec(MARCHE, accord_cadre=AccordCadre(mode="fa-wo-rc"), duree=Duree(mois=60)),
            "Il manque la justification d'un accord-cadre de plus de quatre ans.",
        ),
        (
            replace(MARCHE, changement=Changement(avis="2026-01", motif="cor-buy", explication="")),
            "L'avis modifié : « 2026-01 » n'a pas la forme attendue.",
        ),
        (
            replace(
                MARCHE, changement=Changement(avis="00123456-2026", motif="cor-buy", explication="")
            ),
            "Il manque l'explication du changement.",
        ),
    ],
)
def test_ce_qui_ne_va_pas_est_dit_avec_son_remede(avis, phrase):
    assert any(phrase in dite for dite in phrases(avis)), phrases(avis)


def test_une_organisation_designee_sans_etre_decrite_est_vue():
    faux = xml(MARCHE).replace(b">ORG-0002<", b">ORG-0003<", 1)

    dites = [str(defaut) for defaut in prevalider(ouvrir(faux))]

    assert any("L'avis désigne ORG-0002, qu'il ne décrit pas." in dite for dite in dites)
    assert any("L'avis décrit ORG-0003, sans dire son rôle." in dite for dite in dites)


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (b"pas du XML", "n'est pas du XML lisible"),
        (b"<a/>", "est un « a »"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "déclare un DOCTYPE"),
    ],
)
def test_ce_qui_n_est_pas_un_avis_est_refuse_par_une_phrase(contenu, phrase):
    with pytest.raises(AvisIllisible, match=phrase):
        ouvrir(contenu)


def test_la_table_ne_nomme_que_des_listes_connues():
    inconnues = {c.liste for c in champs() if c.liste} - set(listes()) - {"cpv", "nuts-3-si-FR"}

    assert inconnues == set()


def test_chaque_champ_obligatoire_dit_comment_le_remplir():
    assert [champ.bt for champ in champs() if champ.obligatoire and not champ.remede] == []


def test_chaque_forme_exigee_est_montree():
    assert [champ.bt for champ in champs() if champ.motif and not champ.forme] == []

"""La liste des fautes à planter reste vivante :
le code bouge, chacune se plante encore, et elles couvrent la maison.
"""

import ast
import re
from collections import Counter

from beffroi.commandes.outillage.document_des_fautes import APRES, AVANT, trouvees
from beffroi.commandes.outillage.liste_des_fautes import RACINE, lire_la_liste

NOM = re.compile(r"[a-z]+(-[a-z0-9]+)+")
QUARTIERS = {
    "droit",
    "formats",
    "sceau",
    "socle",
    "personnes",
    "achat",
    "publicite",
    "reponse",
    "seance",
    "choix",
    "contrat",
    "centre",
    "service",
    "garde",
    "faces",
    "commandes",
}
SORTES = {
    "regle",
    "service",
    "requete",
    "permission",
    "gabarit",
    "migration",
    "concurrence",
    "entete",
    "format",
}
FAUTES = lire_la_liste()


def textes_fautifs():
    for faute in FAUTES:
        yield faute, faute.plantee_dans((RACINE / faute.fichier).read_text("utf-8"))


def test_chaque_faute_se_plante_a_un_endroit_et_un_seul():
    fois = {
        faute.nom: (RACINE / faute.fichier).read_text("utf-8").count(faute.avant)
        for faute in FAUTES
    }

    assert {nom: nombre for nom, nombre in fois.items() if nombre != 1} == {}


def test_une_faute_n_est_pas_une_coquille():
    """Le code fautif se lit encore : ce sont les tests qui le voient, pas l'analyse du fichier."""
    for faute, texte in textes_fautifs():
        if faute.fichier.endswith(".py"):
            ast.parse(texte)


def test_les_tests_qu_une_faute_nomme_existent():
    assert [
        f"{faute.nom} : {ou}" for faute in FAUTES for ou in faute.ou if not (RACINE / ou).exists()
    ] == []


def test_il_y_en_a_quarante_chacune_sous_son_nom():
    assert len({faute.nom for faute in FAUTES}) == len(FAUTES) == 40
    assert [faute.nom for faute in FAUTES if not NOM.fullmatch(faute.nom)] == []


def test_chaque_quartier_en_a_une_et_chaque_sorte_trois():
    assert {faute.quartier for faute in FAUTES} == QUARTIERS
    sortes = Counter(faute.sorte for faute in FAUTES)
    assert sortes.keys() == SORTES
    assert [sorte for sorte, nombre in sortes.items() if nombre < 3] == []


def test_une_faute_est_dans_le_quartier_qu_elle_dit():
    sous_la_maison = {"droit", "formats", "sceau"}
    egarees = [
        faute.nom
        for faute in FAUTES
        if not faute.fichier.startswith(
            f"src/{faute.quartier}/"
            if faute.quartier in sous_la_maison
            else f"src/beffroi/{faute.quartier}/{faute.contexte}/"
        )
    ]

    assert egarees == []


def test_ce_que_trouvait_la_serie_d_avant_celle_de_chaque_jour_le_trouve():
    avant, apres = trouvees(AVANT), trouvees(APRES)
    plantees_deux_fois = avant.keys() & apres.keys()

    perdues = {
        nom for nom in plantees_deux_fois if avant[nom]["trouvee"] and not apres[nom]["trouvee"]
    }

    assert perdues == set()


def test_les_tests_qui_trouvent_les_fautes_sont_toujours_la():
    """Qui en efface ou en renomme un replante la faute : `./beffroi test --fautes`."""
    disparus = []
    for nom, vue in trouvees(APRES).items():
        fichier, _, test = vue.get("par", "").partition("::")
        phrase = test.partition("[")[0].rpartition("::")[2]
        if vue["trouvee"] and f"def {phrase}(" not in (RACINE / fichier).read_text("utf-8"):
            disparus.append(f"{nom} : {vue['par']}")

    assert disparus == []

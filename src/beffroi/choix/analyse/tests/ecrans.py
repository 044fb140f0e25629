"""Les écrans de l'analyse :
la grille, qui évalue, les notes, ce qui est retenu, le classement, le rapport.
"""

from tests.parcours.ecran import FICHIER, POST, Arguments, Ecran, envoyer, joint, objet, ref

DE = (
    " FROM analyse_offre o JOIN consultations_consultation c ON c.id = "
    "o.consultation_id ORDER BY o.id"
)
LOT: Arguments = joint(objet(f"SELECT c.reference{DE}"), lambda o: {"numero": 0})
OFFRE: Arguments = joint(LOT, objet(f"SELECT o.reference{DE}", "offre"))
FERMEE: Arguments = joint(ref("close"), lambda o: {"numero": 0})

ECRANS = [
    Ecran(
        "analyse:accueil",
        "martine",
        objet(
            "SELECT c.reference FROM consultations_lot l JOIN consultations_consultation c ON c.id "
            "= l.consultation_id"
            " WHERE c.publiee_le IS NOT NULL"
        ),
    ),
    Ecran("analyse:evaluateurs", "martine", objet(f"SELECT c.reference{DE}")),
    Ecran(
        "analyse:evaluateurs",
        "martine",
        objet(f"SELECT c.reference{DE}"),
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Nommer cette personne"),
    ),
    Ecran("analyse:lot", "martine", LOT),
    Ecran("analyse:lot", "yvette", LOT, etat="lecture"),
    Ecran("analyse:lot", "martine", FERMEE, etat="fermee"),
    Ecran("analyse:grille", "martine", LOT),
    Ecran(
        "analyse:grille",
        "martine",
        FERMEE,
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Arrêter la grille"),
    ),
    Ecran("analyse:notes", "helene", LOT),
    Ecran("analyse:notes", "yvette", LOT, etat="pas-nommee"),
    Ecran("analyse:commentaires", "helene", OFFRE),
    Ecran("analyse:comparaison", "martine", LOT),
    Ecran("analyse:retenir", "martine", OFFRE),
    Ecran("analyse:offre", "martine", OFFRE),
    Ecran("analyse:offre", "yvette", OFFRE, etat="lecture"),
    Ecran("analyse:prix", "martine", OFFRE),
    Ecran("analyse:classement", "martine", LOT),
    Ecran("analyse:rapport", "martine", LOT),
    Ecran(
        "analyse:rapport",
        "martine",
        LOT,
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Valider le rapport"),
    ),
]
SANS_ECRAN = {
    **dict.fromkeys(
        ("analyse:case", "analyse:qualifier", "analyse:variante", "analyse:question"), POST
    ),
    **dict.fromkeys(("analyse:rapport_fichier", "analyse:export"), FICHIER),
}

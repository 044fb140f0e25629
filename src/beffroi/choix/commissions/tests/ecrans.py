"""Les écrans des commissions :
la composition, la réunion close, celle qui vient, la place d'un membre, l'avis sur un lot.
"""

from tests.parcours.ecran import FICHIER, Arguments, Ecran, envoyer, joint, objet

COMMISSION = objet("SELECT reference FROM commissions_commission ORDER BY id")
REUNION = "SELECT reference FROM commissions_reunion WHERE {} ORDER BY id"
CLOSE = objet(REUNION.format("close_le IS NOT NULL"))
DE_LA_CAO = "commission_id IN (SELECT id FROM commissions_commission WHERE sorte = 'cao')"
ANNULEES = "id IN (SELECT reunion_id FROM commissions_annulation)"
EN_COURS = objet(
    REUNION.format(
        f"close_le IS NULL AND convoquee_le IS NOT NULL AND NOT {ANNULEES} AND {DE_LA_CAO}"
    )
)
PREPAREE = objet(REUNION.format(f"convoquee_le IS NULL AND {DE_LA_CAO}"))
ANNULEE = objet(REUNION.format(ANNULEES))
DU_JURY = objet(REUNION.format(f"NOT {DE_LA_CAO}"))
JURY = objet("SELECT reference FROM commissions_commission WHERE sorte = 'jury'")
DE_CAO = (
    "SELECT c.reference FROM commissions_point p JOIN consultations_consultation c ON c.id "
    "= p.consultation_id"
)
MEMBRE = objet(
    "SELECT reference FROM commissions_membre WHERE jusqu_au IS NULL AND commission_id ="
    " (SELECT id FROM commissions_commission ORDER BY id LIMIT 1)",
    "membre",
)
CHOISIE = objet(f"{DE_CAO} WHERE c.type_de_procedure = 'appel_offres_ouvert'")


def affaire(reunion: Arguments) -> Arguments:
    return joint(reunion, lambda objets: {"rang": 1})


ECRANS = [
    Ecran("commissions:liste", "martine"),
    Ecran("commissions:liste", "odile", etat="vide"),
    Ecran("commissions:creer", "martine"),
    Ecran(
        "commissions:creer",
        "martine",
        etat="erreur",
        geste=envoyer(bouton="Créer", nom=""),
        statut=422,
    ),
    Ecran("commissions:commission", "martine", COMMISSION),
    Ecran("commissions:retirer", "martine", joint(COMMISSION, MEMBRE)),
    Ecran("commissions:commission", "yvette", COMMISSION, etat="lecture"),
    Ecran("commissions:ajouter", "martine", COMMISSION),
    Ecran("commissions:preparer", "martine", COMMISSION),
    Ecran(
        "commissions:preparer",
        "martine",
        COMMISSION,
        etat="erreur",
        geste=envoyer(bouton="Enregistrer"),
        statut=422,
    ),
    Ecran("commissions:reunion", "martine", CLOSE, etat="close"),
    Ecran("commissions:reunion", "martine", EN_COURS, etat="en-cours"),
    Ecran("commissions:reunion", "martine", PREPAREE, etat="preparee"),
    Ecran("commissions:reunion", "yvette", EN_COURS, etat="lecture"),
    Ecran("commissions:modifier", "martine", PREPAREE),
    Ecran("commissions:convoquer", "martine", PREPAREE),
    Ecran("commissions:reunion", "martine", ANNULEE, etat="annulee"),
    Ecran("commissions:annuler", "martine", EN_COURS),
    Ecran(
        "commissions:annuler",
        "martine",
        EN_COURS,
        etat="erreur",
        geste=envoyer(bouton="Annuler la réunion"),
        statut=422,
    ),
    Ecran("commissions:commission", "martine", JURY, etat="jury"),
    Ecran("commissions:reunion", "martine", DU_JURY, etat="jury"),
    Ecran("commissions:projets", "martine", affaire(DU_JURY)),
    Ecran("commissions:voter", "martine", affaire(DU_JURY), etat="jury"),
    Ecran("commissions:presences", "martine", EN_COURS),
    Ecran("commissions:voter", "martine", affaire(EN_COURS)),
    Ecran(
        "commissions:voter",
        "martine",
        affaire(EN_COURS),
        etat="erreur",
        statut=422,
        geste=envoyer(bouton="Inscrire le vote"),
    ),
    Ecran("commissions:deport", "martine", EN_COURS),
    Ecran("commissions:observer", "martine", EN_COURS),
    Ecran(
        "commissions:observer",
        "martine",
        EN_COURS,
        etat="erreur",
        geste=envoyer(bouton="Ajouter"),
        statut=422,
    ),
    Ecran("commissions:clore", "martine", EN_COURS),
    Ecran("commissions:exemplaire", "martine", CLOSE),
    Ecran("commissions:ma_reunion", "bernard", EN_COURS, etat="en-cours"),
    Ecran("commissions:ma_reunion", "bernard", CLOSE, etat="close"),
    Ecran("commissions:consultation", "martine", CHOISIE, etat="choisie"),
    Ecran("commissions:consultation", "yvette", CHOISIE, etat="lecture"),
]
SANS_ECRAN = {
    **dict.fromkeys(
        ("commissions:proces_verbal", "commissions:exemplaire_fichier", "commissions:rapport"),
        FICHIER,
    ),
}

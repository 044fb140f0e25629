"""Les écrans de l'annuaire : au centre, et chez l'adhérent."""

from tests.parcours.ecran import FICHIER, RENVOI, Arguments, Ecran, envoyer, objet

BOMY: Arguments = lambda objets: {"siren": "216201533"}  # noqa: E731
CCAS: Arguments = lambda objets: {"siren": "999620123"}  # noqa: E731
REPRISE: Arguments = lambda objets: {"siren": "999620420"}  # noqa: E731
CHEZ_NOUS: Arguments = lambda objets: {"siret": "21620153300017"}  # noqa: E731
CONTACT = objet("SELECT reference FROM adherents_contact", siren="216201533")

ECRANS = [
    Ecran("adherents:liste", "nadege"),
    Ecran("adherents:liste", "solange"),
    Ecran("adherents:liste", "nadege", etat="aucun", requete="?q=zzz"),
    Ecran("adherents:liste", "nadege", etat="filtree", requete="?nature=ccas&effectif=declare"),
    Ecran("adherents:fiche", "nadege", BOMY),
    Ecran("adherents:fiche", "remi", BOMY),
    Ecran("adherents:fiche", "fanny", BOMY, etat="assistance"),
    Ecran("adherents:trouver", "fanny", etat="choix", requete="?q=commune"),
    Ecran("adherents:trouver", "fanny", etat="aucun", requete="?q=zzz"),
    Ecran("adherents:noter_l_appel", "fanny", BOMY),
    Ecran(
        "adherents:noter_l_appel",
        "fanny",
        BOMY,
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Garder cette note"),
    ),
    Ecran("adherents:fiche", "nadege", CCAS, etat="rattache"),
    Ecran("adherents:fiche", "nadege", REPRISE, etat="repris"),
    Ecran("adherents:creer", "nadege"),
    Ecran(
        "adherents:creer",
        "nadege",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Inscrire", siren="216201559"),
    ),
    Ecran("adherents:modifier", "nadege", BOMY),
    Ecran("adherents:rattacher", "nadege", CCAS),
    Ecran("adherents:succession", "nadege", CCAS),
    Ecran("adherents:activer", "nadege", CCAS),
    Ecran("adherents:importer", "nadege"),
    Ecran(
        "adherents:importer",
        "nadege",
        etat="vide",
        statut=422,
        geste=envoyer(bouton="Relire ce tableau"),
    ),
    Ecran("adherents:importer_des_effectifs", "nadege", lambda o: {"sorte": "effectifs"}),
    Ecran(
        "adherents:importer_des_effectifs",
        "nadege",
        lambda o: {"sorte": "populations"},
        etat="populations",
    ),
    Ecran(
        "adherents:importer_des_effectifs",
        "nadege",
        lambda o: {"sorte": "effectifs"},
        etat="vide",
        statut=422,
        geste=envoyer(bouton="Relire ce tableur"),
    ),
    Ecran("adherents:declarer_au_centre", "nadege", BOMY),
    Ecran("adherents:ajouter_un_contact", "nadege", BOMY),
    Ecran("adherents:corriger_un_contact", "nadege", CONTACT),
    Ecran("adherents:retirer_un_contact", "nadege", CONTACT),
    Ecran("adherents:mon_adhesion", "fanny"),
    Ecran("adherents:adhesion", "martine", CHEZ_NOUS),
    Ecran("adherents:adhesion", "yvette", CHEZ_NOUS, etat="lectrice"),
    Ecran("adherents:declarer", "martine", CHEZ_NOUS),
    Ecran(
        "adherents:declarer",
        "martine",
        CHEZ_NOUS,
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Déclarer cet effectif", agents="environ 400"),
    ),
]
SANS_ECRAN = {
    **dict.fromkeys(
        (
            "adherents:exporter",
            "adherents:modele",
            "adherents:modele_d_effectifs",
            "adherents:justificatif_au_centre",
            "adherents:mon_justificatif",
        ),
        FICHIER,
    ),
    "adherents:demenagee": RENVOI,
    "adherents:relire_des_effectifs": (
        "demande un tableur déposé : éprouvé, axe compris, par le parcours de l'appel annuel"
    ),
    "adherents:relire": (
        "demande un tableau déposé : éprouvé, axe compris, par le parcours des adhérents"
    ),
}

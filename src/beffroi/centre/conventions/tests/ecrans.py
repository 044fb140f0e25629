"""Les écrans des conventions : le tableau, une fiche, ses actes, et la demande d'adhésion."""

from tests.parcours.ecran import FICHIER, Arguments, Ecran, envoyer, objet

LIRE = "SELECT reference FROM conventions_convention WHERE etat = '{}' LIMIT 1"
ACTIVE, DENONCEE = objet(LIRE.format("active")), objet(LIRE.format("denoncee"))
DEMANDE, CHEZ_EUX = objet(LIRE.format("demande")), objet(LIRE.format("chez_la_collectivite"))
DELIBEREE = objet(LIRE.format("deliberation_recue"))
BOMY = {"siret": "21620153300017"}


def acte(de: Arguments, nom: str) -> Arguments:
    return lambda objets: {**de(objets), "acte": nom}


def par(qui: str) -> Arguments:
    return lambda objets: {**ACTIVE(objets), "par": qui}


LITIGE: Arguments = lambda objets: {  # noqa: E731
    **ACTIVE(objets),
    "litige": objets.lire("SELECT reference FROM conventions_litige"),
}
AVENANT: Arguments = lambda objets: {  # noqa: E731
    **ACTIVE(objets),
    "avenant": objets.lire("SELECT reference FROM conventions_avenantconvention"),
}

ECRANS = [
    Ecran("conventions:adherer"),
    Ecran("conventions:demandee"),
    Ecran(
        "conventions:adherer",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Envoyer la demande", siren="12"),
    ),
    Ecran(
        "conventions:confirmer",
        arguments=lambda o: {"jeton": "DA-22222222:perime"},
        etat="perimee",
        statut=404,
    ),
    Ecran("conventions:tableau", "nadege"),
    Ecran("conventions:tableau", "nadege", requete="?vue=liste", etat="liste"),
    Ecran("conventions:tableau", "claire", etat="juriste"),
    Ecran("conventions:ouvrir", "nadege"),
    Ecran(
        "conventions:ouvrir",
        "nadege",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Ouvrir", siren="12"),
    ),
    Ecran("conventions:assurances", "nadege"),
    Ecran("conventions:parametres", "nadege"),
    Ecran("conventions:parametre", "nadege", lambda o: {"nom": "grille"}),
    Ecran("conventions:parametre", "nadege", lambda o: {"nom": "duree_reconduite"}, etat="choix"),
    Ecran("conventions:convention", "nadege", ACTIVE),
    Ecran("conventions:convention", "nadege", DENONCEE, etat="denoncee"),
    Ecran("conventions:convention", "nadege", DEMANDE, etat="demande"),
    Ecran("conventions:agir", "nadege", acte(DEMANDE, "projet"), etat="projet"),
    Ecran("conventions:agir", "nadege", acte(CHEZ_EUX, "deliberation"), etat="deliberation"),
    Ecran("conventions:agir", "nadege", acte(DELIBEREE, "signature"), etat="signature"),
    Ecran("conventions:agir", "nadege", acte(DENONCEE, "remise"), etat="remise"),
    Ecran("conventions:finir", "nadege", ACTIVE),
    Ecran("conventions:denoncer", "nadege", par("adherent")),
    Ecran(
        "conventions:denoncer",
        "nadege",
        par("adherent"),
        etat="demain",
        statut=422,
        geste=envoyer(bouton="Garder la lettre", recue_le="2099-01-01"),
    ),
    Ecran("conventions:litige", "nadege", LITIGE),
    Ecran("conventions:tribunal", "nadege", LITIGE),
    Ecran("conventions:issue", "nadege", LITIGE),
    Ecran("conventions:signer_un_avenant", "nadege", AVENANT),
    Ecran("conventions:quitter", "martine", lambda o: BOMY),
    Ecran("conventions:la_notre", "martine", lambda o: BOMY),
    Ecran("conventions:qui_finissent", "agnes"),
    Ecran("portail:a_faire", "nadege", etat="conventions"),
]
SANS_ECRAN = {
    **dict.fromkeys(
        (
            "conventions:piece",
            "conventions:notre_piece",
            "conventions:attestation",
            "conventions:apercu",
            "conventions:lettre_du_centre",
            "conventions:lettre_de_retrait",
            "conventions:lettre_aux_archives",
        ),
        FICHIER,
    ),
}

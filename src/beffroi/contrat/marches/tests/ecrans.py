"""Les écrans des contrats : le registre, inscrire, un contrat dans chaque état, ses actes."""

from tests.parcours.ecran import FICHIER, Arguments, Ecran, envoyer, joint, objet, ref

LIRE = "SELECT reference FROM marches_marche WHERE numero = '{}'"
EN_COURS, A_SIGNER, SIGNE = (
    objet(LIRE.format(numero)) for numero in ("2026-003", "2026-021", "2026-018")
)


A_DEUX = objet(LIRE.format("2026-016"))
DU_SECOND = joint(
    A_DEUX,
    objet(
        "SELECT e.reference FROM engagements_engagement e JOIN marches_marche m ON "
        "m.id = e.marche_id"
        " WHERE m.numero = '2026-016' AND e.rang = 2",
        "engagement",
    ),
)


def acte(de: Arguments, nom: str) -> Arguments:
    return lambda objets: {**de(objets), "acte": nom}


ECRANS = [
    Ecran("marches:registre", "martine"),
    Ecran("marches:registre", "yvette", etat="lectrice"),
    Ecran("marches:registre", "martine", requete="?texte=introuvable", etat="vide"),
    Ecran("marches:inscrire", "martine"),
    Ecran(
        "marches:inscrire",
        "martine",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Inscrire", code_cpv="12"),
    ),
    Ecran("marches:contrat", "martine", EN_COURS),
    Ecran("marches:contrat", "martine", A_SIGNER, etat="a_signer"),
    Ecran("marches:contrat", "yvette", SIGNE, etat="signe"),
    Ecran("marches:de_la_consultation", "martine", ref("depouillee")),
    Ecran("marches:ouvrir", "martine", lambda o: {**ref("depouillee")(o), "lot": 0}, statut=409),
    Ecran("marches:agir", "martine", acte(A_SIGNER, "signature"), etat="signature"),
    Ecran("marches:signer_ici", "martine", A_SIGNER),
    Ecran(
        "marches:signer_ici",
        "martine",
        A_SIGNER,
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Signer le document", secret="inconnu"),
    ),
    Ecran("marches:agir", "martine", acte(SIGNE, "notification-recue"), etat="notification"),
    Ecran("marches:agir", "martine", acte(EN_COURS, "modification"), etat="modification"),
    Ecran("marches:agir", "martine", acte(EN_COURS, "commande"), etat="commande"),
    Ecran(
        "marches:agir",
        "martine",
        acte(EN_COURS, "commande"),
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Garder la commande", montant="beaucoup"),
    ),
    Ecran("marches:agir", "martine", acte(EN_COURS, "sous-traitance"), etat="sous_traitance"),
    Ecran("marches:agir", "martine", acte(EN_COURS, "resiliation"), etat="resiliation"),
    Ecran("marches:contrat", "martine", A_DEUX, etat="a_deux"),
    Ecran("engagements:chacun", "martine", A_DEUX),
    Ecran("engagements:chacun", "yvette", A_DEUX, etat="lectrice"),
    Ecran(
        "engagements:agir", "martine", lambda o: {**DU_SECOND(o), "geste": "signature-du-titulaire"}
    ),
    Ecran(
        "engagements:agir",
        "martine",
        lambda o: {**DU_SECOND(o), "geste": "signature-du-titulaire"},
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Garder l’exemplaire signé", le=""),
    ),
    Ecran("engagements:signer_ici", "martine", DU_SECOND, statut=409),
]
SANS_ECRAN = {
    **dict.fromkeys(
        (
            "marches:export",
            "marches:piece",
            "marches:acte_d_engagement",
            "marches:document_du_titulaire",
        ),
        FICHIER,
    ),
    "marches:signer_en_titulaire": (
        "demande un contrat attribué, l'attente finie : le gabarit de « marches:signer_ici »"
    ),
}

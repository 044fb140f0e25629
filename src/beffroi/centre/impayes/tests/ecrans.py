"""Les écrans des impayés : la liste, un dossier, ses actes, et ce que l'adhérent lit."""

from tests.parcours.ecran import FICHIER, POST, Arguments, Ecran, envoyer, objet

BOMY = "21620153300017"
LE_DEFAUT = "SELECT reference FROM impayes_defaut"
# Une contribution émise que personne n'a relancée : sa page dit pourquoi.
SANS_DEFAUT = (
    "SELECT c.reference FROM contributions_contribution c WHERE c.numero IS NOT "
    "NULL AND c.id NOT IN"
    " (SELECT contribution_id FROM impayes_defaut) ORDER BY c.montant"
)


def acte(nom: str) -> Arguments:
    return objet(LE_DEFAUT, acte=nom)


ECRANS = [
    Ecran("impayes:liste", "nadege"),
    Ecran("impayes:liste", "remi", etat="ordonnateur", requete="?tri=montant"),
    Ecran("impayes:liste", "solange", etat="aucun-a-cette-etape", requete="?etape=finie"),
    Ecran("impayes:defaut", "solange", objet(LE_DEFAUT)),
    Ecran("impayes:defaut", "remi", objet(LE_DEFAUT), etat="ordonnateur"),
    Ecran("impayes:relancer", "nadege", objet(SANS_DEFAUT, "contribution"), etat="rien-a-relancer"),
    Ecran("impayes:agir", "solange", acte("mise-en-demeure")),
    Ecran(
        "impayes:agir",
        "solange",
        acte("mise-en-demeure"),
        etat="trop-tot",
        statut=422,
        geste=envoyer(bouton="Écrire la mise en demeure"),
    ),
    Ecran("impayes:agir", "solange", acte("reception"), etat="reception"),
    Ecran(
        "impayes:agir",
        "solange",
        acte("reception"),
        etat="sans-preuve",
        statut=422,
        geste=envoyer(bouton="Garder la preuve", recue_le="2020-01-01"),
    ),
    Ecran("impayes:agir", "remi", acte("blocage"), etat="decision"),
    Ecran(
        "impayes:agir",
        "remi",
        acte("fin"),
        etat="sans-motif",
        statut=422,
        geste=envoyer(bouton="Écrire la décision"),
    ),
    Ecran("impayes:agir", "nadege", acte("contestation"), etat="contestation"),
    Ecran("impayes:nos_impayes", "martine", lambda o: {"siret": BOMY}, etat="rien-en-retard"),
]
SANS_ECRAN = {
    "impayes:contester": POST,
    **dict.fromkeys(("impayes:piece", "impayes:notre_lettre"), FICHIER),
    "impayes:repondre": (
        "demande une somme contestée : éprouvé, axe compris, par le parcours des impayés"
    ),
}

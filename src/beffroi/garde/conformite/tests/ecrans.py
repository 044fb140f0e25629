"""Les écrans de la conformité : ce que tous lisent, exercer ses droits, ce que le centre tient."""

from beffroi.centre.interventions.tests.ecrans import chez_bomy
from tests.parcours.ecran import FICHIER, POST, Ecran, envoyer, objet

A_REPONDRE = objet("SELECT reference FROM conformite_demandededroit WHERE etat = 'recue'")
REPONDUE = objet("SELECT reference FROM conformite_demandededroit WHERE etat = 'repondue'")
OUVERTE = objet(
    "SELECT reference FROM violations_violation WHERE etat = 'ouverte' ORDER BY connue_le DESC"
)
CLOSE = objet("SELECT reference FROM violations_violation WHERE etat = 'close'")
GESTES = (
    "preciser",
    "prevenir",
    "notifier",
    "ne_pas_notifier",
    "communiquer",
    "ne_pas_communiquer",
    "clore",
)

PARTIE = objet("SELECT reference FROM conventions_convention WHERE etat = 'denoncee' LIMIT 1")

ECRANS = [
    Ecran("conformite:accueil"),
    Ecran("conformite:registre"),
    Ecran("conformite:sous_traitance"),
    Ecran("conformite:homologation"),
    Ecran("conformite:exercer"),
    Ecran("conformite:demande_recue"),
    Ecran(
        "conformite:exercer",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Envoyer ma demande", courriel="nulle part"),
    ),
    Ecran("conformite:au_centre", "claire"),
    Ecran("conformite:demandes", "claire"),
    Ecran("conformite:demande", "claire", A_REPONDRE),
    Ecran("conformite:demande", "claire", REPONDUE, etat="repondue"),
    Ecran("conformite:finir_la_clause", "nadege", PARTIE),
    Ecran(
        "conformite:finir_la_clause",
        "nadege",
        PARTIE,
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Finir la clause"),
    ),
    Ecran("conformite:journal_de_securite", "fanny"),
    Ecran("conformite:journal_de_securite", "fanny", etat="vide", requete="?compte=U-00000000"),
    Ecran(
        "conformite:journal_de_securite", "fanny", etat="faute", requete="?du=demain", statut=422
    ),
    Ecran("violations:liste", "claire"),
    Ecran("violations:declarer", "fanny"),
    Ecran(
        "violations:declarer",
        "fanny",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Déclarer", titre="Un disque volé"),
    ),
    Ecran("violations:violation", "claire", OUVERTE),
    Ecran("violations:violation", "fanny", CLOSE, etat="close"),
    *[Ecran(f"violations:{geste}", "claire", OUVERTE) for geste in GESTES],
    Ecran("violations:clore", "claire", CLOSE, etat="close"),
    Ecran("violations:chez_nous", "martine", chez_bomy()),
]
SANS_ECRAN = {
    "conformite:prolonger": POST,
    **dict.fromkeys(
        (
            "conformite:journal_de_securite_csv",
            "conformite:notre_annexe",
            "conformite:dossier_d_homologation",
        ),
        FICHIER,
    ),
    "conformite:suivre": (
        "demande un lien reçu par courriel : éprouvé, axe compris, par le parcours des droits"
    ),
}

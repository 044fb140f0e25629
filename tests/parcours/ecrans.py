"""La table des écrans : chaque adresse du service, qui la regarde, et dans quel état.

Les exclusions ont leur raison.
"""

from typing import Any

from tests import declarations
from tests.parcours.ecran import (
    FICHIER,
    MACHINE,
    RENVOI,
    Arguments,
    Ecran,
    deplier,
    envoyer,
    joint,
    objet,
    ref,
)
from tests.parcours.gestes import acheteur
from tests.parcours.gestes import cles as gestes

BOMY, CENTRE = "21620153300017", "99962000800014"


def options_seules(page: Any) -> None:
    """Des tranches optionnelles sans tranche ferme : il en manque une."""
    page.get_by_text("Vous ferez peut-être la suite plus tard").click()
    envoyer(bouton="Garder et continuer", tranches_optionnelles="La cantine")(page)


def tester_le_poste(page: Any) -> None:
    page.locator("[data-lancer]").click()
    page.locator("html[data-diagnostic=fini]").wait_for(timeout=60_000)


def mesurer_le_frontal(page: Any) -> None:
    page.get_by_role("button", name="Mesurer de mon navigateur").click()
    page.locator("[data-regard=csp]").get_by_text("Juste").wait_for()


def limite_passee(page: Any) -> None:
    envoyer(bouton="Garder et continuer", jour_limite="2024-01-15", heure_limite="12:00")(page)


def limite_passee_puis_verifier(page: Any) -> None:
    limite_passee(page)
    page.goto(page.url.replace("/calendrier/", "/verifier/"))
    page.get_by_text("L’heure limite tapée, 15/01/2024 à 12:00, est refusée").first.wait_for()


def poids_a_99(page: Any) -> None:
    """Les critères font 99, et les sous-critères du deuxième ne font pas son poids."""
    envoyer(bouton="Garder et continuer", **{"ligne-1-poids": "34"})(page)
    page.get_by_text("Le total fait 99, il en faut 100.").first.wait_for()
    page.get_by_text("Les sous-critères font 35, il en faut 34").first.wait_for()


REPONSE: Arguments = lambda objets: {"reference": objets.recit["televersement"]["reponse"]}  # noqa: E731
REPONSE_DEPOSEE = objet(
    "SELECT b.reference FROM depots_brouillondereponse b JOIN depots_pli p ON p.brouillon_id = b.id"
    " JOIN consultations_consultation c ON c.id = p.consultation_id"
    " WHERE c.etat = 'publiee' LIMIT 1"
)
DEPOT = (
    "SELECT p.reference FROM depots_pli p JOIN consultations_consultation c ON c.id = "
    "p.consultation_id WHERE "
)
DEPOT_RECENT, DEPOT_CLOS = (
    objet(DEPOT + "c.etat = 'publiee' ORDER BY p.id"),
    objet(DEPOT + "c.etat = 'close' AND NOT p.hors_delai"),
)
DEPOT_TARDIF = objet(DEPOT + "p.hors_delai")
HABILITATION = objet(
    "SELECT h.reference FROM organismes_habilitation h JOIN comptes_utilisateur u"
    " ON u.id = h.utilisateur_id WHERE u.courriel LIKE 'bernard@%'",
    siret=BOMY,
)
MEMBRE = (
    "SELECT m.reference FROM entreprises_membre m JOIN comptes_utilisateur u ON u.id "
    "= m.utilisateur_id"
    " WHERE u.courriel LIKE '{}@%' AND m.jusqu_au IS NULL"
)
FENTE = objet(
    "SELECT f.reference FROM cles_fente f JOIN cles_identitedemembre i ON i.id = f.identite_id"
    " JOIN comptes_utilisateur u ON u.id = i.utilisateur_id"
    " WHERE u.courriel LIKE 'martine@%' AND f.sorte = 'phrase'"
)
GARDIEN_BENOIT = objet(
    "SELECT g.reference FROM cles_gardien g JOIN comptes_utilisateur u ON u.id = g.utilisateur_id"
    " WHERE u.courriel LIKE 'benoit@%'"
)
# La part d'une consultation archivée : refaire cet essai n'empêche rien.
ESSAI_ANCIEN = objet(
    "SELECT p.reference FROM cles_partdecle p JOIN cles_identitedemembre i ON i.id = p.identite_id"
    " JOIN comptes_utilisateur u ON u.id = i.utilisateur_id JOIN consultations_consultation c"
    " ON c.cle_offre_id = p.paire_id WHERE c.etat = 'archivee' AND u.courriel LIKE 'helene@%'"
)
GARDIEN = objet("SELECT reference FROM cles_gardien ORDER BY id LIMIT 1")
PIECE = (
    "SELECT p.reference FROM {} p JOIN consultations_consultation c ON c.id = p.consultation_id"
    " WHERE c.etat = '{}' LIMIT 1"
)
MEMBRE_QUI_OUVRE = objet(
    "SELECT reference FROM comptes_utilisateur WHERE courriel LIKE 'bernard@%'", "personne"
)


EVENEMENT: Arguments = lambda objets: {  # noqa: E731
    "reference": objets.lire("SELECT reference FROM disponibilite_evenement WHERE fini_le IS NULL")
}

PORTAIL = [
    Ecran("portail:accueil"),
    Ecran("portail:accueil", "sophie"),
    Ecran("portail:composants"),
    Ecran("portail:demonstration"),
    Ecran("portail:accessibilite"),
    Ecran("portail:aide"),
    Ecran("portail:securite"),
    Ecran("portail:donnees_personnelles"),
    Ecran("portail:mentions_legales"),
    Ecran("portail:plan_du_site"),
    Ecran("portail:api"),
    Ecran("portail:prerequis_techniques"),
    Ecran("portail:scellement"),
    Ecran("aide:contact"),
    Ecran("portail:conditions_d_utilisation"),
    Ecran("aide:rappel_demande"),
    Ecran("aide:etre_rappele"),
    Ecran("aide:etre_rappele", etat="faute", statut=422, geste=envoyer(telephone="12")),
    Ecran("aide:rappels", "claire"),
    Ecran("disponibilite:etat"),
    Ecran("disponibilite:tenir", "fanny"),
    Ecran("disponibilite:supervision", "fanny"),
    Ecran("disponibilite:serveur_frontal", "fanny"),
    Ecran("disponibilite:serveur_frontal", "fanny", etat="mesure", geste=mesurer_le_frontal),
    Ecran("disponibilite:suivre", "fanny", EVENEMENT),
    Ecran(
        "disponibilite:tenir",
        "fanny",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Publier l’annonce", titre=""),
    ),
    Ecran("pilotage:les_miennes", "martine"),
    Ecran("pilotage:service", "fanny"),
    Ecran("pilotage:acheteur", "martine", lambda _: {"siret": BOMY}),
    Ecran("outils:seuils"),
    Ecran("outils:calendrier"),
    Ecran("outils:calendrier", etat="calcule", geste=envoyer(bouton="Calculer", montant="150000")),
    Ecran("outils:contribution"),
    Ecran(
        "outils:contribution",
        etat="calculee",
        geste=envoyer(bouton="Calculer", agents="420", volume="180"),
    ),
    Ecran(
        "outils:contribution",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Calculer", agents="environ 400"),
    ),
    Ecran("aide:entreprise"),
    Ecran("aide:glossaire"),
    Ecran("aide:chercher"),
    Ecran("portail:a_faire", "martine"),
    Ecran("portail:a_faire", "bernard"),
    Ecran("portail:a_faire", "yvette"),
    *[
        Ecran("portail:a_faire", qui, etat="menu ouvert", geste=deplier("Plus"))
        for qui in ("martine", "fanny")
    ],
    Ecran("portail:a_faire", "fanny"),
    Ecran("portail:apres_connexion", "agnes", etat="gardienne"),
    Ecran(
        "consultations:fiche",
        arguments=lambda objets: {"reference": "2020-0000"},
        etat="introuvable",
        statut=404,
    ),
]

COMPTES = [
    Ecran("account_login"),
    Ecran("account_login", etat="faux", geste=envoyer(login="x@y.example", password="faux")),
    Ecran("account_signup"),
    Ecran("account_signup", etat="vide", geste=envoyer(), statut=200),
    Ecran("account_reset_password"),
    Ecran("account_reset_password_done"),
    Ecran("account_inactive"),
    Ecran("account_reset_password_from_key_done"),
    Ecran("account_email_verification_sent"),
    Ecran(
        "account_reset_password_from_key",
        arguments=lambda o: {"uidb36": "1", "key": "perimee"},
        etat="perimee",
    ),
    Ecran("account_confirm_email", arguments=lambda o: {"key": "perimee"}, etat="perimee"),
    Ecran("account_logout", "martine"),
    Ecran("account_email", "martine"),
    Ecran("account_change_password", "sophie"),
    Ecran("account_reauthenticate", "sophie"),
    Ecran("mfa_reauthenticate", "martine"),
    Ecran("mfa_index", "martine"),
    Ecran("mfa_activate_totp", "sophie"),
    Ecran("mfa_deactivate_totp", "martine"),
    Ecran("mfa_view_recovery_codes", "martine", etat="aucun", statut=404),
    Ecran("mfa_generate_recovery_codes", "martine"),
    Ecran("mfa_list_webauthn", "martine"),
    Ecran("mfa_add_webauthn", "martine"),
    Ecran(
        "mfa_list_webauthn",
        "emile",
        depart="mfa_add_webauthn",
        etat="une-cle",
        geste=gestes.ajouter_une_cle_de_connexion,
    ),
    Ecran(
        "mfa_edit_webauthn",
        "tanguy",
        depart="mfa_add_webauthn",
        geste=gestes.jusqu_au_nom_de_la_cle,
    ),
    Ecran(
        "mfa_remove_webauthn",
        "kevin",
        depart="mfa_add_webauthn",
        geste=gestes.jusqu_au_retrait_de_la_cle,
    ),
    Ecran(
        "mfa_authenticate",
        depart="account_login",
        geste=envoyer(login="bernard@bomy.example", password="beffroi en pas de calais"),
    ),
    Ecran("comptes:securite", "martine"),
    Ecran("comptes:securite", "sophie"),
    Ecran(
        "comptes:invitation",
        arguments=lambda o: {"reference": "U-22222222", "jeton": "x"},
        etat="perimee",
        statut=404,
    ),
]

ORGANISMES = [
    Ecran("organismes:mes_organismes", "martine"),
    Ecran("organismes:mes_organismes", "fanny"),
    Ecran("organismes:agents", "martine", lambda o: {"siret": BOMY}),
    Ecran("organismes:revue", "martine", lambda o: {"siret": BOMY}),
    Ecran("organismes:coordonnees", "martine", lambda o: {"siret": BOMY}),
    Ecran(
        "organismes:coordonnees",
        "martine",
        lambda o: {"siret": BOMY},
        etat="fautif",
        geste=envoyer(code_postal="Bomy", telephone="12"),
        statut=422,
    ),
    Ecran("organismes:publication", "martine", lambda o: {"siret": BOMY}),
    Ecran("organismes:habiliter", "martine", lambda o: {"siret": BOMY}),
    Ecran(
        "organismes:habiliter",
        "martine",
        lambda o: {"siret": BOMY},
        etat="vide",
        geste=envoyer(),
        statut=422,
    ),
    Ecran("organismes:roles", "martine", HABILITATION),
    Ecran("organismes:retirer", "martine", HABILITATION),
    Ecran("organismes:fermer", "martine", HABILITATION),
    Ecran("organismes:nommer", "fanny", lambda o: {"siret": BOMY}, etat="administre"),
    Ecran("organismes:comptes", "fanny"),
    Ecran("organismes:comptes", "fanny", etat="vide", geste=envoyer(), statut=422),
    Ecran(
        "organismes:compte",
        "fanny",
        objet("SELECT reference FROM comptes_utilisateur WHERE courriel LIKE 'martine@%'"),
    ),
    Ecran("organismes:organismes", "fanny"),
    Ecran("organismes:ouvrir", "fanny"),
    Ecran("organismes:agents", "fanny", lambda o: {"siret": CENTRE}),
    Ecran("organismes:agents", "yvette", lambda o: {"siret": BOMY}, etat="interdit", statut=403),
]

ENTREPRISES = [
    Ecran("entreprises:entreprise", "sophie"),
    Ecran("entreprises:entreprise", "agnes", etat="sans-entreprise"),
    Ecran("entreprises:rattacher", "sophie"),
    Ecran("entreprises:presenter", "sophie"),
    Ecran(
        "entreprises:presenter",
        "sophie",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Garder", code_postal="62"),
    ),
    Ecran("entreprises:rattacher", "sophie", etat="vide", geste=envoyer(), statut=422),
    Ecran("entreprises:quitter", "sophie", objet(MEMBRE.format("sophie"))),
    Ecran("entreprises:retirer", "sophie", objet(MEMBRE.format("kevin"))),
]

CLES = [
    Ecran("cles:ma_cle", "martine"),
    Ecran("cles:ma_cle", "yvette", etat="sans-cle"),
    Ecran("cles:ma_cle", "agnes", etat="gardienne"),
    Ecran("cles:creer", "yvette"),
    Ecran("cles:retirer", "martine"),
    Ecran("cles:perdue", "martine"),
    *[
        Ecran("cles:ajouter_fente", "martine", lambda o, sorte=sorte: {"sorte": sorte}, etat=sorte)
        for sorte in ("phrase", "passkey", "secours")
    ],
    Ecran(
        "cles:ajouter_fente",
        "martine",
        lambda o: {"sorte": "phrase"},
        requete="?avec=secours",
        etat="perdue",
    ),
    Ecran("cles:retirer_fente", "martine", FENTE, etat="derniere"),
    Ecran(
        "cles:creer",
        "yvette",
        etat="passkey",
        geste=lambda page: page.get_by_label("téléphone, empreinte").check(),
    ),
    Ecran("cles:creer", "emile", etat="feuille", geste=gestes.jusqu_a_la_feuille),
    Ecran("cles:creer", "zoe", etat="recopie", geste=gestes.jusqu_a_la_recopie),
    Ecran("cles:secours", "sophie", depart="cles:creer", geste=gestes.sans_recopier),
    Ecran("cles:canari", "benoit", GARDIEN_BENOIT, etat="reussi"),
    Ecran("cles:canari", "helene", ESSAI_ANCIEN, etat="a-faire", geste=gestes.refaire_l_essai),
    Ecran("cles:gardiens", "fanny"),
    Ecran("cles:retirer_gardien", "fanny", GARDIEN),
]

AVIS = objet("SELECT reference FROM avis_avis ORDER BY id LIMIT 1", "avis")
PARUTION = objet("SELECT reference FROM avis_parution ORDER BY id LIMIT 1", "parution")
RELECTURE = objet("SELECT reference FROM relectures_relecture", "relecture")

CONSULTATIONS = [
    Ecran("recherche:liste"),
    Ecran("recherche:liste", requete="?q=toiture&lieu=bomy&nature=travaux", etat="recherche"),
    Ecran("recherche:liste", requete="?q=zygomatique", etat="mot-inconnu"),
    Ecran("recherche:liste", requete="?q=toitrue", etat="faute"),
    Ecran("recherche:liste", requete="?q=toiture&cpv=09", etat="sans-resultat"),
    Ecran("recherche:liste", requete="?etat=closes", etat="closes"),
    Ecran("recherche:liste", requete=f"?q={'a' * 10_000}", etat="mot-sans-fin"),
    Ecran("alertes:garder", requete=f"?q={'a' * 10_000}", etat="mot-sans-fin"),
    Ecran("recherche:liste", requete="?avant=demain&cpv=toit&page=zero", etat="illisible"),
    Ecran("recherche:acheteurs"),
    Ecran("recherche:acheteurs", requete="?q=zygomatique", etat="sans-resultat"),
    Ecran("recherche:acheteur", arguments=lambda objets: {"siren": BOMY[:9]}),
    *[
        Ecran("consultations:fiche", arguments=ref(etat), etat=etat)
        for etat in (
            "publiee",
            "close",
            "en_ouverture",
            "depouillee",
            "attribuee",
            "archivee",
            "sans_suite",
        )
    ],
    Ecran("consultations:fiche", arguments=ref("publiee", 1), etat="lots"),
    Ecran("consultations:fiche", "sophie", ref("publiee")),
    Ecran("consultations:documents", arguments=ref("publiee")),
    Ecran("consultations:cles_publiees", arguments=ref("publiee")),
    Ecran("consultations:mes_consultations", "martine"),
    Ecran("consultations:mes_consultations", "odile", etat="aucune"),
    Ecran("preparation:nouvelle", "martine"),
    Ecran("preparation:nouvelle", "martine", etat="vide", geste=envoyer(), statut=422),
    *[
        Ecran(f"consultations:{nom}", "martine", ref("brouillon"))
        for nom in (
            "preparer",
            "preparer_documents",
            "preparer_pieces",
            "preparer_membres",
            "preparer_verifier",
            "cles",
        )
    ],
    *[
        Ecran(f"preparation:{cle}", "martine", ref("brouillon"))
        for cle in (
            "achat",
            "montant",
            "lots",
            "criteres",
            "calendrier",
            "particularites",
            "conditions",
        )
    ],
    Ecran(
        "preparation:montant",
        "martine",
        ref("brouillon"),
        etat="fautif",
        geste=envoyer(estime="environ"),
        statut=422,
    ),
    Ecran(
        "preparation:lots",
        "martine",
        ref("brouillon"),
        etat="fautif",
        statut=422,
        geste=envoyer(bouton="Garder et continuer", **{"ligne-0-montant": "beaucoup"}),
    ),
    Ecran("preparation:criteres", "martine", ref("brouillon"), etat="poids-a-99", geste=poids_a_99),
    Ecran(
        "preparation:calendrier",
        "martine",
        ref("brouillon"),
        etat="limite-passee",
        statut=422,
        geste=limite_passee,
    ),
    Ecran(
        "consultations:preparer_verifier",
        "martine",
        ref("brouillon"),
        etat="limite-refusee",
        depart="preparation:calendrier",
        geste=limite_passee_puis_verifier,
    ),
    Ecran(
        "consultations:publier",
        "martine",
        lambda o: {"reference": o.recit["prete"]},
        etat="avis-du",
        geste=lambda page: page.get_by_text("L’avis reste à préparer").wait_for(),
    ),
    Ecran("preparation:procedures", "martine", ref("brouillon")),
    Ecran("preparation:refaire", "martine", ref("brouillon")),
    Ecran("preparation:refaire", "martine", ref("publiee"), etat="sans-questions"),
    Ecran(
        "preparation:achat",
        "martine",
        ref("brouillon"),
        etat="a-confirmer",
        depart="preparation:refaire",
        geste=acheteur.refaire,
    ),
    Ecran(
        "preparation:modifier",
        "martine",
        joint(ref("brouillon"), lambda o: {"cle": "procedure"}),
        etat="procedure",
    ),
    Ecran("preparation:lot", "martine", joint(ref("brouillon"), lambda o: {"numero": 1})),
    Ecran(
        "preparation:lot",
        "martine",
        joint(ref("brouillon"), lambda o: {"numero": 1}),
        etat="fautif",
        statut=422,
        geste=envoyer(bouton="Garder", **{"ligne-0-poids": ""}),
    ),
    Ecran(
        "preparation:particularites",
        "martine",
        ref("brouillon"),
        etat="fautif",
        statut=422,
        geste=options_seules,
    ),
    Ecran(
        "preparation:modifier", "martine", joint(ref("brouillon"), lambda o: {"cle": "publicite"})
    ),
    Ecran("redaction:documents", "martine", ref("brouillon")),
    Ecran("avis:publicite", "martine", ref("brouillon")),
    Ecran("avis:publicite", "yvette", ref("publiee"), etat="vide"),
    Ecran("avis:coordonnees", "martine", ref("brouillon")),
    Ecran(
        "avis:coordonnees",
        "martine",
        ref("brouillon"),
        etat="fautif",
        geste=envoyer(code_postal="62"),
        statut=422,
    ),
    Ecran("avis:ecrire", "martine", joint(ref("brouillon"), lambda o: {"forme": "nationale"})),
    Ecran(
        "avis:ecrire",
        "martine",
        joint(ref("publiee"), lambda o: {"forme": "europeenne"}),
        etat="incomplet",
    ),
    Ecran("avis:avis", "martine", joint(ref("brouillon"), AVIS)),
    *[
        Ecran(
            "avis:acte",
            "martine",
            joint(ref("brouillon"), PARUTION, lambda o, acte=acte: {"acte": acte}),
            etat=acte,
        )
        for acte in ("preuve", "reception", "parution", "refus")
    ],
    Ecran("consultations:retirer_membre", "martine", joint(ref("en_relecture"), MEMBRE_QUI_OUVRE)),
    Ecran("relectures:acheteur", "martine", ref("brouillon")),
    Ecran("relectures:acheteur", "martine", ref("en_relecture"), etat="demandee"),
    Ecran(
        "relectures:passer_outre",
        "martine",
        ref("brouillon"),
        depart="relectures:acheteur",
        geste=lambda page: page.get_by_role("link", name="Garder tel quel").first.click(),
    ),
    Ecran("relectures:retirer", "martine", joint(ref("en_relecture"), RELECTURE)),
    Ecran("relectures:avis", "martine", joint(ref("en_relecture"), RELECTURE)),
    Ecran("relectures:file", "claire"),
    Ecran("relectures:relire", "claire", RELECTURE),
    Ecran("relectures:modeles", "claire"),
    Ecran("relectures:modeles", "claire", etat="vide", geste=envoyer(bouton="Garder"), statut=422),
    Ecran("relectures:mesures", "claire", etat="vide"),
    Ecran("consultations:preparer", "martine", ref("en_relecture"), etat="en_relecture"),
    Ecran("consultations:preparer_verifier", "helene", ref("en_relecture"), etat="en_relecture"),
    *[
        Ecran("consultations:suivre", "martine", ref(etat), etat=etat)
        for etat in ("publiee", "close", "depouillee", "sans_suite")
    ],
    Ecran("consultations:suivre", "yvette", ref("publiee"), etat="lecture"),
    Ecran("repartage:changer", "martine", ref("publiee")),
    Ecran("repartage:changer", "martine", ref("depouillee"), etat="trop-tard"),
    Ecran(
        "repartage:repartage",
        "martine",
        ref("publiee"),
        depart="repartage:changer",
        geste=acheteur.sans_bernard,
    ),
    Ecran(
        "repartage:repartage",
        "martine",
        ref("close"),
        depart="repartage:changer",
        etat="gardiens",
        geste=acheteur.par_les_gardiens,
    ),
    Ecran("consultations:prolonger", "martine", ref("publiee")),
    Ecran(
        "consultations:suivre",
        "martine",
        ref("publiee", 1),
        etat="reglement-depasse",
        depart="consultations:prolonger",
        geste=acheteur.prolonger_de_dix_jours,
    ),
    Ecran("consultations:sans_suite", "helene", ref("publiee")),
    Ecran("alertes:garder"),
    Ecran("alertes:garder", requete="?q=toiture&dep=62&avant=demain", etat="recherche"),
    Ecran(
        "alertes:garder",
        requete="?q=toiture",
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Recevoir ces consultations", courriel="sophie@"),
    ),
    Ecran("alertes:demandee"),
    Ecran("notifications:regler", "martine"),
    Ecran("notifications:regler", "sophie", etat="entreprise"),
    Ecran("notifications:fermer_l_agenda", "sophie"),
    Ecran(
        "notifications:ouvrir_l_agenda",
        "helene",
        depart="notifications:regler",
        geste=envoyer(bouton="Ouvrir mon agenda"),
    ),
    Ecran("abonnements:retrouver"),
    Ecran("abonnements:retrouver", etat="faute", statut=422, geste=envoyer(courriel="sophie@")),
    Ecran("abonnements:retrouver", etat="envoye", geste=envoyer(courriel="inconnue@example.org")),
    Ecran("retraits:etre_averti", arguments=ref("publiee")),
    Ecran("retraits:etre_averti", "sophie", ref("publiee"), etat="avec-compte"),
    Ecran(
        "retraits:etre_averti",
        arguments=ref("publiee"),
        etat="faute",
        statut=422,
        geste=envoyer(bouton="M’inscrire, puis télécharger", entreprise=""),
    ),
    Ecran(
        "retraits:telecharger",
        arguments=ref("publiee"),
        depart="retraits:etre_averti",
        geste=envoyer(bouton="M’inscrire, puis télécharger", entreprise="Couvreurs réunis"),
    ),
    Ecran("retraits:registre", "martine", ref("publiee")),
    Ecran("retraits:registre", "martine", ref("close"), etat="close"),
    Ecran("dossiers:changer", "martine", ref("publiee", 1)),
    Ecran("dossiers:changer", "martine", ref("close"), etat="trop-tard"),
    Ecran(
        "dossiers:publier",
        "martine",
        ref("publiee", 1),
        depart="dossiers:changer",
        geste=acheteur.preparer_un_retrait,
    ),
    Ecran(
        "dossiers:remplacer",
        "martine",
        joint(ref("publiee"), objet(PIECE.format("consultations_piecedce", "publiee"), "piece")),
    ),
]


DEPOTS = [
    Ecran("reponses:commencer", arguments=ref("publiee")),
    Ecran("reponses:commencer", "sophie", ref("publiee")),
    Ecran("reponses:commencer", "sophie", ref("publiee", 1), etat="lots"),
    Ecran("reponses:commencer", "martine", ref("publiee")),
    Ecran("reponses:mes_reponses", "sophie"),
    Ecran("reponses:mes_reponses", "agnes", etat="vide"),
    *[
        Ecran(f"reponses:{nom}", "sophie", REPONSE)
        for nom in ("reponse", "groupement", "pieces", "verifier_la_reponse")
    ],
    Ecran("dume:demande", arguments=ref("publiee")),
    Ecran("dume:remplir", "sophie", REPONSE),
    Ecran(
        "dume:remplir",
        "sophie",
        REPONSE,
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Faire mon DUME (XML)"),
    ),
    Ecran("reponses:pieces_d_offre", "sophie", joint(REPONSE, lambda o: {"code": "offre"})),
    Ecran("reponses:reponse", "zoe", REPONSE_DEPOSEE, etat="deposee"),
    Ecran("reponses:verifier_la_reponse", "zoe", REPONSE_DEPOSEE, etat="deposee"),
    Ecran("reponses:recepisse", "zoe", DEPOT_RECENT, etat="en-cours"),
    Ecran("reponses:recepisse", "emile", DEPOT_TARDIF, etat="hors-delai"),
    Ecran("reponses:recepisse", "sophie", DEPOT_CLOS, etat="clos"),
    Ecran("reponses:retirer", "zoe", DEPOT_RECENT),
    Ecran("reponses:contester", "zoe", DEPOT_RECENT),
    Ecran("reponses:verifier"),
    Ecran("essai:diagnostic"),
    Ecran("essai:depot", etat="arrete"),
    Ecran("essai:ecole", "claire", etat="arretee"),
    Ecran("essai:diagnostic", etat="fini", geste=tester_le_poste),
]


JOURNAL = [Ecran("journal:accueil"), Ecran("donnees_ouvertes:accueil")]

DECLARES = declarations.modules("ecrans").values()
ECRANS = [
    *(ecran for contexte in DECLARES for ecran in getattr(contexte, "ECRANS", ())),
    *PORTAIL,
    *COMPTES,
    *ORGANISMES,
    *ENTREPRISES,
    *CLES,
    *CONSULTATIONS,
    *DEPOTS,
    *JOURNAL,
]

SANS_ECRAN = {
    **{
        nom: raison
        for contexte in DECLARES
        for nom, raison in getattr(contexte, "SANS_ECRAN", {}).items()
    },
    "mfa_download_recovery_codes": FICHIER,
    "mfa_login_webauthn": MACHINE,
    "mfa_reauthenticate_webauthn": RENVOI,
    "account_set_password": "tout compte naît avec un mot de passe, ou le choisit à l'invitation",
}

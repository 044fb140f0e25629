"""Connexion requise partout, sauf ici :
une page nouvelle est fermée tant que cette liste ne la nomme pas.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

CONSULTER = "CCP, art. R. 2132-2 : le dossier se lit et se télécharge sans compte"
VERIFIER = "n'importe qui vérifie un récépissé et le registre"
ENTRER = "c'est par là qu'on entre, ou qu'on sort"
SUIVRE = "un suivi n'a pas de compte : le lien signé, reçu par courriel, fait foi (RFC 8058)"
INFORMER = "une page de texte"
REPRENDRE = "CCP, annexe 7 : les données ouvertes se reprennent sans compte"
CONNAITRE = "CCP, art. L. 2196-2 : les données essentielles d'un contrat sont à tout le monde"
DEMANDER = (
    "CCP, annexe 7 : demander n'attend pas d'avoir un compte ; le lien signé, reçu par courriel, "
    "fait foi"
)
ADHERER = (
    "demander à adhérer n'attend pas d'avoir un compte ; le lien signé, reçu par courriel, fait foi"
)
LIEN_SIGNE = "une collectivité n'a pas encore de compte : le lien signé de son courriel fait foi"
CONTESTER = (
    "qui a pris un compte en a peut-être changé le mot de passe ; le lien signé, reçu par "
    "courriel, fait foi"
)
ESSAYER = "annexe 7 du CCP : l'espace de test s'ouvre sans compte"
VIVRE = "un répartiteur de charge demande si un nœud peut servir : il n'a pas de compte"
API = "l'API demande elle-même un jeton ou une séance, et répond 401 sans elle"

PUBLIQUES = {
    "portail:accueil": CONSULTER,
    "recherche:liste": CONSULTER,
    "recherche:flux": CONSULTER,
    "recherche:calendrier": CONSULTER,
    "recherche:robots": CONSULTER,
    "recherche:plan": CONSULTER,
    "recherche:flux_de_consultation": CONSULTER,
    "recherche:acheteurs": CONSULTER,
    "recherche:acheteur": CONSULTER,
    "recherche:flux_d_acheteur": CONSULTER,
    "consultations:fiche": CONSULTER,
    "consultations:court": CONSULTER,
    "consultations:cles_publiees": CONSULTER,
    "consultations:documents": CONSULTER,
    "consultations:document": CONSULTER,
    "consultations:dossier": CONSULTER,
    "dossiers:d_avant": CONSULTER,
    "retraits:etre_averti": CONSULTER,
    "retraits:telecharger": CONSULTER,
    "entreprises:pas_moi": CONTESTER,
    "reponses:pas_moi": CONTESTER,
    "questions:liste": CONSULTER,
    "questions:demander": DEMANDER,
    "questions:sans_compte": DEMANDER,
    "questions:poser": (
        "mène un visiteur à « sans compte » ; son formulaire demande lui-même la connexion"
    ),
    "questions:piece": CONSULTER,
    "consultations:calendrier": CONSULTER,
    "consultations:cles_publiques": CONSULTER,
    "alertes:garder": SUIVRE,
    "alertes:demandee": SUIVRE,
    "notifications:agenda": (
        "un logiciel d'agenda ne se connecte pas : le secret de l'adresse fait foi"
    ),
    "abonnements:retrouver": SUIVRE,
    "abonnements:confirmer": SUIVRE,
    "abonnements:arreter": SUIVRE,
    "abonnements:gerer": SUIVRE,
    "avis:public": CONSULTER,
    "conventions:adherer": ADHERER,
    "conventions:demandee": ADHERER,
    "conventions:confirmer": ADHERER,
    "apports:dossier": LIEN_SIGNE,
    "apports:piece": LIEN_SIGNE,
    "reponses:commencer": (
        "on sait ce qui sera demandé avant d'avoir un compte ; ouvrir une réponse en demande un"
    ),
    "reponses:seance": "un script demande si la séance dure encore : 401, jamais une redirection",
    "reponses:heure": "l'heure qui fait foi",
    "noeuds:sante": VIVRE,
    "noeuds:pret": VIVRE,
    "disponibilite:arrivee": "« ./beffroi frontal », par un jeton signé ; sans lui, rien n'est là",
    "disponibilite:metriques": "un superviseur, par son jeton ; sans lui, rien n'est là",
    "reponses:verifier": VERIFIER,
    "essai:diagnostic": ESSAYER,
    "essai:envoi": ESSAYER,
    "essai:attestation": ESSAYER,
    "essai:depot": ESSAYER,
    "essai:entrer": ESSAYER,
    "essai:ecole": (
        "sur la plateforme, elle demande elle-même la connexion ; à l'école, "
        "le jeton de la plateforme"
    ),
    "essai:entrer_a_l_ecole": "le jeton que la plateforme donne à un agent du centre",
    "essai:commencer_la_classe": "n'existe qu'à l'école, pour qui est entré par ce jeton",
    "journal:accueil": VERIFIER,
    "journal:tete": VERIFIER,
    "journal:points_de_controle": VERIFIER,
    "journal:cles": VERIFIER,
    "journal:feuilles": VERIFIER,
    "journal:tuile": VERIFIER,
    "donnees_ouvertes:accueil": REPRENDRE,
    "donnees_essentielles:decp": REPRENDRE,
    "donnees_essentielles:decp_de": REPRENDRE,
    "donnees_essentielles:marches": REPRENDRE,
    "donnees_essentielles:ocds": REPRENDRE,
    "donnees_essentielles:liste": CONNAITRE,
    "donnees_essentielles:fichier": CONNAITRE,
    "donnees_essentielles:flux": CONNAITRE,
    "donnees_essentielles:methode": CONNAITRE,
    "donnees_essentielles:acheteur": CONNAITRE,
    "donnees_essentielles:liste_annuelle": CONNAITRE,
    "donnees_essentielles:liste_en_fichier": CONNAITRE,
    "donnees_essentielles:titulaire": CONNAITRE,
    "donnees_essentielles:contrat": CONNAITRE,
    "donnees_ouvertes:catalogue": REPRENDRE,
    "donnees_ouvertes:profils": REPRENDRE,
    "donnees_ouvertes:consultations_csv": REPRENDRE,
    "donnees_ouvertes:consultations_json": REPRENDRE,
    "aide:entreprise": INFORMER,
    "aide:contact": INFORMER,
    "aide:etre_rappele": (
        "qui a besoin d'aide n'a pas forcément de compte ; rien n'y dépend d'un cookie"
    ),
    "aide:rappel_demande": INFORMER,
    "assistance:ecrire": (
        "qui a besoin d'aide n'a pas forcément de compte ; rien n'y dépend d'un cookie"
    ),
    "assistance:message_recu": INFORMER,
    "assistance:suivre": "un lien signé, qui ne montre qu'une demande",
    "assistance:questions_frequentes": INFORMER,
    "conformite:accueil": INFORMER,
    "conformite:registre": INFORMER,
    "conformite:sous_traitance": INFORMER,
    "conformite:homologation": INFORMER,
    "conformite:exercer": "chacun exerce ses droits, avec ou sans compte (RGPD, art. 12)",
    "conformite:demande_recue": INFORMER,
    "conformite:suivre": "un lien signé, qui ne montre qu'une demande",
    "assistance:nos_delais": INFORMER,
    "teleassistance:consentir": "qui n'arrive pas à se connecter se fait aider aussi",
    **dict.fromkeys(
        (
            "teleassistance:fenetre",
            "teleassistance:etat",
            "teleassistance:signaux",
            "teleassistance:agir",
        ),
        (
            "un lien signé, qui ne montre qu'un partage ; accepté depuis un compte, "
            "il faut aussi ce compte"
        ),
    ),
    "portail:conditions_d_utilisation": INFORMER,
    "disponibilite:etat": INFORMER,
    "disponibilite:flux": INFORMER,
    "sonde:remettre": (
        "une sonde d'ailleurs n'a pas de compte : son jeton, réglé par l'exploitant, fait foi"
    ),
    "dume:demande": CONSULTER,
    "dume:demande_en_xml": CONSULTER,
    "outils:calendrier": INFORMER,
    "outils:agenda": INFORMER,
    "outils:contribution": INFORMER,
    "outils:seuils": INFORMER,
    "aide:acheteur": INFORMER,
    "aide:ouverture": INFORMER,
    "aide:public": INFORMER,
    "aide:glossaire": INFORMER,
    "aide:chercher": INFORMER,
    "portail:security_txt": INFORMER,
    "portail:accessibilite": INFORMER,
    "portail:aide": INFORMER,
    "portail:api": INFORMER,
    "portail:composants": INFORMER,
    "portail:donnees_personnelles": INFORMER,
    "portail:mentions_legales": INFORMER,
    "portail:plan_du_site": INFORMER,
    "portail:prerequis_techniques": INFORMER,
    "portail:scellement": INFORMER,
    "portail:securite": INFORMER,
    "portail:demonstration": "les comptes d'essai ; absente hors de la démonstration",
    "portail:apres_connexion": "conduit chacun chez soi, un visiteur à l'accueil",
    "comptes:invitation": ENTRER,
    "account_confirm_email": ENTRER,
    "account_email_verification_sent": ENTRER,
    "account_inactive": ENTRER,
    "account_login": ENTRER,
    "account_logout": ENTRER,
    "account_reset_password": ENTRER,
    "account_reset_password_done": ENTRER,
    "account_reset_password_from_key": ENTRER,
    "account_reset_password_from_key_done": ENTRER,
    "account_signup": ENTRER,
    "mfa_authenticate": ENTRER,
    "mfa_login_webauthn": ENTRER,
    "api-1:api-root": API,
    "api-1:lister": REPRENDRE,
    "api-1:lire": REPRENDRE,
    "api-1:suivre": REPRENDRE,
    "api-1:chercher": REPRENDRE,
    "api-1:commencer": API,
    "api-1:deposer": API,
    "api-1:lire_la_reponse": API,
    "api-1:lire_le_fichier": API,
    "api-1:commencer_un_brouillon": API,
    "api-1:controler": API,
    "api-1:demander": API,
    "api-1:ecarter": API,
    "api-1:lire_la_notre": API,
    "api-1:lire_le_depot": API,
    "api-1:lire_les_depots": API,
    "api-1:lire_les_retraits": API,
    "api-1:lire_ma_question": API,
    "api-1:lire_une_question": API,
    "api-1:lister_les_depots": API,
    "api-1:lister_les_notres": API,
    "api-1:lister_les_questions": API,
    "api-1:lister_les_reponses": API,
    "api-1:lister_mes_questions": API,
    "api-1:preparer_la_reponse": API,
    "api-1:prolonger": API,
    "api-1:publier": API,
    "api-1:publier_la_reponse": API,
    "api-1:repondre_a_une_question": API,
    "api-1:retirer": API,
    "api-1:openapi-json": "la description de l'API se lit sans compte",
    "api-1:ouvrir": API,
    "api-1:ouvrir_un_paquet": API,
    "api-1:preparer": API,
    "api-1:repondre_a_l_invitation": API,
    "api-1:supprimer": API,
    "api-1:telecharger_le_recu": API,
    "api-1:terminer": API,
    "api-1:terminer_un_paquet": API,
    "api-introuvable": API,
    "api-partie": API,
}


def vues(
    motifs: list[URLPattern | URLResolver], *, prefixe: str = ""
) -> Iterator[tuple[str, bool]]:
    """Le nom de chaque adresse, et si elle se passe de connexion."""
    for motif in motifs:
        if isinstance(motif, URLResolver):
            yield from vues(
                motif.url_patterns,
                prefixe=f"{prefixe}{motif.namespace}:" if motif.namespace else prefixe,
            )
        else:
            yield f"{prefixe}{motif.name}", not getattr(motif.callback, "login_required", True)


def test_les_adresses_publiques_sont_celles_de_la_liste():
    ouvertes = {nom for nom, ouverte in vues(get_resolver().url_patterns) if ouverte}

    assert sorted(ouvertes ^ PUBLIQUES.keys()) == []


def test_la_connexion_est_requise_avant_toute_autre_regle():
    """Le second facteur et les refus du métier ne jugent qu'une personne connue."""
    rang = settings.MIDDLEWARE.index

    assert rang("django.contrib.auth.middleware.LoginRequiredMiddleware") < rang(
        "beffroi.faces.portail.middleware.PagesDErreur"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "adresse", ["/mes-reponses/", "/cles/", "/organisme/", "/exploitant/organismes/"]
)
def test_une_page_fermee_mene_a_la_connexion_et_en_revient(client, adresse):
    assert client.get(adresse).url == f"/compte/connexion/?next={adresse}"

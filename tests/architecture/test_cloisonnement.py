"""Chaque adresse du service × chaque visiteur :
qui entre, qui reste dehors, et que rien ne se devine.

La table et son mode d'emploi sont dans `tests/architecture/adresses.py`. Un test par adresse :
il visite pour tous, et nomme dans son échec chaque visiteur et chaque méthode en faute.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from itertools import islice, product

import pytest

from tests.architecture.adresses import VISITEURS, Adresse, noms_servis, table
from tests.architecture.visites import (
    Reponse,
    Visites,
    erreurs_en_bref,
    sans_traces,
    tour_du_monde,
)
from tests.moteurs.moteur import sur_postgresql

# Exclues, une raison chacune : ces écrans d'allauth ne portent aucun objet d'organisme ni
# d'entreprise, et ne lisent que ce qui est à la personne connectée.
# `comptes/tests/test_views_compte.py` les visite tous.
SANS_OBJET = "allauth : ne montre que le compte de la personne connectée"
EXCLUES = {
    "account_change_password": SANS_OBJET,
    "account_confirm_email": "allauth : la clé du lien est signée, et liée à une adresse",
    "account_email": SANS_OBJET,
    "account_email_verification_sent": "allauth : une page de texte",
    "account_inactive": "allauth : une page de texte",
    "account_login": "allauth : l'entrée",
    "account_logout": "allauth : la sortie",
    "account_reauthenticate": SANS_OBJET,
    "account_reset_password": "allauth : même réponse avec ou sans compte, prouvé dans comptes",
    "account_reset_password_done": "allauth : une page de texte",
    "account_reset_password_from_key": "allauth : la clé du lien est signée, et liée à un compte",
    "account_reset_password_from_key_done": "allauth : une page de texte",
    "account_set_password": SANS_OBJET,
    "account_signup": "allauth : l'inscription, prouvée dans entreprises",
    "mfa_activate_totp": SANS_OBJET,
    "mfa_add_webauthn": SANS_OBJET,
    "mfa_authenticate": "allauth : une étape de la connexion",
    "mfa_deactivate_totp": SANS_OBJET,
    "mfa_download_recovery_codes": SANS_OBJET,
    "mfa_edit_webauthn": "allauth : cherche la clé parmi celles de la personne, 404 sinon",
    "mfa_generate_recovery_codes": SANS_OBJET,
    "mfa_index": SANS_OBJET,
    "mfa_list_webauthn": SANS_OBJET,
    "mfa_login_webauthn": "allauth : l'entrée par clé",
    "mfa_reauthenticate": SANS_OBJET,
    "mfa_reauthenticate_webauthn": SANS_OBJET,
    "mfa_remove_webauthn": "allauth : cherche la clé parmi celles de la personne, 404 sinon",
    "mfa_view_recovery_codes": SANS_OBJET,
}
ETRANGERS = ("anonyme", "agent_etranger", "entreprise_etrangere")
# Chaque page qu'ils lisent s'ouvre déjà, entière, dans `test_secret_du_nombre`,
# qui tient leurs statuts à la même table.
RELUS = ("agent", "agent_sans_role")
ENTRANTS = (
    "agent",
    "entreprise",
    "exploitant",
    "agent_sans_role",
    "entreprise_etrangere",
    "anonyme",
)
TABLE = table()
NOMS = noms_servis()
DECLAREES = [nom for nom in NOMS if nom in TABLE]
# Ce qui change d'une réponse à l'autre sans rien apprendre à personne.
VARIABLE = re.compile(
    (
        r'csrfmiddlewaretoken" value="\w+"|<time.*?</time>|<svg.*?</svg>'
        r'|(?<=<code>)[0-9A-F]{4}-[0-9A-F]{4}(?=</code>)|"instance": ?"urn:uuid:[^"]*"'
    ),
    re.S,
)
ENTETES_VARIABLES = frozenset({"X-Request-ID", "Content-Length", "Set-Cookie"})


@pytest.fixture(scope="module")
def visites(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Visites]:
    with tour_du_monde(django_db_blocker) as monde, erreurs_en_bref(), sans_traces():
        yield Visites(monde, TABLE, {qui: monde.personne(qui) for qui in VISITEURS})


def observable(reponse: Reponse, arguments: dict) -> Reponse:
    """Ce qu'un visiteur peut comparer, moins ce qui nomme sa demande,
    l'heure et l'adresse qu'il a lui-même écrite.
    """
    texte = VARIABLE.sub("", reponse.texte)
    entetes = {
        nom: valeur for nom, valeur in reponse.entetes.items() if nom not in ENTETES_VARIABLES
    }
    for valeur in arguments.values():
        texte = texte.replace(str(valeur), "…")
        entetes = {nom: contenu.replace(str(valeur), "…") for nom, contenu in entetes.items()}
    return Reponse(reponse.statut, entetes, texte)


def test_chaque_adresse_a_son_entree():
    assert [nom for nom in NOMS if nom not in TABLE and nom not in EXCLUES] == []


def test_la_table_ne_garde_pas_d_adresse_morte():
    assert sorted((TABLE.keys() | EXCLUES.keys()) - set(NOMS)) == []


def test_une_adresse_exclue_n_est_pas_aussi_declaree():
    assert sorted(TABLE.keys() & EXCLUES.keys()) == []


def test_chaque_visiteur_a_son_attendu():
    incompletes = [nom for nom, adresse in TABLE.items() if set(adresse.attendus) != set(VISITEURS)]

    assert incompletes == []


def test_une_adresse_qui_designe_un_objet_dit_ce_qu_est_un_objet_absent(visites):
    muettes = [
        nom
        for nom in DECLAREES
        if TABLE[nom].arguments(visites.monde) and TABLE[nom].absents is None
    ]

    assert muettes == []


@pytest.mark.moteurs
@pytest.mark.parametrize("nom", DECLAREES)
def test_chacun_recoit_ce_qui_lui_revient(visites, nom):
    adresse = TABLE[nom]
    arguments = adresse.arguments(visites.monde)
    ecarts = []

    for visiteur, methode in product(visiteurs_de(adresse), adresse.methodes):
        if est_lue_ailleurs(adresse, methode, visiteur):
            continue
        statut = visites.recue(visiteur, nom, methode, arguments).statut
        if statut not in adresse.statuts(methode, visiteur):
            ecarts.append(
                f"{visiteur}, {methode} : {statut} au lieu de {adresse.statuts(methode, visiteur)}"
            )

    assert not ecarts, "\n".join(ecarts)


@pytest.mark.parametrize("nom", [nom for nom in DECLAREES if TABLE[nom].absents])
def test_l_objet_d_un_autre_se_tait_comme_un_objet_absent(visites, nom):
    adresse = TABLE[nom]
    etranger, absent = adresse.arguments(visites.monde), adresse.absents(visites.monde)
    ecarts = []

    for visiteur, methode in product(visiteurs_de(adresse), adresse.methodes):
        if ferme_a(adresse, methode, visiteur):
            reponse = observable(visites.recue(visiteur, nom, methode, etranger), etranger)
            silence = observable(visites.recue(visiteur, nom, methode, absent), absent)
            ecarts += [
                f"{visiteur}, {methode} : {ecart}" for ecart in differences(reponse, silence)
            ]

    assert not ecarts, "\n".join(ecarts)


@pytest.mark.parametrize("nom", DECLAREES)
def test_un_etranger_ne_lit_aucun_secret(visites, nom):
    adresse = TABLE[nom]
    arguments = adresse.arguments(visites.monde)
    lus = []

    for visiteur, methode in product(visiteurs_de(adresse), adresse.methodes):
        if visiteur in ETRANGERS:
            page = visites.recue(visiteur, nom, methode, arguments).texte
            lus += [
                f"{visiteur}, {methode} : {secret}"
                for secret in visites.monde.secrets
                if secret in page
            ]

    assert not lus, "\n".join(lus)


def visiteurs_de(adresse: Adresse) -> Sequence[str]:
    """Tous les sept, sur SQLite. PostgreSQL rejoue ce qui dépend de lui :
    une personne qui entre, un étranger qui frappe.

    Qui est admis se décide en Python et dans l'ORM, les mêmes sur les deux moteurs ;
    une requête que l'un des deux refuserait échoue dès la première personne qui la fait jouer.
    """
    if not sur_postgresql():
        return VISITEURS
    return min(ENTRANTS, key=lambda visiteur: accueil(adresse, visiteur)), "agent_etranger"


def accueil(adresse: Adresse, visiteur: str) -> int:
    """Jusqu'où va ce visiteur, au mieux : une page (2), un acte fait qui le renvoie ailleurs (3),
    un refus qui dit pourquoi (4) ; sinon la porte (5), qui est pour l'anonyme la connexion.
    """
    statuts = {statut for m in adresse.methodes for statut in adresse.statuts(m, visiteur)}
    portes = {401, 403, 404} | ({302} if visiteur == "anonyme" else set())
    return min(statuts - portes, default=500) // 100


def est_lue_ailleurs(adresse: Adresse, methode: str, visiteur: str) -> bool:
    """Ailleurs, sur SQLite seulement : PostgreSQL ne rejoue que ce tour-ci."""
    lue = methode == "get" and visiteur in RELUS and not ferme_a(adresse, methode, visiteur)
    return lue and not sur_postgresql()


def ferme_a(adresse: Adresse, methode: str, visiteur: str) -> bool:
    fermes = {302, 401, 404} if visiteur == "anonyme" else {404}
    return set(adresse.statuts(methode, visiteur)) <= fermes


def differences(reponse: Reponse, silence: Reponse) -> list[str]:
    """Ce qui trahit l'objet : rien si les deux réponses sont les mêmes."""
    if reponse == silence:
        return []
    textes = unified_diff(
        silence.texte.splitlines(),
        reponse.texte.splitlines(),
        "absent",
        "étranger",
        n=0,
        lineterm="",
    )
    return [
        *(
            [f"statut {reponse.statut}, et {silence.statut} pour un absent"]
            if reponse.statut != silence.statut
            else []
        ),
        *(
            [f"en-têtes {reponse.entetes}, et {silence.entetes}"]
            if reponse.entetes != silence.entetes
            else []
        ),
        *(["\n".join(islice(textes, 20))] if reponse.texte != silence.texte else []),
    ]

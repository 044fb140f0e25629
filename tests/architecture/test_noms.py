"""Une langue par identifiant :
la loi parle français, la machine parle anglais (CONTRIBUTING, « Nommer »).
"""

import ast
import re
import tomllib

from tests.architecture.arbre import CONTEXTES, RACINE, du_produit, relatif, syntaxe
from tests.architecture.renvois import LIEUX, existe, noms_de

PREFIXES_ANGLAIS = re.compile(r"^(is|has|get|set|create|update|delete)_")
SUFFIXES_ANGLAIS = re.compile(r"_(at|by|count|list)$")
ACCENTS = re.compile(r"[^\x00-\x7f]")
# Noms que Django, allauth, ninja ou la bibliothèque standard imposent.
IMPOSES = {
    "is_active",
    "is_authenticated",
    "is_anonymous",
    "is_valid",
    "get_new_connection",
    "get_compiler",
    "get_converters",
    "has_results",
    "get_queryset",
    "get_full_name",
    "get_short_name",
    "get_by_natural_key",
    "has_perm",
    "has_module_perms",
    "get_context_data",
    "get_client_ip",
    "get_object",
    "get_user",
    "get_internal_type",
    "get_success_url",
    "get_login_redirect_url",
    "get_signup_redirect_url",
    "is_open_for_signup",
    "get_result",
    "is_ajax",
    "get_user_search_fields",
    "get_context",
    "get_password_change_redirect_url",
    "is_reauthentication_required",
    "has_changed",
    "get_public_key_credential_rp_entity",
    "get_openapi_schema",
    "get_openapi_operation_id",
    "get_modified_time",
    "get_help_text",
    "get_model_class",
    "get_session_store_class",
    "create_model_instance",
}
BANNIS = {"utils.py", "helpers.py", "common.py", "misc.py"}


def definitions():
    for fichier in du_produit():
        if "sceau/" in relatif(fichier):
            continue
        for noeud in ast.walk(syntaxe(fichier)):
            if isinstance(noeud, ast.FunctionDef | ast.ClassDef):
                yield fichier, noeud


def test_aucun_affixe_anglais_sur_un_nom_francais():
    fautes = [
        f"{relatif(fichier)}:{noeud.lineno} {noeud.name}"
        for fichier, noeud in definitions()
        if noeud.name not in IMPOSES
        if PREFIXES_ANGLAIS.search(noeud.name) or SUFFIXES_ANGLAIS.search(noeud.name)
    ]

    assert fautes == []


def test_les_identifiants_sont_en_ascii():
    fautes = [
        f"{relatif(fichier)}:{n.lineno} {n.name}"
        for fichier, n in definitions()
        if ACCENTS.search(n.name)
    ]

    assert fautes == []


def test_aucun_fourre_tout():
    assert [relatif(fichier) for fichier in du_produit() if fichier.name in BANNIS] == []


def test_le_glossaire_est_complet_et_pointe_vers_la_maison():
    glossaire = tomllib.loads((RACINE / "docs" / "glossaire.toml").read_text("utf-8"))
    contextes = set(CONTEXTES) | {"droit", "formats", "sceau", "—"}
    incomplets = [
        terme
        for terme, entree in glossaire.items()
        if not {"code", "sens", "contexte"} <= entree.keys()
        or not all(c in contextes or entree.get("a_venir") for c in entree["contexte"])
    ]

    assert incomplets == []


def test_le_glossaire_nomme_ce_qui_existe():
    glossaire = tomllib.loads((RACINE / "docs" / "glossaire.toml").read_text("utf-8"))
    fautes = [
        f"[{terme}] {faute}"
        for terme, entree in glossaire.items()
        for faute in fautes_du_terme(entree)
    ]

    assert not fautes, "\n".join(fautes)


def fautes_du_terme(entree):
    """Ce qui n'existe pas encore est `a_venir` ; ce qui existe ne l'est plus.

    Dans `garde`, qui dit aussi les mots à ne pas prendre, seule une classe doit exister.
    """
    chez = [LIEUX[contexte] for contexte in entree["contexte"] if contexte in LIEUX]
    codes = list(noms_de(entree["code"]))
    gardes = [nom for nom in noms_de(entree.get("garde", "")) if nom[0].isupper()]
    manquent = [nom for nom in codes if not existe(nom, chez)]
    if entree.get("a_venir"):
        if codes and not manquent:
            yield "existe : ôter `a_venir`"
        manquent = []
    for nom in [*manquent, *(nom for nom in gardes if not existe(nom, chez))]:
        yield f"`{nom}` n'existe pas : dire le vrai nom, et où il vit (`contexte`), ou l'ôter"


def test_chaque_modele_est_au_glossaire():
    from django.apps import apps

    texte = (RACINE / "docs" / "glossaire.toml").read_text("utf-8")
    absents = [
        modele.__name__
        for modele in apps.get_models()
        if modele.__module__.startswith("beffroi.") and f"`{modele.__name__}`" not in texte
    ]

    assert absents == []

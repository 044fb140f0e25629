"""Ce que le contrôleur d'imports ne voit pas : clés étrangères, écritures, horloge, verrous."""

import ast
from functools import cache

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.arbre import du_produit, relatif, syntaxe
from tests.architecture.couches import descend, places

ECRITURES = {
    "save",
    "create",
    "get_or_create",
    "update_or_create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
}
ECRIVAINS = (
    "/services.py",
    "/services/",
    "socle/journal/franchissement.py",
    "socle/fondations/outbox.py",
    "socle/fondations/taches.py",
    "demo/",
    # Les bancs écrivent un million de fiches, mille adhérents inventés, dans une base à eux.
    "commandes/outillage/banc_recherche_scene.py",
    "commandes/outillage/banc_contributions_scene.py",
    "commandes/outillage/banc_reprises.py",
)


def modeles_de_la_maison():
    return [
        modele for modele in apps.get_models(include_auto_created=True) if est_de_la_maison(modele)
    ]


def est_de_la_maison(modele) -> bool:
    return apps.get_app_config(modele._meta.app_label).name.startswith("beffroi.")


def module_de(modele) -> str:
    return apps.get_app_config(modele._meta.app_label).name


def test_une_cle_etrangere_descend():
    montantes = [
        f"{modele.__name__}.{champ.name} -> {champ.related_model.__name__}"
        for modele in modeles_de_la_maison()
        for champ in modele._meta.get_fields()
        if isinstance(champ, models.ForeignKey) and est_de_la_maison(champ.related_model)
        if not descend(module_de(modele), module_de(champ.related_model))
    ]

    assert montantes == []


def test_chaque_contexte_qui_a_des_modeles_a_sa_place_dans_l_ordre():
    contextes = {module_de(modele) for modele in modeles_de_la_maison()}

    assert len(contextes) > 50
    assert [contexte for contexte in sorted(contextes) if not places(contexte)] == []


@pytest.mark.parametrize(
    ("de", "vers", "permis"),
    [
        ("beffroi.contrat.marches", "beffroi.achat.consultations", True),
        ("beffroi.achat.consultations", "beffroi.achat.consultations", True),
        ("beffroi.achat.consultations", "beffroi.contrat.marches", False),
        ("beffroi.personnes.organismes", "beffroi.personnes.entreprises", False),
    ],
    ids=["vers le bas", "chez soi", "vers le haut", "chez un voisin d'étage"],
)
def test_l_ordre_des_contextes_est_celui_du_controleur_d_imports(de, vers, permis):
    assert descend(de, vers) is permis


def test_seuls_les_services_ecrivent_en_base():
    ecrites_ailleurs = [
        f"{relatif(fichier)}:{appel.lineno} .{appel.func.attr}("
        for fichier in du_produit()
        if "beffroi/" in relatif(fichier)
        and not any(ecrivain in relatif(fichier) for ecrivain in ECRIVAINS)
        for appel in appels(fichier)
        if ecrit_en_base(appel)
    ]

    assert ecrites_ailleurs == []


@cache
def appels(fichier):
    return [
        noeud
        for noeud in ast.walk(syntaxe(fichier))
        if isinstance(noeud, ast.Call) and isinstance(noeud.func, ast.Attribute)
    ]


def est_appel_de(appel, *noms) -> bool:
    """Le dernier mot d'abord : récrire tout le reste pour le lire coûte cher."""
    derniers = {nom.rpartition(".")[2] for nom in noms}
    return appel.func.attr in derniers and ast.unparse(appel.func) in noms


def ecrit_en_base(appel) -> bool:
    """Un verbe d'écriture appelé sur un gestionnaire (`objects`,
    `toutes`), une requête, ou `save()`/`delete()` nus.
    """
    if appel.func.attr not in ECRITURES:
        return False
    chemin = ast.unparse(appel.func.value)
    if (
        "Authority" in chemin
    ):  # une autorité d'horodatage se sérialise par `save()` : rien à voir avec la base
        return False
    if ".objects" in chemin or ".toutes" in chemin or ".filter(" in chemin:
        return True
    return appel.func.attr == "save" and not appel.args


def test_seule_l_horloge_lit_l_heure():
    lecteurs = [
        f"{relatif(fichier)}:{appel.lineno}"
        for fichier in du_produit()
        if "beffroi/" in relatif(fichier)
        and not relatif(fichier).endswith("socle/fondations/horloge.py")
        for appel in appels(fichier)
        if est_appel_de(appel, "timezone.now", "datetime.now", "datetime.utcnow", "date.today")
        if not {"cli", "calculs"} & set(fichier.parts)
        and not relatif(fichier).endswith("socle/journal/chainage.py")
    ]

    assert lecteurs == []


def test_la_loi_se_demande_a_la_date_de_l_appelant():
    figees = [
        f"{relatif(fichier)}:{appel.lineno} {ast.unparse(appel)}"
        for fichier in du_produit()
        if "outillage/banc_"
        not in relatif(fichier)  # un banc est à sa date à lui : il mesure toujours la même chose
        for appel in appels(fichier)
        if est_appel_de(appel, "Droit.au")
        if any(est_figee(argument, syntaxe(fichier)) for argument in appel.args)
    ]

    assert figees == []


@pytest.mark.parametrize(
    ("code", "figee"),
    [
        ("Droit.au(date(2026, 11, 24))", True),
        ("Droit.au(datetime.date(2026, 11, 24))", True),
        ("JOUR = date(2026, 8, 21)\nDroit.au(JOUR)", True),
        ("JOUR: date = date(2026, 8, 21)\nDroit.au(JOUR)", True),
        ("Droit.au(max(date(2026, 8, 21), jour))", True),
        ("Droit.au(jour)", False),
        ("Droit.au(date(annee, 12, 31))", False),
    ],
)
def test_une_date_figee_se_reconnait(code, figee):
    arbre = ast.parse(code)
    appel = next(
        n for n in ast.walk(arbre) if isinstance(n, ast.Call) and ast.unparse(n.func) == "Droit.au"
    )

    assert est_figee(appel.args[0], arbre) is figee


def est_figee(argument, module) -> bool:
    """Une date écrite en chiffres, sur place ou sous le nom d'une constante du module."""
    constantes = {
        cible.id
        for noeud in module.body
        if isinstance(noeud, ast.Assign | ast.AnnAssign)
        and noeud.value is not None
        and est_ecrite(noeud.value)
        for cible in (noeud.targets if isinstance(noeud, ast.Assign) else [noeud.target])
        if isinstance(cible, ast.Name)
    }
    return any(
        est_ecrite(noeud) or (isinstance(noeud, ast.Name) and noeud.id in constantes)
        for noeud in ast.walk(argument)
    )


def est_ecrite(noeud) -> bool:
    return (
        isinstance(noeud, ast.Call)
        and ast.unparse(noeud.func).rpartition(".")[2] in {"date", "datetime"}
        and bool(noeud.args)
        and all(isinstance(nombre, ast.Constant) for nombre in noeud.args)
    )


def test_un_verrou_dit_ce_qu_il_verrouille():
    vagues = [
        f"{relatif(fichier)}:{appel.lineno}"
        for fichier in du_produit()
        for appel in appels(fichier)
        if appel.func.attr == "select_for_update"
        and "of" not in {mot.arg for mot in appel.keywords}
    ]

    assert vagues == []


def test_personne_ne_tait_une_erreur():
    muets = [
        f"{relatif(fichier)}:{noeud.lineno}"
        for fichier in du_produit()
        for noeud in ast.walk(syntaxe(fichier))
        if isinstance(noeud, ast.ExceptHandler) and noeud.type is None
    ]

    assert muets == []


def test_les_migrations_suivent_les_modeles(db):
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)

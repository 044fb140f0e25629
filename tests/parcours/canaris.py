"""Des canaris plantés dans tout ce qu'une personne peut taper,
d'une démonstration que l'on jette ensuite.

Les textes se posent sous les services, dans la base elle-même : aucun contrôle de saisie n'adoucit
ce que les pages reçoivent. Un champ de texte nouveau fait échouer
`test_chaque_champ_de_texte_a_son_canari` tant qu'il n'est ni planté, ni excusé.
"""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models

from tests import declarations

# Une formule, un attribut fermé, une image, un dessin,
# un script, un gabarit, une adresse : chacun suffirait.
CANARI = (
    '=1+1"><img src=x onerror=alarme()><svg onload=alarme()></svg><script>alarme()</script>'
    "{{7|add:13370}}{% now 'Y' %}</textarea></title>javascript:alarme()"
)
# Le même, là où un formulaire n'accepte que 120 signes :
# plus long, la page renverrait sa faute et non ce qui suit.
CANARI_COURT = (
    '=1+1"><img src=x onerror=alarme()>'
    "<script>alarme()</script>{{7|add:13370}}</textarea>javascript:alarme()"
)
# Le nom d'un fichier voyage dans une adresse : il n'y a jamais de barre (`documents.nom_sur`).
NOM_DE_FICHIER = (
    '=1+1"><img src=x onerror=alarme()><svg onload=alarme()>{{7|add:13370}}javascript:alarme().pdf'
)
EVALUE, MARQUE = "13377", "alarme()"


def _de_chaque_contexte(nom: str) -> dict[str, str]:
    """`{"comptes.Utilisateur": "nom qualite"}` :
    les champs d'un modèle, tels que son contexte les déclare.
    """
    return {
        f"{contexte}.{modele}": champs
        for contexte, module in declarations.modules("canaris").items()
        for modele, champs in getattr(module, nom, {}).items()
    }


PLANTES = _de_chaque_contexte("PLANTES")
# Dans ces colonnes de JSON, ce que la personne a tapé est sous ces clés.
PLANTES_EN_JSON = _de_chaque_contexte("PLANTES_EN_JSON")
NOMS_DE_FICHIER = _de_chaque_contexte("NOMS_DE_FICHIER")
CLES_TAPEES = frozenset(
    {
        "nom",
        "intitule",
        "texte",
        "remarque",
        "observation",
        "justification",
        "motif",
        "auteur",
        "visite",
        "clause_de_prix",
        "echantillons",
        "financement",
        "exigences_des_variantes",
        "fonction",
        "qualite",
    }
)
CLES_COURTES = frozenset({"nom"})
# Ce que personne ne tape : la machine l'écrit, ou sa forme est contrôlée signe à signe.
EXCUSES = {
    "calculé par la machine": (
        "chemin arguments file ouvrier erreur acte organisme acteur_reference "
        "acteur_libelle contenu "
        "note autorite temoin ligne portees cle page cle_de_signature parametres canari_empreinte "
        "destinataire enregistrement signature archive_du_dossier jetons nom_replie racine reste "
        "candidature lots reprise_de a_confirmer achat_gele version_des_tables "
        "empreinte_des_tables "
        "valeurs xml rapport preuve_sha256 preuve_cle lacunes achat constats questions "
        "version_des_regles empreinte gravite constat sel_du_jeton scellement cle_de_stockage "
        "televersement sha256_declare sha256_recalcule sha256 cle_d_idempotence empreinte_de_cle "
        "engagement documents cle_ephemere tours_de_cle commission engagement_du_code alea_du_code "
        "alea_de_la_presidence part_rescellee essai signataires "
        "archive_precedente passages lecture "
        "phrase pieces arret refus demande saisies suspensions"
    ),
    "de forme fixe": (
        "password code_commune code_postal identifiant numero_d_entreprise pays fuseau roles "
        "type_de_procedure code_cpv "
        "formats siren siret departement nature procedure code_nuts tribunal_siret "
        "tribunal_code_postal tribunal_code_nuts code"
    ),
}


def excuses() -> set[str]:
    """Un nom de champ, ou « contexte.Modele.champ »."""
    communes = {nom for noms in EXCUSES.values() for nom in noms.split()}
    siennes = {
        f"{contexte}.{nom}"
        for contexte, module in declarations.modules("canaris").items()
        for noms in getattr(module, "EXCUSES", {}).values()
        for nom in noms.split()
    }
    return communes | siennes


def champs_de_texte() -> Iterator[tuple[str, str, bool]]:
    """Le modèle, le champ, et s'il est de JSON : tout ce qui pourrait tenir une phrase."""
    for modele in apps.get_models():
        if not modele.__module__.startswith("beffroi."):
            continue
        for champ in modele._meta.concrete_fields:
            if isinstance(champ, models.CharField | models.TextField | models.JSONField):
                if not champ.choices and not champ.unique:
                    yield modele._meta.label, champ.name, isinstance(champ, models.JSONField)


def planter(dossier: Path) -> int:
    """Pose les canaris dans la base de cette démonstration ; rend le nombre de lignes touchées."""
    base = sqlite3.connect(dossier / "beffroi.sqlite3", timeout=60)
    try:
        with base:
            _oter_les_gardes(base)
            textes = sum(
                _planter_un_champ(base, modele, nom)
                for modele, noms in PLANTES.items()
                for nom in noms.split()
            )
            json_ = sum(
                _planter_du_json(base, modele, nom)
                for modele, noms in PLANTES_EN_JSON.items()
                for nom in noms.split()
            )
        return textes + json_
    finally:
        base.close()


def _oter_les_gardes(base: sqlite3.Connection) -> None:
    """La base refuse qu'un fait change ; celle-ci se jette."""
    gardes = base.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name NOT LIKE 'recherche_%'"
    )
    for (nom,) in gardes.fetchall():
        base.execute(f'DROP TRIGGER "{nom}"')


def _planter_un_champ(base: sqlite3.Connection, modele: str, nom: str) -> int:
    table, colonne = _colonne(modele, nom)
    est_un_fichier = nom in NOMS_DE_FICHIER.get(modele, "").split()
    canari = NOM_DE_FICHIER if est_un_fichier else CANARI
    # Un texte vide reste vide : il dit souvent l'état de la ligne.
    return base.execute(
        f'UPDATE "{table}" SET "{colonne}" = ? WHERE "{colonne}" <> \'\'', (canari,)
    ).rowcount


def _planter_du_json(base: sqlite3.Connection, modele: str, nom: str) -> int:
    table, colonne = _colonne(modele, nom)
    for cle, contenu in base.execute(f'SELECT id, "{colonne}" FROM "{table}"').fetchall():
        plante = json.dumps(_avec_des_canaris(json.loads(contenu)))
        base.execute(f'UPDATE "{table}" SET "{colonne}" = ? WHERE id = ?', (plante, cle))
    return 0


def _avec_des_canaris(contenu: Any, cle: str = "") -> Any:
    if isinstance(contenu, dict):
        return {nom: _avec_des_canaris(valeur, nom) for nom, valeur in contenu.items()}
    if isinstance(contenu, list):
        return [_avec_des_canaris(valeur, cle) for valeur in contenu]
    if not isinstance(contenu, str) or not contenu or cle not in CLES_TAPEES:
        return contenu
    return CANARI_COURT if cle in CLES_COURTES else CANARI


def _colonne(modele: str, nom: str) -> tuple[str, str]:
    meta = apps.get_model(modele)._meta
    return meta.db_table, str(meta.get_field(nom).column)

"""Une version se publie d'un geste :
ses changements rassemblés, son numéro et son jour les mêmes partout.
"""

import re
import tomllib
from datetime import date

import pytest

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.lanceur import principal
from beffroi.commandes.outillage import publication

LE = date(2027, 1, 15)
PUBLIEE = """# Journal

## 0.2.0, 2027-01-15

### Ajouté

- Un écran.
  Il se lit.

### Corrigé

- Une faute.
- Une autre.

## 0.1.0, 2026-11-30

La première.
"""


@pytest.fixture
def maison(tmp_path):
    (tmp_path / "changelog.d").mkdir()
    for nom, texte in {
        "changelog.d/README.md": "Comment écrire.\n",
        "changelog.d/20.ecran.Ajouté.md": "Un écran.\nIl se lit.\n",
        "changelog.d/20.fautes.Corrigé.md": "- Une faute.\n- Une autre.\n",
        "CHANGELOG.md": "# Journal\n\n## 0.1.0, 2026-11-30\n\nLa première.\n",
        "pyproject.toml": '[project]\nname = "beffroi"\nversion = "0.1.0"\n',
        "publiccode.yml": 'softwareVersion: 0.1.0\nreleaseDate: "2026-11-30"\n',
    }.items():
        (tmp_path / nom).write_text(texte, "utf-8")
    return tmp_path


def test_les_changements_entrent_au_journal_par_categorie_au_dessus_de_la_version_d_avant(maison):
    assert publication.publier(maison, "0.2.0", le=LE) == 2

    assert (maison / "CHANGELOG.md").read_text("utf-8") == PUBLIEE
    assert [f.name for f in (maison / "changelog.d").iterdir()] == ["README.md"]


def test_la_version_et_son_jour_s_ecrivent_la_ou_on_les_lit(maison):
    publication.publier(maison, "0.2.0", le=LE)

    assert 'version = "0.2.0"' in (maison / "pyproject.toml").read_text("utf-8")
    assert (maison / "publiccode.yml").read_text(
        "utf-8"
    ) == 'softwareVersion: 0.2.0\nreleaseDate: "2027-01-15"\n'


@pytest.mark.parametrize(
    ("nom", "version", "attendu"),
    [
        (
            "20.x.Améliore.md",
            "0.2.0",
            "20.x.Améliore.md n'a pas de catégorie connue : Ajouté, Modifié",
        ),
        ("20.x.Ajouté.md", "0.1.0", "la version 0.1.0 est déjà publiée"),
    ],
)
def test_ce_qui_ne_se_publie_pas_est_dit_et_rien_ne_change(maison, nom, version, attendu):
    (maison / "changelog.d" / nom).write_text("Une phrase.\n", "utf-8")
    avant = (maison / "CHANGELOG.md").read_text("utf-8")

    with pytest.raises(ErreurDeCommande, match=attendu):
        publication.publier(maison, version, le=LE)
    assert (maison / "CHANGELOG.md").read_text("utf-8") == avant
    assert len(list(publication.changements(maison))) == 3


def test_rien_a_publier_est_dit(maison):
    for fragment in publication.changements(maison):
        fragment.unlink()

    with pytest.raises(ErreurDeCommande, match=r"changelog\.d est vide"):
        publication.publier(maison, "0.2.0", le=LE)


def test_une_version_mal_ecrite_est_dite_avant_de_rien_toucher(capsys):
    assert principal(["publier-version", "deux", "--le", "2027-01-15"]) == 2

    assert "une version s'écrit 1.2.3, pas « deux »" in capsys.readouterr().err


def test_le_journal_le_paquet_et_la_fiche_publique_disent_la_meme_version_et_le_meme_jour():
    journal = (publication.RACINE / "CHANGELOG.md").read_text("utf-8")
    numero, le = re.search(r"^## (\S+), (\S+)$", journal, re.M).groups()
    fiche = (publication.RACINE / "publiccode.yml").read_text("utf-8")

    assert (
        tomllib.loads((publication.RACINE / "pyproject.toml").read_text("utf-8"))["project"][
            "version"
        ]
        == numero
    )
    assert f'softwareVersion: {numero}\nreleaseDate: "{le}"\n' in fiche


def test_tout_changement_a_venir_a_sa_categorie():
    a_venir = list(publication.changements(publication.RACINE))

    assert [f.name for f in a_venir if publication.categorie(f) not in publication.CATEGORIES] == []

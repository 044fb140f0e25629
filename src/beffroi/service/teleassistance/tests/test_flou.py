"""Pendant un partage, tout endroit d'une page où se lit un secret,
ou ce qui est scellé, est flouté.

La règle lit chaque gabarit : ce qui porte un de ces noms est dans un élément qui a `data-prive`. Un
secret nouveau se nomme ainsi (`secret`, `adresse_secrete`), ou son nom s'ajoute ici : il n'y a pas
de liste de pages à tenir.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

GABARITS = Path(__file__).parents[3]
SANS_FIN = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
# Une valeur que la page écrit.
VALEURS = (
    r"\{\{\s*(?:\w+\.)*(?:\w*secrete?|totp_\w+|mot_de_passe)\b|\{%\s*empreinte\s+[\w.]*secret\b"
    r"|\bin unused_codes\b"
)
# Une saisie qui ouvre une clé, et ce que le script d'une page y écrira.
SAISIES = (
    r"<input[^>]*\btype=\"password\"|<input[^>]*\bid=\"code\"|\bdata-"
    r"(?:groupes|pieces|inacheves|avertissements)(?=[\s>])"
)
# Dans une réponse : les noms et les empreintes de ce qui est scellé.
SCELLES = (
    r"\{\{\s*(?:\w+\.)*fichier\.(?:nom|sha256|racine)\b|\{%\s*empreinte\s+"
    r"(?:fichier|enveloppe)\.[\w.]+"
)
SECRETS = re.compile(rf"{VALEURS}|{SAISIES}")
SECRETS_D_UNE_REPONSE = re.compile(rf"{VALEURS}|{SAISIES}|{SCELLES}")
DICIBLES = {
    "achat/consultations/templates/consultations/public/scellement.html": (
        "elle dit qui peut lire une réponse, et quand"
    ),
    "service/essai/templates/essai/ecole.html": "les comptes de l'école sont inventés",
    "faces/portail/templates/portail/demonstration.html": (
        "les comptes de la démonstration sont inventés"
    ),
}


class Prives(HTMLParser):
    """Où commence et finit chaque élément que le partage floute."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.debuts = [0, *(trouve.end() for trouve in re.finditer("\n", source))]
        self.pile: list[tuple[str, int | None]] = []
        self.zones: list[tuple[int, int]] = []
        # Les marques de gabarit ne sont pas du HTML :
        # des blancs, de même longueur, tiennent leur place.
        self.feed(re.sub(r"\{[{%#].*?[}%#]\}", lambda marque: " " * len(marque[0]), source))

    def ici(self) -> int:
        ligne, colonne = self.getpos()
        return self.debuts[ligne - 1] + colonne

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        prive = dict(attrs).get("data-prive")
        if tag in SANS_FIN:
            debut = self.ici()
            return self.fermer(
                debut if prive else None, debut + len(self.get_starttag_text() or "")
            )
        self.pile.append((tag, self.ici() if prive else None))

    def handle_endtag(self, tag: str) -> None:
        while self.pile:
            ouvert, debut = self.pile.pop()
            if ouvert == tag:
                return self.fermer(debut, self.ici())

    def fermer(self, debut: int | None, fin: int) -> None:
        if debut is not None:
            self.zones.append((debut, fin))


def nets(source: str, secrets: re.Pattern[str] = SECRETS) -> list[str]:
    """Les secrets que ce gabarit laisse lire pendant un partage."""
    zones = Prives(source).zones
    trouves = secrets.finditer(source)
    return [
        trouve[0]
        for trouve in trouves
        if not any(debut <= trouve.start() < fin for debut, fin in zones)
    ]


def gabarits() -> list[str]:
    return sorted(
        str(chemin.relative_to(GABARITS)) for chemin in GABARITS.glob("**/templates/**/*.html")
    )


@pytest.mark.parametrize("gabarit", sorted(set(gabarits()) - set(DICIBLES)))
def test_aucun_secret_ne_se_lit_pendant_un_partage(gabarit):
    secrets = SECRETS_D_UNE_REPONSE if gabarit.startswith("reponse/reponses/") else SECRETS

    assert nets((GABARITS / gabarit).read_text("utf-8"), secrets) == []


@pytest.mark.parametrize("gabarit", DICIBLES)
def test_une_exception_en_est_encore_une(gabarit):
    assert nets((GABARITS / gabarit).read_text("utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        "<p>{{ secret }}</p>",
        '<p data-prive="">{{ secret }}</p>',
        (
            '<p data-prive="rien.">Vos codes</p><ul>{% for code in unused_codes %}<li>{{ code '
            "}}</li>{% endfor %}</ul>"
        ),
        '<img src="{{ totp_svg_data_uri }}">',
        "{% empreinte form.secret %}",
        '<div data-prive="rien."><br></div><input id="secret" type="password">',
        "<p data-inacheves></p>",
    ],
)
def test_un_secret_hors_du_flou_se_voit(source):
    assert len(nets(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        (
            '<div data-prive="rien."><p>Codes</p><ul>{% for code in unused_codes %}<li>{{ code '
            "}}</li>{% endfor %}</ul></div>"
        ),
        '<p data-prive="rien.">{{ form.secret|upper }}</p>',
        '<input data-prive="rien." type="password">',
        "{% if secret %}<p>Copiez-le.</p>{% endif %}",
    ],
)
def test_un_secret_dans_le_flou_est_garde(source):
    assert nets(source) == []
